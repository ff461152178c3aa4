import pytest

from reports.management.invented import effects
from reports.models import Figure, Finding
from reports.reading.figures import (
    FLOOR,
    KNOWN,
    figures_of,
    in_order,
    median,
    recognised,
    sentence_of,
)
from reports.reading.profiles import profiles


@pytest.mark.parametrize(
    ("measure", "unit", "slug"),
    [
        (effects.MEASURES[0], "days", "waiting-days"),
        (effects.MEASURES[1], "%", "reablement"),
        (effects.MEASURES[2], "%", "satisfaction"),
        (effects.MEASURES[3], "%", "vacancies"),
        (effects.MEASURES[4], "%", "complaints-upheld"),
    ],
    ids=lambda value: getattr(value, "name", value),
)
def test_a_planted_measure_is_recognised_whosever_it_is(measure, unit, slug):
    for words in (measure.words.format(12), measure.england.format(12)):
        figure = Figure(
            finding=Finding(text=f"Before it. {words} After it."), text="12", unit=unit, measure=""
        )
        assert recognised(figure).slug == slug


def test_what_no_words_fit_is_not_recognised():
    figure = Figure(finding=Finding(text="Spending rose by 12%."), text="12%", unit="%", measure="")

    assert recognised(figure) is None


def test_recognised_measures_have_names_of_their_own():
    assert (
        len({known.slug for known in KNOWN}) == len({known.name for known in KNOWN}) == len(KNOWN)
    )


@pytest.mark.parametrize(
    ("text", "words", "sentence"),
    [
        ("One. Then 4% of it. Two.", "4%", ("Then ", "4%", " of it.")),
        ("Then 4.5% of it", "4.5%", ("Then ", "4.5%", " of it")),
        ("4% rose.", "4%", ("", "4%", " rose.")),
        ("It was edited away.", "4%", ("", "4%", "")),
    ],
)
def test_the_sentence_of_a_figure(text, words, sentence):
    assert sentence_of(text, words) == sentence


def test_a_median_of_too_few_is_none():
    assert median([1.0] * (FLOOR - 1)) is None
    assert median([5.0, 1.0, 3.0, 2.0, 4.0]) == 3.0
    assert median([5.0, 1.0, 3.0, 2.0, 4.0, 6.0]) == 3.5


@pytest.mark.django_db
def test_figures_are_those_of_the_findings_that_stand(seeded):
    standing = figures_of(profiles())

    identified = Figure.objects.exclude(finding__section__assessment__authority=None)
    assert set(standing) == set(identified)
    assert 0 < standing.count() < Figure.objects.count()


@pytest.mark.django_db
def test_figures_of_one_statement_and_score(seeded):
    found = figures_of(profiles(), "learning", 2)

    assert {figure.finding.section.score for figure in found} == {2}


@pytest.mark.django_db
@pytest.mark.parametrize(("sort", "reverse"), [("highest", True), ("lowest", False)])
def test_figures_by_value_those_without_one_last(seeded, sort, reverse):
    values = [figure.value for figure in in_order(figures_of(profiles()), sort)]

    known = [value for value in values if value is not None]
    assert known == sorted(known, reverse=reverse)
    assert values[: len(known)] == known
