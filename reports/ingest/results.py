"""The result of ingesting each document."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import groupby, islice
from operator import attrgetter
from typing import Any

from reports.facts import gazetteer
from reports.models import SourceDocument
from reports.parsing import ProblemRecord, ReportRecord, SpanKind, unparsed_characters
from reports.parsing.records import SectionRecord

# Enough of an unparsed text to recognise it, without storing the report twice.
FRAGMENTS = 5
SKIPPED_SHOWN = 20
FRAGMENT = 400  # characters
AROUND_FRAGMENT = 120


class IngestStatus(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing a document did, and the problems it found beside the parser's. `document` is the
    row of the document, or of the version that replaces it."""

    status: IngestStatus
    document: SourceDocument
    problems: tuple[ProblemRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionResult:
    """One quality statement; `headings` are pairs of a sub-heading and the number of findings under
    it, in reading order."""

    statement: str
    score: int | None
    headings: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, section: SectionRecord) -> "SectionResult":
        runs = groupby(paragraph.heading for paragraph in section.paragraphs)
        headings = tuple((heading, len(list(run))) for heading, run in runs)
        return cls(section.statement, section.score, headings)

    @property
    def findings(self) -> int:
        return sum(count for _, count in self.headings)


@dataclass(frozen=True, slots=True)
class Fragment:
    """A piece of text that the grammar does not know, with the text around it."""

    before: str
    text: str
    after: str
    cut: bool

    @classmethod
    def of(cls, text: str, start: int, end: int) -> "Fragment":
        stop = min(end, start + FRAGMENT)
        return cls(
            before=text[max(0, start - AROUND_FRAGMENT) : start],
            text=text[start:stop],
            after=text[end : end + AROUND_FRAGMENT],
            cut=stop < end,
        )


@dataclass(frozen=True, slots=True)
class IngestResult:
    """`authority` is the gazetteer's short name, or None if it is not identified; `unparsed`
    counts non-blank characters the grammar did not know, and `fragments` are the first of them.
    `sha256` is that of the document that readers see now."""

    path: str
    status: IngestStatus
    authority: str | None = None
    sections: tuple[SectionResult, ...] = ()
    unparsed: int = 0
    problems: tuple[ProblemRecord, ...] = ()
    sha256: str = ""
    published: str = ""
    decided_by: str = ""
    decided_words: str = ""
    fragments: tuple[Fragment, ...] = ()

    @classmethod
    def failed(cls, path: str, code: str, message: str, line: int | None = None) -> "IngestResult":
        return cls(path, IngestStatus.FAILED, problems=(ProblemRecord(code, message, line),))

    @classmethod
    def skipped(cls, path: str, code: str, message: str) -> "IngestResult":
        return cls(path, IngestStatus.SKIPPED, problems=(ProblemRecord(code, message),))

    @classmethod
    def without_report(cls, path: str, names: Sequence[str]) -> "IngestResult":
        """An archive's files that are in no format for reports."""
        shown = ", ".join(names[:SKIPPED_SHOWN])
        more = len(names) - SKIPPED_SHOWN
        message = f"Not read, because their formats hold no report: {shown}"
        more_said = f" and {more} more" if more > 0 else ""
        return cls.skipped(path, "skipped", f"{message}{more_said}.")

    @classmethod
    def of(cls, path: str, stored: Stored, record: ReportRecord, text: str) -> "IngestResult":
        identification = record.identification
        slug = identification.authority
        return cls(
            path=path,
            status=stored.status,
            authority=gazetteer.by_slug()[slug].name if slug else None,
            sections=tuple(SectionResult.of(section) for section in record.sections),
            unparsed=unparsed_characters(text, record),
            problems=record.problems + stored.problems,
            sha256=stored.document.sha256,
            published=record.published,
            decided_by=identification.decided_by or "",
            decided_words=identification.evidence,
            fragments=tuple(islice(_fragments(text, record), FRAGMENTS)),
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "status": self.status.value,
            "authority": self.authority,
            "sections": [
                asdict(section)
                | {"headings": [{"heading": words, "findings": n} for words, n in section.headings]}
                for section in self.sections
            ],
            "unparsed": self.unparsed,
            "problems": [asdict(problem) for problem in self.problems],
        }


def _fragments(text: str, record: ReportRecord) -> Iterator[Fragment]:
    for kind, run in groupby(record.spans, key=attrgetter("kind")):
        if kind is SpanKind.UNPARSED:
            spans = list(run)
            yield Fragment.of(text, spans[0].start, spans[-1].end)
