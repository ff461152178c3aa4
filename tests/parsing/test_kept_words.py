"""No word of a finding is taken for anything else, and lines that could be one are reported."""

import textwrap
from collections import Counter

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from reports.parsing import ReportRecord, SpanKind, parse_report
from reports.parsing.patterns import FURNITURE
from tests.parsing.samples import section_text

TRICKY = (
    "safeguarding",
    "direct payments",
    "leadership",
    "Evidence shows",
    "evidence shows a good standard",
    "score 3",
    "Score: 3",
    "(c) support carers",
    "12 March 2024",
    "87",
    "3 of 12",
    "Care Quality Commission",
    "Published 2024",
    "page 4",
    "© pages",
    "the local authority commitment",
    "key findings",
    "What people expect",
    "Kent",
    "assessment",
)
words = st.sampled_from(("people", "told", "us", "that", "staff", "had", "waited", *TRICKY))
sentences = st.lists(words, min_size=3, max_size=40).map(lambda some: f"We were {' '.join(some)}.")
findings = st.lists(sentences, min_size=1, max_size=6)
PAGE_NUMBERS = {"3 of 12", "page 4"}  # with both, the parser may see that pages are counted
REPORTED = {SpanKind.SCORE, SpanKind.METADATA, SpanKind.FURNITURE}


def _kinds_of_letters(text: str, record: ReportRecord, start: int) -> Counter[str]:
    """How many letters and figures after a place have each kind."""
    kinds: Counter[str] = Counter()
    for span in record.spans:
        inside = text[max(span.start, start) : span.end]
        kinds[span.kind] += sum(char.isalnum() for char in inside)
    return kinds


@given(findings)
def test_no_word_of_a_finding_on_one_line_is_tagged_as_anything_else(some: list[str]):
    text = section_text(*some)
    start = text.index(some[0])

    kinds = _kinds_of_letters(text, parse_report(text), start)

    assert {kind for kind, count in kinds.items() if count} == {SpanKind.FINDING}


@given(findings, st.integers(20, 100))
def test_no_word_of_a_wrapped_finding_is_tagged_as_anything_else_in_silence(
    some: list[str], width: int
):
    text = section_text(*(textwrap.fill(sentence, width) for sentence in some))
    start = text.index(some[0][:8])
    record = parse_report(text)

    kinds = _kinds_of_letters(text, record, start)

    assert set(+kinds) == {SpanKind.FINDING} or record.problems


LEFT_OUT = st.sampled_from(
    (*TRICKY, "Score: 2", "2 - Evidence shows some shortfalls", "Published: 3 March 2025", "Good")
)


@given(st.lists(st.one_of(LEFT_OUT, sentences), min_size=1, max_size=8))
@example(["3 of 12", "page 4"])
def test_what_is_left_out_after_the_first_finding_is_reported(some: list[str]):
    text = section_text("Staff told us that they had time.", *some)
    record = parse_report(text)
    findings = [span for span in record.spans if span.kind is SpanKind.FINDING]
    lines = {problem.line for problem in record.problems}
    codes = {problem.code for problem in record.problems}

    certain = {"---"} | (PAGE_NUMBERS if {*some} >= PAGE_NUMBERS else set())
    for span in record.spans:
        said = text[span.start : span.end]
        is_certain = said in certain or f"{text}\n".count(f"\n{said}\n") > 1
        if span.kind not in REPORTED or span.start < findings[0].start or is_certain:
            continue
        if FURNITURE.fullmatch(said):
            assert "passed-over" in codes or span.start > findings[-1].end, said
        else:
            assert text.count("\n", 0, span.start) + 1 in lines, said


def test_what_only_its_form_shows_to_be_furniture_is_one_problem_of_its_section():
    record = parse_report(
        section_text(
            "Staff had time.",
            "© Care Quality Commission",
            "https://www.cqc.org.uk/reports",
            "People agreed.",
        )
    )

    (problem,) = record.problems
    assert (problem.code, problem.line) == ("passed-over", 9)
    assert problem.message == (
        "2 lines were passed over among the findings: “© Care Quality Commission”,"
        " “https://www.cqc.org.uk/reports”. Check that these words are not missing from a finding."
    )


@pytest.mark.parametrize(
    "lines",
    [
        ("Staff had time.", "---", "People agreed."),
        ("Staff had time.", "People agreed.", "© Care Quality Commission"),
        ("Staff had time.", "Page 1 of 3", "People agreed.", "Page 2 of 3", "Carers too."),
    ],
    ids=["a rule", "below the last finding", "counted pages"],
)
def test_certain_furniture_is_not_a_problem(lines: tuple[str, ...]):
    assert parse_report(section_text(*lines)).problems == ()


@pytest.mark.parametrize("line", ["87", "12 March 2024", "Care Quality Commission", "Score: 2"])
def test_a_line_that_is_left_out_is_named(line: str):
    record = parse_report(section_text("Staff had time.", line, "People agreed."))

    assert any(p.code == "left-out" and line in p.message for p in record.problems)
