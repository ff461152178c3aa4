"""One invented report, and how it is printed: as CQC lays reports out."""

from dataclasses import dataclass, field

from reports.facts import framework
from reports.facts.dates import MONTHS
from reports.facts.gazetteer import GazetteerEntry
from reports.facts.ratings import band_of, overall_percent
from reports.management.invented.filling import texts


@dataclass(slots=True)
class InventedParagraph:
    """`topic` and `tone` are what it was made of; empty where it quotes or repeats."""

    heading: str
    text: str
    topic: str = ""
    tone: str = ""


@dataclass(slots=True)
class InventedSection:
    statement: framework.Statement
    score: int
    paragraphs: list[InventedParagraph] = field(default_factory=list)


@dataclass(slots=True)
class InventedReport:
    """`published` is a year, a month and a day."""

    authority: GazetteerEntry
    published: tuple[int, int, int]
    sections: list[InventedSection]
    version: int = 1

    @property
    def file_name(self) -> str:
        year, month, _ = self.published
        later = f"-version-{self.version}" if self.version > 1 else ""
        return f"invented-{self.authority.slug}-{month:02}{year % 100}{later}.txt"

    @property
    def text(self) -> str:
        year, month, day = self.published
        parts = [
            f"{self.authority.official_name}: local authority assessment",
            f"Assessment published: {day} {MONTHS[month - 1]} {year}",
            *_summary(self),
        ]
        for section in self.sections:
            parts += printed(section)
        return "\n\n".join(parts) + "\n"


def _summary(report: InventedReport) -> list[str]:
    """As the first page of a report prints its outcome."""
    scores = [section.score for section in report.sections]
    percent = overall_percent(scores)
    name = report.authority.official_name
    printed = [
        "Overall summary",
        "Local authority rating and score",
        name,
        band_of(percent).name,
        f"Overall rating for {name}: {percent}%",
        "Quality statement scores",
    ]
    for section in report.sections:
        printed += [section.statement.name, f"Score: {section.score}"]
    return printed


def printed(section: InventedSection) -> list[str]:
    """The paragraphs of a section, with its title, its score and its headings."""
    words = framework.SCORE_DESCRIPTIONS[section.score]
    parts = [
        section.statement.name,
        f"Score: {section.score}",
        f"{section.score} - {words}",
        "The local authority commitment",
        texts()["commitments"][section.statement.slug],
        "Key findings for this quality statement",
    ]
    heading = ""
    for paragraph in section.paragraphs:
        if paragraph.heading != heading:
            heading = paragraph.heading
            parts.append(heading)
        parts.append(paragraph.text)
    return parts
