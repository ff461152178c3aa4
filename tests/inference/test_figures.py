"""Figures: which numbers of a finding are quoted, and as what."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.inference.figures import MOST, figures_in


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        (
            (
                "There were 13 detailed investigations. Remedies were late 50% of the time, not "
                "25.34%: over 9 out of 10 complaints."
            ),
            ["13 detailed investigations", "50%", "25.34%", "9 out of 10"],
        ),
        (
            (
                "It received 223 complaints in the 12 months prior to 1 June 2024, with an average "
                "29-day response time, and 1,204 people waited."
            ),
            ["223 complaints", "12 months", "29-day", "1,204 people"],
        ),
        ("It spent £1.2 million, then £300,000 per year.", ["£1.2 million", "£300,000"]),
        ("64.32 per cent, up 3 percentage points.", ["64.32 per cent", "3 percentage points"]),
        ("1 in 4 adults; 7 of the 9 teams", ["1 in 4", "9 teams"]),
        ("70 staff across partners, 84 overall", ["70 staff", "84"]),
        ("The same 5% and again 5%.", ["5%"]),
    ],
)
def test_what_is_counted_is_quoted_with_it(text, figures):
    assert list(figures_in(text)) == figures


@pytest.mark.parametrize(
    "text",
    [
        "From March 2024 to 3 May 2025, in 2023/24 and 2022-23.",
        "In 2017, and (SALT, 2024).",
        "Section 42 enquiries, Level 3, Year 11, Phase 2 and regulation 12.",
        "COVID-19, 24/7, 1-to-1, a1b2.",
        "One of 3 or 4.",
        "",
    ],
)
def test_dates_and_names_are_no_figures(text):
    assert figures_in(text) == ()


@given(st.text(alphabet="0123456789.,%£/- abcs\n", max_size=200) | st.text(max_size=100))
def test_every_figure_stands_in_the_text_and_comes_once(text):
    found = figures_in(text)

    assert all(figure in text and any(map(str.isdigit, figure)) for figure in found)
    assert len(set(found)) == len(found) <= MOST
