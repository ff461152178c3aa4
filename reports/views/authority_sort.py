"""The order of the list of authorities: by any column, ascending or descending."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from reports.facts import framework
from reports.views.national import LEVEL_OF_RATING
from reports.views.score_grid import ScoreRow

NAME = "name"

# The value that a row is sorted by, of one type for each column. Rows without one come last in
# either direction.
Key = Callable[[ScoreRow], Any]


def _score_of(statement: str) -> Key:
    def key(row: ScoreRow) -> int | None:
        cell = next(cell for cell in row.cells if cell.statement.slug == statement)
        scores = {section.score for section in cell.sections if section.score}
        return scores.pop() if len(scores) == 1 else None

    return key


KEYS: Mapping[str, Key] = {
    NAME: lambda row: str(row.assessment.authority_name),
    "rating": lambda row: LEVEL_OF_RATING.get(row.assessment.rating),
    "percent": lambda row: row.assessment.percent,
    "date": lambda row: row.assessment.published or None,
    **{statement.slug: _score_of(statement.slug) for statement in framework.STATEMENTS},
}


@dataclass(frozen=True, slots=True)
class SortColumn:
    """The head of a column. `query_string` sorts by the column, or turns the order round if the
    list is already sorted by it. `direction` is a value of aria-sort: ascending, descending or
    empty."""

    name: str
    label: str
    query_string: str
    direction: str


@dataclass(frozen=True, slots=True)
class Order:
    column: str = NAME
    descending: bool = False

    @classmethod
    def read(cls, text: str) -> "tuple[Order, tuple[str, ...]]":
        """“equity” is ascending, “-equity” descending. Any other text gives the default order and a
        sentence that says so."""
        column = text.removeprefix("-") or NAME
        if column not in KEYS:
            return cls(), (f"The list cannot be sorted by “{text}”: use {', '.join(KEYS)}.",)
        return cls(column, text.startswith("-")), ()

    def sorted(self, rows: Iterable[ScoreRow]) -> list[ScoreRow]:
        key = KEYS[self.column]
        by_name = sorted(rows, key=lambda row: str(KEYS[NAME](row)))
        known = [row for row in by_name if key(row) is not None]
        unknown = [row for row in by_name if key(row) is None]
        return sorted(known, key=key, reverse=self.descending) + unknown

    def head(self, column: str, label: str, params: QueryDict) -> SortColumn:
        chosen = column == self.column
        # The first click sorts names from A, and scores and dates from the highest.
        downwards = not self.descending if chosen else column != NAME
        query = params.copy()
        query["sort"] = f"{'-' if downwards else ''}{column}"
        direction = ("descending" if self.descending else "ascending") if chosen else ""
        return SortColumn(column, label, query.urlencode(), direction)
