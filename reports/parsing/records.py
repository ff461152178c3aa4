"""What parsing gives: frozen records of one document.

Offsets are code points of the decoded text, `[start, end)`.
"""

from dataclasses import dataclass
from enum import StrEnum

from reports.inference import NO_LABELS, Labels


class SpanKind(StrEnum):
    """What a stretch of the source text is."""

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
    """A stretch of the source. The spans of a document are ordered, do not overlap, and hold
    every non-blank character of it."""

    start: int
    end: int
    kind: SpanKind


@dataclass(frozen=True, slots=True)
class Problem:
    """Something an editor should look at. `code` is stable, `message` is for people, `line` is
    1-based or None where the problem belongs to no line."""

    code: str
    message: str
    line: int | None = None


@dataclass(frozen=True, slots=True)
class ParagraphRecord:
    """One paragraph of key findings, re-joined, as published.

    `heading` is the sub-heading it stands under, or empty. `spans` are the `[start, end)` pairs of
    the source it was read from: several where page furniture stands inside it. `labels` is what
    this project infers: see `reports.inference`.
    """

    text: str
    heading: str
    spans: tuple[tuple[int, int], ...]
    labels: Labels = NO_LABELS


@dataclass(frozen=True, slots=True)
class TableRecord:
    """A table among the findings. `after` is how many paragraphs stand before it; `rows` hold the
    text of each cell, empty where the cell is."""

    after: int
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class SectionRecord:
    """One quality statement's section. `statement` is a slug of the framework; `score` is 1-4, or
    None where none was printed or the printed ones disagree. `notes` are its footnotes."""

    statement: str
    score: int | None
    paragraphs: tuple[ParagraphRecord, ...]
    tables: tuple[TableRecord, ...] = ()
    notes: tuple[str, ...] = ()


class DecidedBy(StrEnum):
    """What identified the authority, strongest first."""

    TITLE = "title"
    ADDRESS = "address"
    FILE_NAME = "file name"
    BODY = "body"


@dataclass(frozen=True, slots=True)
class Identification:
    """Which authority a document is about: a gazetteer slug, what decided it and the words that
    did; all None/empty where it is not identified."""

    authority: str | None = None
    decided_by: DecidedBy | None = None
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeRecord:
    """What a report's summary page says came of the assessment: the slug of a rating, a percentage
    and pairs of a quality statement's slug and its score; empty or None where it does not say."""

    rating: str = ""
    percent: int | None = None
    scores: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class ReportRecord:
    """One parsed document. `published` is a partial date (see `dates.py`); `kind` is `formal` or
    `pilot`; `outcome` is None where the document has no summary page."""

    identification: Identification
    published: str
    kind: str
    sections: tuple[SectionRecord, ...]
    spans: tuple[Span, ...]
    problems: tuple[Problem, ...]
    outcome: OutcomeRecord | None = None
