"""Dates that say how precise they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.facts import dates


@pytest.mark.parametrize("text", ["", "2025", "2025-02", "2025-02-28", "2024-02-29"])
def test_partial_dates(text):
    assert dates.is_partial_date(text)


@pytest.mark.parametrize(
    "text",
    ["25", "2025-2", "2025-13", "2025-00", "2025-02-29", "2025-02-30", "2025-02-28T", " "],
)
def test_no_partial_dates(text):
    assert not dates.is_partial_date(text)


@pytest.mark.parametrize(
    "text",
    ["0000", "0000-12", "1899-12-31", "2101", "٢٠٢٥", "٢٠٢٥-12", "2025-1２"],
)
def test_digits_are_ascii_and_years_of_this_age(text):
    assert not dates.is_partial_date(text)


@pytest.mark.parametrize(
    ("one", "other", "agree"),
    [
        ("2025-02-28", "2025-02", True),
        ("2025", "2025-02", True),
        ("2025-02", "2025-02", True),
        ("", "", True),
        ("2025-02", "2025-03", False),
        ("2025-02-28", "2025-02-27", False),
        ("", "2025", False),
    ],
)
def test_agreement_of_two_dates(one, other, agree):
    assert dates.agree(one, other) is agree
    assert dates.agree(other, one) is agree


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2025-02-08", "8 February 2025"),
        ("2025-02", "February 2025"),
        ("2025", "2025"),
        ("", "undated"),
    ],
)
def test_date_is_shown_no_more_precise_than_it_is(text, shown):
    assert dates.display(text) == shown


@pytest.mark.parametrize(("text", "year"), [("2025-02-08", "2025"), ("2025", "2025"), ("", "")])
def test_year_of_a_date(text, year):
    assert dates.year_of(text) == year


@given(st.text(max_size=12) | st.from_regex(r"\d{4}(-\d{2}(-\d{2})?)?", fullmatch=True))
def test_showing_a_stored_value_never_fails(text):
    assert dates.display(text) or not text


@pytest.mark.parametrize("text", ["0000-12", "٢٠٢٥-12", "2025-13-40", "nonsense"])
def test_a_text_that_is_not_a_date_is_shown_as_it_is(text):
    assert dates.display(text) == text
