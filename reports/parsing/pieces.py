"""Divides prose and recognised lines into pieces, each of one kind, such as findings."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto

from reports.parsing.headings import can_be_heading, paragraph_kind
from reports.parsing.known_phrases import TokenKind
from reports.parsing.lines import Line
from reports.parsing.paragraphs import LineGroup, TextSetting
from reports.parsing.recognise import Token
from reports.parsing.records import SpanKind

SPAN_KINDS = {
    TokenKind.FURNITURE: SpanKind.FURNITURE,
    TokenKind.CLOSER: SpanKind.UNPARSED,
    TokenKind.TABLE: SpanKind.TABLE,
    TokenKind.NOTE: SpanKind.NOTE,
    TokenKind.METADATA: SpanKind.METADATA,
    TokenKind.REPORT_TITLE: SpanKind.TITLE,
    TokenKind.STATEMENT: SpanKind.TITLE,
    TokenKind.THEME: SpanKind.LABEL,
    TokenKind.EXPECTATION_LABEL: SpanKind.LABEL,
    TokenKind.COMMITMENT_LABEL: SpanKind.LABEL,
    TokenKind.FINDINGS_LABEL: SpanKind.LABEL,
    TokenKind.SUMMARY_LABEL: SpanKind.SUMMARY,
    TokenKind.SCORE: SpanKind.SCORE,
    TokenKind.HEADING: SpanKind.HEADING,
}
I_STATEMENT = re.compile(r"[\"'“‘]?I(?:['’]\w+)?\s")
# Findings say what the assessors did; the commitment says what an authority does.
WE_STATEMENT = re.compile(
    r"[\"'“‘]?We (?!also |heard |were |saw |spoke |found |observed |reviewed |received |looked )"
)


class DocumentPart(Enum):
    """The part of a document that prose is in, which decides what it can be."""

    PREAMBLE = auto()
    SUMMARY = auto()
    FRONT = auto()
    EXPECTATION = auto()
    COMMITMENT = auto()
    FINDINGS = auto()
    CLOSED = auto()


# Text of these parts is kept as one block, including tables and notes.
WHOLE = {
    DocumentPart.PREAMBLE: SpanKind.UNPARSED,
    DocumentPart.SUMMARY: SpanKind.SUMMARY,
    DocumentPart.CLOSED: SpanKind.UNPARSED,
}


@dataclass(frozen=True, slots=True)
class ProseRun:
    """Neighbouring lines of prose. Page furniture between them leaves a gap in their indexes.
    `labelled` is true if a label further on marks the end of this part."""

    part: DocumentPart
    labelled: bool
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the document whose kind is known. `number` is its first line's, `last` its last
    line; `doubt` says what an editor should know about it."""

    kind: SpanKind
    spans: tuple[tuple[int, int], ...]
    text: str
    number: int
    last: Line
    doubt: str = ""
    rows: tuple[tuple[str, ...], ...] = ()


def pieces_of(items: Sequence[Token | ProseRun], setting: TextSetting) -> Iterator[Piece]:
    """The pieces of the preamble or of one section."""
    committed = False
    has_marked_headings = any(_is_marked_heading(item) for item in items)
    for item in _with_whole_tables(items):
        if isinstance(item, Token):
            yield _piece(SPAN_KINDS[item.kind], setting.group(item.lines))
            continue
        for piece in _pieces_of_run(item, setting, committed, has_marked_headings):
            committed |= piece.kind is SpanKind.COMMITMENT
            yield piece


def _with_whole_tables(items: Sequence[Token | ProseRun]) -> Iterator[Token | ProseRun]:
    """The tokens, with the neighbouring rows of a table as one."""
    rows: list[Token] = []
    for item in items:
        row = item if isinstance(item, Token) and item.kind is TokenKind.TABLE else None
        if rows and not (row and row.lines[0].index == rows[-1].lines[0].index + 1):
            yield _table(rows)
            rows = []
        if row:
            rows.append(row)
        else:
            yield item
    if rows:
        yield _table(rows)


def _table(rows: Sequence[Token]) -> Token:
    return replace(rows[0], lines=tuple(row.lines[0] for row in rows))


def _is_marked_heading(item: Token | ProseRun) -> bool:
    """Whether the token is, or contains, a sub-heading that is set as one."""
    if isinstance(item, ProseRun):
        return item.part is DocumentPart.FINDINGS and any(line.marked for line in item.lines)
    return item.kind is TokenKind.HEADING and item.level > 0


def _pieces_of_run(
    run: ProseRun,
    setting: TextSetting,
    committed: bool,
    has_marked_headings: bool,
) -> Iterator[Piece]:
    if run.part in WHOLE:
        yield _piece(WHOLE[run.part], setting.group(run.lines))
        return
    paragraphs = setting.paragraphs(run.lines)
    opening = _opening_kinds(run, paragraphs, committed=committed)
    for kind, paragraph in zip(opening, paragraphs, strict=False):
        yield _piece(kind, paragraph)
    rest = paragraphs[len(opening) :]
    for at, paragraph in enumerate(rest):
        kind, doubt = paragraph_kind(rest, at, has_marked_headings=has_marked_headings)
        yield _piece(kind, paragraph, doubt)


def _opening_kinds(
    run: ProseRun, paragraphs: Sequence[LineGroup], *, committed: bool
) -> list[SpanKind]:
    """The kinds of the paragraphs of a run before its findings."""
    if run.part is DocumentPart.FINDINGS:
        return []
    if run.part is DocumentPart.COMMITMENT:
        if run.labelled:
            return [SpanKind.COMMITMENT] * len(paragraphs)
        heads = paragraphs[0].looks_like_heading and can_be_heading(paragraphs, 0)
        return [] if committed or heads else [SpanKind.COMMITMENT]
    if run.part is DocumentPart.EXPECTATION and run.labelled:
        return [SpanKind.EXPECTATION] * len(paragraphs)
    return _unlabelled_kinds(run, paragraphs)


def _unlabelled_kinds(run: ProseRun, paragraphs: Sequence[LineGroup]) -> list[SpanKind]:
    """The kinds of paragraphs if there are no labels: first those that begin with "I", then one
    that begins with "We"."""
    kinds: list[SpanKind] = []
    for paragraph in paragraphs:
        if SpanKind.COMMITMENT not in kinds and I_STATEMENT.match(paragraph.text):
            kinds.append(SpanKind.EXPECTATION)
        elif SpanKind.COMMITMENT not in kinds and WE_STATEMENT.match(paragraph.text):
            kinds.append(SpanKind.COMMITMENT)
        elif run.labelled:
            kinds.append(SpanKind.UNPARSED)
        else:
            break
    return kinds


def _piece(kind: SpanKind, paragraph: LineGroup, doubt: str = "") -> Piece:
    lines = paragraph.lines
    rows = tuple(line.cells for line in lines) if kind is SpanKind.TABLE else ()
    return Piece(kind, paragraph.spans, paragraph.text, lines[0].number, lines[-1], doubt, rows)
