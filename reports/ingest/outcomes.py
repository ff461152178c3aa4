"""What became of each document."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from itertools import groupby
from typing import Any

from reports import gazetteer
from reports.parsing import Problem, ReportRecord, unparsed_characters
from reports.parsing.records import SectionRecord


class Status(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Stored:
    """What storing a document did, and what it left for an editor beside the parser's problems."""

    status: Status
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class SectionOutcome:
    """One quality statement; `headings` are pairs of a sub-heading and how many findings stand
    under it, in reading order."""

    statement: str
    score: int | None
    headings: tuple[tuple[str, int], ...]

    @classmethod
    def of(cls, section: SectionRecord) -> "SectionOutcome":
        runs = groupby(paragraph.heading for paragraph in section.paragraphs)
        return cls(
            statement=section.statement,
            score=section.score,
            headings=tuple((heading, len(list(run))) for heading, run in runs),
        )

    @property
    def findings(self) -> int:
        return sum(count for _, count in self.headings)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`authority` is the gazetteer's short name, or None where it is not identified; `unparsed`
    counts non-blank characters the grammar did not know."""

    path: str
    status: Status
    authority: str | None = None
    sections: tuple[SectionOutcome, ...] = ()
    unparsed: int = 0
    problems: tuple[Problem, ...] = ()

    @classmethod
    def failed(cls, path: str, code: str, message: str, line: int | None = None) -> "Outcome":
        return cls(path, Status.FAILED, problems=(Problem(code, message, line),))

    @classmethod
    def of(cls, path: str, stored: Stored, record: ReportRecord, text: str) -> "Outcome":
        slug = record.identification.authority
        return cls(
            path=path,
            status=stored.status,
            authority=gazetteer.by_slug()[slug].name if slug else None,
            sections=tuple(SectionOutcome.of(section) for section in record.sections),
            unparsed=unparsed_characters(text, record),
            problems=record.problems + stored.problems,
        )

    def as_json(self) -> dict[str, Any]:
        return {
            "path": self.path,
            "status": self.status.value,
            "authority": self.authority,
            "sections": [
                {
                    "statement": section.statement,
                    "score": section.score,
                    "headings": [
                        {"heading": heading, "findings": count}
                        for heading, count in section.headings
                    ],
                }
                for section in self.sections
            ],
            "unparsed": self.unparsed,
            "problems": [asdict(problem) for problem in self.problems],
        }
