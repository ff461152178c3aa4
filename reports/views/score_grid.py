"""Assessments as rows of nine score cells, in CQC's order of the statements."""

from collections.abc import Iterable
from dataclasses import dataclass

from reports import framework
from reports.models import Assessment, Section


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


def themes_with_statements() -> list[tuple[framework.Theme, list[framework.Statement]]]:
    return [
        (theme, [statement for statement in framework.STATEMENTS if statement.theme == theme])
        for theme in framework.THEMES
    ]
