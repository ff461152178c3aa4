"""The inferred labels agree with the labelled set at least so well, on both halves."""

import pytest

from reports.facts import inferred
from reports.facts.framework import STATEMENTS
from reports.facts.taxonomy import SHOWN_TONES
from tests.labels.report import report
from tests.labels.scoring import HALVES, Score, labelled, measure, total

# A little below what was measured: docs/inference.md has the figures.
LEAST_F1 = {
    "tuned": {"topics": 0.79, "groups": 0.75, "evidence": 0.88, "figures": 0.95, "tone": 0.85},
    "unseen": {"topics": 0.75, "groups": 0.75, "evidence": 0.85, "figures": 0.93, "tone": 0.75},
}
LEAST_AGREEMENT_OF_A_SHOWN_TONE = 0.80


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("field", LEAST_F1["tuned"])
def test_labels_agree_with_the_labelled_set(half, field):
    assert total(measure(half).scores[field]).f1 >= LEAST_F1[half][field]


@pytest.mark.parametrize("half", HALVES)
def test_few_findings_have_no_topic(half):
    assert measure(half).without_topic < 0.15


@pytest.mark.parametrize("half", HALVES)
def test_figures_are_precise(half):
    measured = measure(half)
    figures = total(measured.scores["figures"])
    assert figures.precision >= 0.97
    assert figures.recall >= 0.90
    assert measured.shares["figures, value right"] >= 0.95


@pytest.mark.parametrize("half", HALVES)
@pytest.mark.parametrize("tone", SHOWN_TONES)
def test_a_tone_that_readers_see_agrees(half, tone):
    assert measure(half).scores["tone"][tone].f1 >= LEAST_AGREEMENT_OF_A_SHOWN_TONE


def test_the_set_is_what_its_readme_says():
    halves = {half: labelled(half) for half in HALVES}
    numbers = sorted(one.number for found in halves.values() for one in found)
    assert numbers == list(range(1, 151))
    assert {one.number % 2 for one in halves["tuned"]} == {1}
    assert {one.number % 2 for one in halves["unseen"]} == {0}
    for found in halves.values():
        assert {one.statement for one in found} == {statement.slug for statement in STATEMENTS}


@pytest.mark.parametrize("half", HALVES)
def test_the_set_uses_labels_that_are_declared(half):
    for one in labelled(half):
        for field in (inferred.TOPICS, inferred.GROUPS, inferred.EVIDENCE):
            assert set(getattr(one, field.name)) <= set(field.choices), one.number
        assert one.tone in {"", *inferred.TONE.choices}, one.number
        assert all(figure["words"] in one.text for figure in one.figures), one.number


def test_a_score_counts_what_is_right_wrong_and_missed():
    score = Score(right=3, wrong=1, missed=2)
    assert (score.precision, score.recall, score.f1) == (3 / 4, 3 / 5, 6 / 9)


def test_the_report_has_both_halves_and_every_field():
    lines = report().splitlines()
    assert [line for line in lines if line.startswith("#")] == [
        "# tuned: 75 findings",
        "# unseen: 75 findings",
    ]
    assert sum(line.startswith("evidence ") for line in lines) == 2
