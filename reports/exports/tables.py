"""Tables for download: columns are declared once for all formats.

Every writer (`csv_file`, `xlsx_file`, `json_file`) walks the same columns in the same order, so a
column that is added here is in all of them.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from itertools import islice
from typing import Generic, TypeVar

from reports.facts import framework
from reports.reading import invented

Row = TypeVar("Row")
Cell = str | int | float | tuple[str, ...] | None
AbsoluteUrl = Callable[[str], str]

LIST_SEPARATOR = "; "
ROWS_IN_CHUNK = 100


class ColumnType(StrEnum):
    """The type of a column's values. A `LINK` is a path of this site, which writers make
    absolute."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    LIST = "list"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """`name` is for programs, `title` for people; `about` says what the values are if the title
    does not. `prose` marks CQC's own wording, which a facts-only edition leaves out."""

    name: str
    title: str
    value: Callable[[Row], Cell]
    type: ColumnType = ColumnType.TEXT
    about: str = ""
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Table(Generic[Row]):
    """`name` is part of file names. `key` is the column whose values identify rows."""

    name: str
    title: str
    columns: tuple[Column[Row], ...]
    key: str = "id"

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)

    @property
    def titles(self) -> tuple[str, ...]:
        return tuple(column.title for column in self.columns)

    def cells(self, row: Row, absolute_url: AbsoluteUrl) -> list[Cell]:
        """The values of one row, in the order of the columns."""
        return [_cell(column, row, absolute_url) for column in self.columns]


@dataclass(frozen=True, slots=True)
class About:
    """What a file says about itself. `query` is the search in words, a pair for each part; `total`
    is how many rows were found, `count` how many the file holds."""

    query: tuple[tuple[str, str], ...]
    address: str
    made_at: datetime
    total: int
    count: int
    order: str = ""
    notes: tuple[str, ...] = ()

    def lines(self, title: str) -> list[tuple[str, str]]:
        """Pairs of a label and a text, in order."""
        held = f"{self.count:,}"
        if self.count < self.total:
            held = f"the first {self.count:,} of {self.total:,}"
        asked = "; ".join(f"{name}: {value}" for name, value in self.query)
        lines = [
            ("Content", title),
            ("Query", asked or "everything"),
            ("Rows", held),
            ("Order", self.order),
            ("Made", f"{self.made_at:%d %B %Y, %H:%M %Z}".lstrip("0")),
            ("Address", self.address),
            ("Licence", LICENCE),
            *(("Note", note) for note in self.notes),
        ]
        return [(label, text) for label, text in lines if text]


LICENCE = (
    f"Report text, scores and ratings: {framework.ATTRIBUTION}, quoted with attribution. "
    "Columns marked “inferred” are worked out by this site and are not CQC’s."
)


@dataclass(frozen=True, slots=True)
class Export(Generic[Row]):
    """A table with its rows, which are read once and one by one."""

    table: Table[Row]
    rows: Iterable[Row]
    about: About
    absolute_url: AbsoluteUrl

    def cells(self) -> Iterator[list[Cell]]:
        for row in self.rows:
            yield self.table.cells(row, self.absolute_url)

    def about_lines(self) -> list[tuple[str, str]]:
        notices = [("Invented", notice) for notice in invented.notices()]
        return [*notices, *self.about.lines(self.table.title)]


def in_chunks(rows: Iterable[str]) -> Iterator[str]:
    """The rows of a file, several at a time, because sending each by itself takes longer."""
    waiting = iter(rows)
    while chunk := "".join(islice(waiting, ROWS_IN_CHUNK)):
        yield chunk


def as_text(cell: Cell) -> str:
    """A cell as one text; the parts of a list are separated."""
    if cell is None:
        return ""
    if isinstance(cell, tuple):
        return LIST_SEPARATOR.join(cell)
    return str(cell)


def _cell(column: Column[Row], row: Row, absolute_url: AbsoluteUrl) -> Cell:
    value = column.value(row)
    return absolute_url(str(value)) if column.type is ColumnType.LINK and value else value
