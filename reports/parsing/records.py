"""The frozen records that parsing returns for one document.

Offsets are code points of the decoded text, `[start, end)`.
"""

from dataclasses import dataclass
from enum import StrEnum

from reports.inference import NO_LABELS, Labels


class SpanKind(StrEnum):
    """The kind of a span of the source text."""

    TITLE = "title"
    SCORE = "score"
    LABEL = "label"
    HEADING = "heading"
    EXPECTATION = "expectation"
    COMMITMENT = "commitment"
    FINDING = "finding"
    FURNITURE = "furniture"
    METADATA = "metadata"
    SUMMARY = "summary"
    TABLE = "table"
    NOTE = "note"
    UNPARSED = "unparsed"


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the source text. The spans of a document are in order, do not overlap, and hold
    every character that is not blank."""

    start: int
    end: int
    kind: SpanKind


@dataclass(frozen=True, slots=True)
class ProblemRecord:
    """Something an editor should look at. `code` never changes, so programs can rely on it.
    `message` is for people. `line` counts from 1; it is None if the problem is not about one
    line."""

    code: str
    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class ParagraphRecord:
    """One paragraph of key findings as published, with its lines joined. `heading` is the
    sub-heading above it, or empty. `spans` are the `[start, end)` pairs of the source it was read
    from; there are several if page furniture interrupts it. `labels` is what this project infers:
    see `reports.inference`.
    """

    text: str
    heading: str
    spans: tuple[tuple[int, int], ...]
    labels: Labels = NO_LABELS


@dataclass(frozen=True, slots=True)
class TableRecord:
    """A table among the findings. `after` is the number of paragraphs before it; `rows` hold the
    text of each cell, which can be empty."""

    after: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class SectionRecord:
    """One quality statement's section. `statement` is a slug of the framework; `score` is 1-4, or
    None if none was printed or the printed ones disagree. `notes` are its footnotes."""

    statement: str
    score: int | None
    paragraphs: tuple[ParagraphRecord, ...]
    tables: tuple[TableRecord, ...] = ()
    notes: tuple[str, ...] = ()


class DecidedBy(StrEnum):
    """The kinds of evidence that identify an authority, strongest first."""

    TITLE = "title"
    ADDRESS = "address"
    FILE_NAME = "file name"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Identification:
    """Which authority a document is about: its slug in the gazetteer, what kind of evidence decided
    this, and the words of that evidence. All are None or empty if it is not identified."""

    authority: str | None = None
    decided_by: DecidedBy | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeRecord:
    """The outcome of the assessment on a report's summary page: the slug of the rating, the
    percentage, and pairs of a quality statement's slug and its score. What the page does not say is
    empty or None."""

    rating: str = ""
    percent: int | None = None
    scores: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """One parsed document. `published` is a partial date (see `dates.py`); `kind` is `formal` or
    `pilot`; `outcome` is None if the document has no summary page."""

    identification: Identification
    published: str
    kind: str
    sections: tuple[SectionRecord, ...]
    spans: tuple[Span, ...]
    problems: tuple[ProblemRecord, ...]
    outcome: OutcomeRecord | None = None
