"""A section has the score on which all its score lines agree, or none."""

import pytest

from reports.parsing import parse_report
from tests.parsing.samples import section_text


def _score(*lines: str) -> tuple[int | None, list[tuple[str, int | None]]]:
    record = parse_report(section_text("Staff were trained.", score="\n".join(lines)))
    problems = [(problem.code, problem.line) for problem in record.problems]
    return record.sections[0].score, problems


@pytest.mark.parametrize(
    ("lines", "score"),
    [
        (["Score: 2"], 2),
        (["Score 2"], 2),
        (["Score:2"], 2),
        (["score : 2"], 2),
        (["**Score: 2**"], 2),
        (["### Score: 2"], 2),
        (["Score: 2/4"], 2),
        (["| Score | 2 |"], 2),
        (["Score: 2 out of 4"], 2),
        (["Indicative score: 2"], 2),
        (["Indicative score:", "2 - Evidence shows some shortfalls"], 2),
        (["Score: 1", "1 - Evidence shows significant shortfalls"], 1),
        (["Score: 2", "2 - Evidence shows some shortfalls"], 2),
        (["Score: 3", "3 – Evidence shows a good standard"], 3),
        (["Score: 4", "4 — Evidence shows an exceptional standard"], 4),
        (["Score: 3", "3- Evidence shows a good standard"], 3),
        (["Score: 3 - Evidence shows a good standard"], 3),
        (["3 - Evidence shows a good standard"], 3),
        (["Score:", "Evidence shows a good standard"], 3),
        (["Score: 3", "Score: 3"], 3),
        (["Score: 3 - Good"], 3),
        (["| Score | 3 |"], 3),
        (["| Score: | 3 - Evidence shows a good standard |"], 3),
        (["3 - Good"], 3),
    ],
)
def test_score_lines_that_agree(lines, score):
    assert _score(*lines) == (score, [])


@pytest.mark.parametrize(
    "lines",
    [
        ["Score: 3", "3 - Evidence shows a good", "standard"],
        ["Score: 3", "3 -", "Evidence shows a good standard"],
        ["Score:", "3"],
        ["Score:", "", "3"],
    ],
)
def test_wrapped_score_lines(lines):
    record = parse_report(section_text("Staff were trained.", score="\n".join(lines)))
    assert (record.sections[0].score, record.problems) == (3, ())
    assert len(record.sections[0].paragraphs) == 1


@pytest.mark.parametrize(
    ("lines", "problem"),
    [
        (["Score: 7"], ("score-out-of-range", 3)),
        (["Score: 0"], ("score-out-of-range", 3)),
        (["Score: 7", "3 - Evidence shows a good standard"], ("score-out-of-range", 3)),
        (["Score: 2", "3 - Evidence shows a good standard"], ("score-conflict", 4)),
        (["Score: 3", "3 - Evidence shows some shortfalls"], ("score-conflict", 4)),
        (["2 - Evidence shows a good standard"], ("score-conflict", 3)),
        (["Score: 2", "Score: 3"], ("score-conflict", 4)),
        (["Score: not yet given"], ("score-unreadable", 3)),
        (["Score: 2.5"], ("score-unreadable", 3)),
        (["Score: -1"], ("score-unreadable", 3)),
    ],
)
def test_scores_in_doubt_are_null_and_noted(lines, problem):
    assert _score(*lines) == (None, [problem])


def test_missing_score_is_null_and_noted():
    assert _score("The local authority commitment") == (None, [("score-missing", 1)])


def test_a_rating_alone_is_no_score():
    assert _score("Good") == (None, [("score-missing", 1)])


def test_second_score_among_the_findings_is_a_conflict():
    text = section_text("Staff were trained.", "Score: 2", "They were pleased.")
    record = parse_report(text)
    assert record.sections[0].score is None
    assert [problem.code for problem in record.problems] == ["left-out", "score-conflict"]


def test_score_in_a_sentence_is_prose():
    text = section_text("The results of the audit gave the team a", "score 3", "times as high.")
    (section,) = parse_report(text).sections
    assert section.score == 3
    assert [paragraph.text for paragraph in section.paragraphs] == [
        "The results of the audit gave the team a score 3 times as high."
    ]
