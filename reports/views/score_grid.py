"""Assessments as rows of nine score cells, in CQC's order of the statements."""

from collections.abc import Iterable
from dataclasses import dataclass

from reports import framework
from reports.models import Assessment, Section

THEMES = tuple(
    (theme, tuple(statement for statement in framework.STATEMENTS if statement.theme == theme))
    for theme in framework.THEMES
)


@dataclass(frozen=True, slots=True)
class Cell:
    """What an assessment holds on one statement: usually no section or one, rarely several."""

    statement: framework.Statement
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Row:
    assessment: Assessment
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ThemeCells:
    theme: framework.Theme
    cells: tuple[Cell, ...]

    @property
    def known(self) -> list[Cell]:
        return [cell for cell in self.cells if cell.sections]


def row(assessment: Assessment) -> Row:
    """Reads `assessment.sections`, which callers prefetch."""
    sections: dict[str, list[Section]] = {}
    for section in assessment.sections.all():
        sections.setdefault(section.statement, []).append(section)
    return Row(
        assessment,
        tuple(
            Cell(statement, tuple(sections.get(statement.slug, ())))
            for statement in framework.STATEMENTS
        ),
    )


def rows(assessments: Iterable[Assessment]) -> list[Row]:
    return [row(assessment) for assessment in assessments]


def by_theme(row: Row) -> list[ThemeCells]:
    return [
        ThemeCells(theme, tuple(cell for cell in row.cells if cell.statement.theme == theme))
        for theme in framework.THEMES
    ]


def missing(row: Row) -> list[str]:
    """The statements that the assessment holds nothing on."""
    return [cell.statement.name for cell in row.cells if not cell.sections]
