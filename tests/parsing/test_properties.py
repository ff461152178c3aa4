"""What is true of every text: parsing never fails, loses nothing, and can be repeated."""

import re
import textwrap
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from reports.facts.framework import STATEMENTS
from reports.parsing import ReadError, ReportRecord, SpanKind, parse_report, unparsed_characters
from tests.parsing.samples import SEEDS, seed_text

FURNITURE = ("---", "Page 3 of 12", "17", "https://www.cqc.org.uk/", "© Care Quality Commission")
SEED_TEXTS = [seed_text(number) for number in range(len(SEEDS))]
BROKEN_AT_HYPHEN = re.compile(r"[-‐\u00ad]\s*(?=\S)")

type_of_line = st.sampled_from(
    [
        "Learning, improvement and innovation",
        "Learning, improvement and",
        "innovation",
        "Safeguarding",
        "# Assessing needs",
        "Score: 2",
        "Score 7",
        "Indicative score:",
        "3 – Evidence shows a good standard",
        "What people expect",
        "The local authority commitment:",
        "Key findings for this quality statement",
        "Learning from feedback",
        "Theme 4: Leadership",
        "London Borough of Barnet: local authority assessment",
        "Published: 5 March 2025",
        "Overall summary",
        "I feel safe.",
        "We focus on learning.",
        "An unknown heading",
        "Staff told us that they had training",
        "and that it was good. Haringey ranked 15th.",
        "**Bold words** and co-",
        "production with people.",
        "• One point",
        "- another, which ends.",
        "1. A numbered point.",
        "",
        "",
        *FURNITURE,
    ]
)
invented_lines = st.lists(st.one_of(type_of_line, st.text(max_size=40)), max_size=40)
invented_texts = st.one_of(
    st.text(max_size=300),
    st.builds("\n".join, invented_lines),
    st.builds(
        lambda lines: (
            "Safeguarding\nScore: 3\nKey findings for this quality statement\n" + "\n".join(lines)
        ),
        invented_lines,
    ),
)


@st.composite
def mutated_seeds(draw: st.DrawFn) -> str:
    """A seed text with some of the changes that copying and saving make."""
    text = draw(st.sampled_from(SEED_TEXTS))
    for change in draw(st.lists(st.sampled_from(CHANGES), max_size=4)):
        text = change(draw, text)
    return text


def _drop_line(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    del lines[_place(draw, lines)]
    return "\n".join(lines)


def _double_line(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    at = _place(draw, lines)
    lines.insert(at, lines[at])
    return "\n".join(lines)


def _swap_lines(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    one, other = _place(draw, lines), _place(draw, lines)
    lines[one], lines[other] = lines[other], lines[one]
    return "\n".join(lines)


def _insert_furniture(draw: st.DrawFn, text: str) -> str:
    lines = text.split("\n")
    lines.insert(_place(draw, lines), draw(st.sampled_from(FURNITURE)))
    return "\n".join(lines)


def _rewrap(draw: st.DrawFn, text: str) -> str:
    width = draw(st.integers(30, 120))
    return "\n".join(textwrap.fill(line, width) for line in text.split("\n"))


def _double_line_ends(draw: st.DrawFn, text: str) -> str:
    return text.replace("\n", "\n\n")


def _windows_line_ends(draw: st.DrawFn, text: str) -> str:
    return text.replace("\n", "\r\n")


def _place(draw: st.DrawFn, lines: list[str]) -> int:
    return draw(st.integers(0, len(lines) - 1))


CHANGES: list[Callable[[st.DrawFn, str], str]] = [
    _drop_line,
    _double_line,
    _swap_lines,
    _insert_furniture,
    _rewrap,
    _double_line_ends,
    _windows_line_ends,
]


def _parsed(text: str) -> ReportRecord:
    """The record of the text. A text that is not a report is not used as an example."""
    try:
        return parse_report(text)
    except ReadError:
        assume(condition=False)
        raise


@given(st.one_of(invented_texts, mutated_seeds()))
def test_spans_hold_every_character_once_and_in_order(text):
    spans = _parsed(text).spans

    assert all(span.start < span.end for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))
    covered = {at for span in spans for at in range(span.start, span.end)}
    assert all(char.isspace() for at, char in enumerate(text) if at not in covered)


@given(st.one_of(invented_texts, mutated_seeds()))
def test_findings_are_the_finding_spans(text):
    record = _parsed(text)
    paragraphs = [paragraph for section in record.sections for paragraph in section.paragraphs]

    assert sorted(span for paragraph in paragraphs for span in paragraph.spans) == [
        (span.start, span.end) for span in record.spans if span.kind is SpanKind.FINDING
    ]


@given(st.one_of(invented_texts, mutated_seeds()))
def test_findings_say_what_their_spans_say(text):
    for section in _parsed(text).sections:
        for paragraph in section.paragraphs:
            source = "\n".join(text[start:end] for start, end in paragraph.spans)
            missing = Counter(source) - Counter(paragraph.text)
            added = Counter(paragraph.text) - Counter(source)
            # All bullets become one character.
            assert not "".join(added).replace("•", "").strip()
            # Marks of Markdown, the bullet that opens, and hyphens at a line's end.
            assert not re.sub(r"[\s#*_•●▪◦‣∙○■·+o‐–—\u00ad-]", "", "".join(missing))


@given(st.one_of(invented_texts, mutated_seeds()))
def test_same_text_gives_the_same_record(text):
    assert _parsed(text) == _parsed(text)


@given(st.one_of(invented_texts, mutated_seeds()))
def test_unparsed_characters_are_those_of_unparsed_spans(text):
    record = _parsed(text)
    known = any(problem.code == "unparsed" for problem in record.problems)
    assert bool(unparsed_characters(text, record)) == known


@given(st.text(), st.text(max_size=30), st.text(max_size=60))
def test_no_text_name_or_address_makes_the_parser_fail_otherwise(text, name, address):
    with suppress(ReadError):
        parse_report(f"Safeguarding\nScore: 3\n{text}", name, address)


@given(mutated_seeds())
def test_text_made_from_a_record_gives_the_same_findings(text):
    record = _parsed(text)
    assert _findings(parse_report(_printed(record))) == _findings(record)


@pytest.mark.parametrize("number", range(5))
@pytest.mark.parametrize("width", [48, 64, 80, 100])
def test_seed_wrapped_differently_with_blank_lines_between_keeps_its_findings(number, width):
    record = parse_report(seed_text(number))
    wrapped = "\n\n".join(
        textwrap.fill(block, width, break_on_hyphens=False)
        for block in _printed(record).split("\n\n")
    )
    assert _findings(parse_report(wrapped)) == _findings(record)


def _findings(record: ReportRecord) -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            section.statement,
            [(paragraph.heading, paragraph.text) for paragraph in section.paragraphs],
        )
        for section in record.sections
    ]


def _printed(record: ReportRecord) -> str:
    """The record written as a text, with one block per paragraph and blank lines between them."""
    names = {statement.slug: statement.name for statement in STATEMENTS}
    blocks = []
    for section in record.sections:
        blocks += [names[section.statement], "Key findings for this quality statement"]
        heading = ""
        for paragraph in section.paragraphs:
            if paragraph.heading != heading:
                heading = paragraph.heading
                blocks.append(f"## {heading}")
            blocks.append(paragraph.text)
    return "\n\n".join(blocks)
