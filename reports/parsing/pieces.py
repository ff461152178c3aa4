"""Prose and recognised lines -> pieces of known kind: which prose is a finding, and which not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from reports.parsing.layout import Line
from reports.parsing.paragraphs import Layout, Paragraph
from reports.parsing.recognise import Token, TokenKind
from reports.parsing.records import SpanKind

SPAN_KINDS = {
    TokenKind.FURNITURE: SpanKind.FURNITURE,
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


class Part(Enum):
    """Where prose stands: what it can be follows from that."""

    PREAMBLE = auto()
    SUMMARY = auto()
    FRONT = auto()
    EXPECTATION = auto()
    COMMITMENT = auto()
    FINDINGS = auto()


@dataclass(frozen=True, slots=True)
class Run:
    """Prose that stands together. Page furniture inside it leaves a gap in the lines' indexes.
    `labelled` is whether a label further on says where prose of this part ends."""

    part: Part
    labelled: bool
    lines: list[Line]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the document whose kind is known. `number` is its first line's."""

    kind: SpanKind
    spans: tuple[tuple[int, int], ...]
    text: str
    number: int


def pieces_of(items: Sequence[Token | Run], layout: Layout) -> Iterator[Piece]:
    """The pieces of the preamble or of one section."""
    committed = False
    for item in items:
        if isinstance(item, Token):
            yield _piece(SPAN_KINDS[item.kind], _paragraph(item.lines, layout))
            continue
        for piece in _pieces_of_run(item, layout, committed=committed):
            committed |= piece.kind is SpanKind.COMMITMENT
            yield piece


def _pieces_of_run(run: Run, layout: Layout, *, committed: bool) -> Iterator[Piece]:
    if run.part is Part.PREAMBLE:
        yield _piece(SpanKind.UNPARSED, _paragraph(run.lines, layout))
        return
    if run.part is Part.SUMMARY:
        yield _piece(SpanKind.SUMMARY, _paragraph(run.lines, layout))
        return
    paragraphs = layout.paragraphs(run.lines)
    opening = _opening_kinds(run, paragraphs, committed=committed)
    for kind, paragraph in zip(opening, paragraphs, strict=False):
        yield _piece(kind, paragraph)
    yield from _findings(paragraphs[len(opening) :])


def _opening_kinds(run: Run, paragraphs: Sequence[Paragraph], *, committed: bool) -> list[SpanKind]:
    """The kinds of the paragraphs of a run that stand before its findings."""
    if run.part is Part.FINDINGS:
        return []
    if run.part is Part.COMMITMENT:
        if run.labelled:
            return [SpanKind.COMMITMENT] * len(paragraphs)
        return [] if committed or _heads(paragraphs, 0) else [SpanKind.COMMITMENT]
    if run.part is Part.EXPECTATION and run.labelled:
        return [SpanKind.EXPECTATION] * len(paragraphs)
    return _unlabelled_kinds(run, paragraphs)


def _unlabelled_kinds(run: Run, paragraphs: Sequence[Paragraph]) -> list[SpanKind]:
    """Without labels: first what begins with "I", then one that begins with "We"."""
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


def _findings(paragraphs: Sequence[Paragraph]) -> Iterator[Piece]:
    for at, paragraph in enumerate(paragraphs):
        if paragraph.lines[0].marked or _heads(paragraphs, at):
            kind = SpanKind.HEADING
        elif paragraph.looks_like_heading:
            # It heads nothing, and is no sentence: a person should look.
            kind = SpanKind.UNPARSED
        else:
            kind = SpanKind.FINDING
        yield _piece(kind, paragraph)


def _heads(paragraphs: Sequence[Paragraph], at: int) -> bool:
    """Whether the next paragraph can stand under this one as its heading."""
    following = paragraphs[at + 1 : at + 2]
    return paragraphs[at].looks_like_heading and any(
        not paragraph.looks_like_heading and not paragraph.lines[0].marked
        for paragraph in following
    )


def _paragraph(lines: Sequence[Line], layout: Layout) -> Paragraph:
    return Paragraph(tuple(lines), layout.join(lines))


def _piece(kind: SpanKind, paragraph: Paragraph) -> Piece:
    return Piece(kind, paragraph.spans, paragraph.text, paragraph.lines[0].number)
