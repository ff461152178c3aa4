"""Text -> `ReportRecord`."""

import re
from collections.abc import Iterator, Sequence

from reports.facts.labels import shortened
from reports.parsing.errors import ReadError
from reports.parsing.grammar import Outline, outline
from reports.parsing.identify import identify, published_date
from reports.parsing.known_phrases import TokenKind
from reports.parsing.lines import split_lines
from reports.parsing.pieces import Piece
from reports.parsing.press_releases import is_press_release
from reports.parsing.recognise import Token
from reports.parsing.records import (
    ProblemRecord,
    ReportRecord,
    Span,
    SpanKind,
)
from reports.parsing.sections import section_records
from reports.parsing.slugs import SlugReading, read_address, read_file_name
from reports.parsing.summary import read_outcome

MAX_SECTIONS = 100
# As many as an editor can look at. A document with more has an unknown form.
MAX_PROBLEMS = 200
SHOWN = 60  # characters of a text that was not understood
FORMAL = "formal"
PILOT = "pilot"
# A formal report's title says "local authority assessment".
PILOT_TITLE = re.compile(r"(?!.*local authority).* assessment", re.IGNORECASE)


def parse_report(text: str, name: str = "", address: str = "") -> ReportRecord:
    """The record of one report. The file's `name` and the page's `address` help to identify it.

    Raises `ReadError` with the code `press-release` or `no-report` if the text is not a report, and
    `too-large` if it has more sections than any report.
    """
    lines = split_lines(text)
    parts = outline(lines)
    if is_press_release(text, lines, parts.tokens):
        raise ReadError(
            "this is a CQC press release, not a report; download the report's own pages",
            "press-release",
        )
    outcome, problems = read_outcome(_before_sections(parts))
    if not parts.sections and outcome is None:
        raise _no_report(parts)
    by_address, by_name = read_address(address), read_file_name(name)
    if len(parts.sections) > MAX_SECTIONS:
        raise ReadError(
            f"the text has {len(parts.sections)} sections; a report has 9, so divide it into files"
            f" of at most {MAX_SECTIONS}",
            "too-large",
        )
    sections, section_problems = section_records(parts.sections)
    findings = [paragraph.text for section in sections for paragraph in section.paragraphs]
    identification, doubts = identify(parts.recognised, by_address, by_name, findings)
    published, date_doubts = published_date(parts.recognised, (by_address, by_name))
    problems += section_problems + doubts + date_doubts + _unparsed(parts) + _joins(parts)
    return ReportRecord(
        identification=identification,
        published=published,
        kind=_kind(parts, (by_address, by_name)),
        sections=tuple(sections),
        spans=_spans(parts),
        problems=_bounded(problems),
        outcome=outcome,
    )


def _bounded(problems: Sequence[ProblemRecord]) -> tuple[ProblemRecord, ...]:
    """The first problems, in the order of their lines."""
    ordered = sorted(problems, key=lambda problem: (problem.line or 0, problem.code))
    if len(ordered) <= MAX_PROBLEMS:
        return tuple(ordered)
    left = len(ordered) - MAX_PROBLEMS
    message = f"There are {left} more problems. The file may not be a report."
    return (*ordered[:MAX_PROBLEMS], ProblemRecord("more-problems", message))


def _before_sections(parts: Outline) -> Sequence[Token]:
    if not parts.sections:
        return parts.tokens
    return parts.tokens[: parts.tokens.index(parts.sections[0].title)]


def unparsed_characters(text: str, record: ReportRecord) -> int:
    """How many characters that are not blank the grammar does not know."""
    unparsed = (span for span in record.spans if span.kind is SpanKind.UNPARSED)
    return sum(not char.isspace() for span in unparsed for char in text[span.start : span.end])


def _no_report(parts: Outline) -> ReadError:
    if any(token.kind is TokenKind.SUMMARY_LABEL for token in parts.tokens):
        what = (
            "this is the summary or overview of a report, and holds no section of a quality"
            " statement"
        )
    else:
        what = (
            "this is not a report: no quality statement's title is above a score or one of CQC's"
            " labels"
        )
    return ReadError(f"{what}; give the page of a quality statement", "no-report")


def _unparsed(parts: Outline) -> list[ProblemRecord]:
    return [
        ProblemRecord("unparsed", f"Not understood: “{shortened(piece.text, SHOWN)}”", piece.number)
        for piece in _pieces(parts)
        if piece.kind is SpanKind.UNPARSED
    ]


def _joins(parts: Outline) -> list[ProblemRecord]:
    """Lines that end a sentence and are full, in wrapped text without gaps between paragraphs, and
    those that end a sentence and a page."""
    lines = parts.doubtful_joins
    if not lines:
        return []
    more = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
    message = (
        f"Nothing shows whether a paragraph ends after this line{more}: lines are wrapped without"
        " gaps between paragraphs, or a page ends there. Check where the findings are divided."
    )
    return [ProblemRecord("join-doubtful", message, lines[0])]


def _kind(parts: Outline, slugs: Sequence[SlugReading | None]) -> str:
    by_text = any(
        token.score.indicative
        or (token.kind is TokenKind.REPORT_TITLE and PILOT_TITLE.fullmatch(token.value))
        for token in parts.tokens
    )
    return PILOT if by_text or any(slug and slug.pilot for slug in slugs) else FORMAL


def _pieces(parts: Outline) -> Iterator[Piece]:
    yield from parts.preamble
    for section in parts.sections:
        yield from section.pieces


def _spans(parts: Outline) -> tuple[Span, ...]:
    spans = [Span(start, end, piece.kind) for piece in _pieces(parts) for start, end in piece.spans]
    return tuple(sorted(spans, key=lambda span: span.start))
