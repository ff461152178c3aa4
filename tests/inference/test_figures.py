"""Figures: which numbers of a finding are quoted, and what each of them says."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.inference import Quantity, quantities
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
            ["223 complaints", "29-day", "1,204 people"],
        ),
        ("It spent £1.2 million, then £300,000 per year.", ["£1.2 million", "£300,000"]),
        ("64.32 per cent, up 3 percentage points.", ["64.32 per cent", "3 percentage points"]),
        ("1 in 4 adults; 7 of the 9 teams", ["1 in 4", "7 of the 9"]),
        ("70 staff across partners, 84 overall", ["70 staff", "84"]),
        ("The same 5% and again 5%.", ["5%"]),
        ("Turnover fell from 30% to 18.75%.", ["from 30% to 18.75%"]),
        ("People waited 11 to 38 weeks.", ["11 to 38 weeks"]),
        ("There were 531 per 100,000 admissions.", ["531 per 100,000"]),
        ("It ranked 15th nationally.", ["15th nationally"]),
        ("In all, 340 of 612 enquiries were closed.", ["340 of 612"]),
        ("Twelve complaints and two thirds of reviews.", ["Twelve complaints", "two thirds"]),
        ("At the end of March 31 people waited.", ["31 people"]),
        ("Staff had been employed for over 10 years.", ["10 years"]),
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
        "People aged 65 and over, 18 to 25 year olds, the over 75s and those of 85+.",
        "A 3-year plan, 7-minute briefings and a two-year programme.",
        "Over the last 12 months, in the past three years and 24 hours a day.",
        "Two people told us it was slow. One of them left.",
        "The third party was a third organisation; ring 0300 123 4567.",
        "",
    ],
)
def test_dates_ages_periods_and_names_are_not_figures(text):
    assert figures_in(text) == ()


@given(st.text(alphabet="0123456789.,%£/- abcs\n", max_size=200) | st.text(max_size=100))
def test_every_figure_stands_in_the_text_and_comes_once(text):
    found = figures_in(text)

    assert all(figure in text for figure in found)
    assert len(set(found)) == len(found) <= MOST
    assert [one.text for one in quantities(text, found)] == sorted(found, key=text.index)


def read(text: str) -> list[Quantity]:
    return list(quantities(text, figures_in(text)))


def test_a_figure_is_taken_apart():
    assert read("In June 2024 there were 412 people waiting for an assessment.") == [
        Quantity(
            text="412 people",
            value=Decimal(412),
            unit="people",
            measure="people waiting for an assessment",
            whose="local",
            period="In June 2024",
            clear=True,
        )
    ]


def test_what_is_set_beside_it_measures_the_same():
    local, england = read(
        "The uptake of direct payments was 22.5%, below the England average of 26.22%."
    )
    assert (local.measure, local.whose) == ("uptake of direct payments", "local")
    assert (england.measure, england.whose) == ("uptake of direct payments", "england")


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("It was 71% in the region.", "region"),
        ("It was 6.5% for similar councils.", "similar"),
        ("It was measured against a target of 85%.", "target"),
        ("Nationally, some said. The rate was 40%.", "local"),
    ],
)
def test_whose_a_figure_is(text, whose):
    (figure,) = read(text)
    assert figure.whose == whose


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("It spent £1.2 million.", "1200000", "£"),
        ("Some 9 out of 10 agreed.", "90", "%"),
        ("There were 340 of 612 closed.", "55.56", "%"),
        ("It fell by a third.", "33.33", "%"),
        ("Turnover fell from 30% to 18.75%.", "18.75", "%"),
        ("It took twenty-five days.", "25", "days"),
        ("It stood at 531 per 100,000.", "531", "per 100,000"),
        ("It ranked 15th nationally.", "15", "rank"),
    ],
)
def test_value_and_unit(text, value, unit):
    (figure,) = read(text)
    assert (figure.value, figure.unit) == (Decimal(value), unit)


def test_a_range_has_no_one_value_and_is_not_clear():
    (figure,) = read("People waited 11 to 38 weeks.")
    assert (figure.value, figure.unit, figure.clear) == (None, "weeks", False)


@pytest.mark.parametrize(
    ("text", "direction"),
    [
        ("Turnover fell from 30% to 18.75%.", "down"),
        ("The list rose from 10 to 40 people.", "up"),
        ("Concerns increased by 15%.", "up"),
        ("The wait had fallen to 9 days.", "down"),
        ("The wait was 9 days.", ""),
    ],
)
def test_direction(text, direction):
    (figure,) = read(text)
    assert figure.direction == direction


def test_an_editors_words_are_read_as_far_as_they_can_be():
    figures = quantities("About forty-ish people waited.", ["forty-ish people", "not there"])
    assert [(one.text, one.value, one.clear) for one in figures] == [
        ("forty-ish people", None, False)
    ]


def test_in_words():
    (figure,) = read("The vacancy rate was 71% in the region in 2023/24.")
    assert str(figure) == "71%: vacancy rate (the region, in 2023/24)"


def test_a_figure_of_a_pronoun_is_not_clear():
    (figure,) = read("It was 71% in the region.")
    assert (figure.measure, figure.clear) == ("", False)
