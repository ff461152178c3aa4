"""A document's decoded text with what was read from it: an excerpt, or the whole in blocks."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.models import Finding, Paragraph, SourceDocument
from reports.parsing.records import SpanKind

CONTEXT = 600

logger = logging.getLogger(__name__)

KIND_LABELS = {
    SpanKind.TITLE: "Title",
    SpanKind.SCORE: "Score",
    SpanKind.LABEL: "Label",
    SpanKind.HEADING: "Heading",
    SpanKind.EXPECTATION: "Expectation",
    SpanKind.COMMITMENT: "Commitment",
    SpanKind.FINDING: "Finding, taken out by an editor",
    SpanKind.FURNITURE: "Page furniture",
    SpanKind.METADATA: "About the report",
    SpanKind.TABLE: "Table",
    SpanKind.NOTE: "Note",
    SpanKind.SUMMARY: "Summary",
    SpanKind.UNPARSED: "Not understood",
}


@dataclass(frozen=True, slots=True)
class ExcerptPiece:
    """A part of an excerpt; `marked` if it belongs to the finding."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Excerpt:
    pieces: tuple[ExcerptPiece, ...]
    cut_before: bool
    cut_after: bool

    @property
    def first_marked(self) -> ExcerptPiece | None:
        return next((piece for piece in self.pieces if piece.marked), None)


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """A part of the source that was read as one kind. A finding that page furniture interrupts has
    several blocks; `first` is true for the first of them."""

    kind: SpanKind
    text: str
    finding: Finding | None = None
    first: bool = False

    @property
    def label(self) -> str:
        return KIND_LABELS[self.kind]


def excerpt(text: str, spans: Iterable[Sequence[int]], context: int = CONTEXT) -> Excerpt:
    """The spans and up to `context` characters on either side, cut between words."""
    marks = sorted((start, end) for start, end in spans)
    first, last = marks[0][0], marks[-1][1]
    start = _word_start(text, max(0, first - context), first)
    end = _word_end(text, last, min(len(text), last + context))
    pieces: list[ExcerptPiece] = []
    position = start
    for mark_start, mark_end in marks:
        pieces.append(ExcerptPiece(text[position:mark_start], marked=False))
        pieces.append(ExcerptPiece(text[mark_start:mark_end], marked=True))
        position = mark_end
    pieces.append(ExcerptPiece(text[position:end], marked=False))
    return Excerpt(
        tuple(piece for piece in pieces if piece.text),
        cut_before=bool(text[:start].strip()),
        cut_after=bool(text[end:].strip()),
    )


def excerpt_of(finding: Finding) -> Excerpt | None:
    """The source around the finding's paragraph, and around those of findings joined into it. For a
    finding that an editor made from the source, the text around its place; None if it has no
    place."""
    if finding.paragraph is None:
        if finding.source is None or not finding.spans:
            return None
        return excerpt(finding.source.read_text(), finding.spans)
    document = finding.paragraph.document
    joined = Paragraph.objects.filter(document=document, findings__joined_into=finding)
    spans = [*finding.paragraph.spans]
    for more in joined.values_list("spans", flat=True):
        spans += more
    try:
        text = document.read_text()
    except OSError:
        logger.exception("The text of %s cannot be read", document.sha256)
        return None
    return excerpt(text, spans)


def blocks(document: SourceDocument, text: str, findings: Sequence[Finding]) -> list[SourceBlock]:
    """The document's spans in order. Neighbours of one kind are one block, except findings.
    `findings` are all of the document, with their paragraphs."""
    finding_at = _finding_at(findings)
    found: list[SourceBlock] = []
    seen: set[str] = set()
    for start, end, kind in _joined(document.spans):
        finding = finding_at.get(start)
        first = finding is not None and finding.public_id not in seen
        if finding is not None:
            seen.add(finding.public_id)
        found.append(SourceBlock(SpanKind(kind), text[start:end], finding, first))
    return found


def _word_start(text: str, start: int, limit: int) -> int:
    """Where the first whole word at or after `start` begins."""
    while 0 < start < limit and not text[start - 1].isspace():
        start += 1
    while start < limit and text[start].isspace():
        start += 1
    return start


def _word_end(text: str, limit: int, end: int) -> int:
    """Where the last whole word at or before `end` ends."""
    while limit < end < len(text) and not text[end].isspace():
        end -= 1
    while limit < end and text[end - 1].isspace():
        end -= 1
    return end


def _finding_at(findings: Sequence[Finding]) -> dict[int, Finding]:
    """The finding that readers see for each span, by where the span begins. If one paragraph was
    split into two findings it is the first; if findings were joined, the joined one."""
    return {
        start: shown
        for finding in reversed(findings)
        if finding.paragraph and (shown := _shown(finding))
        for start, _ in finding.paragraph.spans
    }


def _shown(finding: Finding) -> Finding | None:
    if finding.status == Finding.Status.PUBLISHED:
        return finding
    return finding.joined_into


def _joined(spans: Iterable[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    joined: list[tuple[int, int, str]] = []
    for start, end, kind in spans:
        if joined and joined[-1][2] == kind and kind != SpanKind.FINDING:
            joined[-1] = (joined[-1][0], end, kind)
        else:
            joined.append((start, end, kind))
    return joined
