"""The tables of Compare and Learn as files."""

from collections.abc import Callable, Iterable, Sized
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from reports import exports
from reports.exports import Column, ColumnType, Table
from reports.exports.tables import Cell
from reports.facts.gazetteer import slugify
from reports.reading.profiles import Held
from reports.views.downloads import table_response
from reports.views.reading.forms import ReadingForm

Row = TypeVar("Row")
Row_co = TypeVar("Row_co", covariant=True)


class Rows(Sized, Iterable[Row_co], Protocol[Row_co]):
    """Rows that can be counted before they are read."""


@dataclass(frozen=True, slots=True)
class ReadingFile:
    """A table of `total` rows, which are read one by one."""

    table: Table[Any]
    rows: Iterable[Any]
    total: int
    notes: tuple[str, ...] = ()

    def response(self, request: HttpRequest, form: ReadingForm) -> HttpResponseBase:
        """The file in the format that the form asks for."""
        return table_response(
            request,
            form.cleaned_data["format"],
            self.table,
            self.rows,
            self.total,
            asked=form.in_words,
            notes=self.notes,
            of="rows",
        )


def column(
    title: str, value: Callable[[Row], Cell], kind: ColumnType = ColumnType.TEXT
) -> Column[Row]:
    return Column(slugify(title).replace("-", "_"), title, value, kind)


def table_file(
    title: str, columns: Iterable[Column[Row]], rows: Rows[Row], notes: Iterable[str] = ()
) -> ReadingFile:
    return ReadingFile(Table(slugify(title), title, tuple(columns)), rows, len(rows), tuple(notes))


def findings_file(public_ids: Iterable[str], total: int) -> ReadingFile:
    """Findings with the columns of every file of findings."""
    return ReadingFile(exports.FINDINGS, exports.taken_by_id(public_ids), total)


def as_printed(score: int | None) -> str:
    """What a file says of a score that an editor corrected."""
    return f"CQC printed {score or 'no one score'}"


def corrected_scores(places: Iterable[tuple[str, Held | None]]) -> tuple[str, ...]:
    """What CQC printed, for each place whose score an editor corrected."""
    return tuple(
        f"{place}: {as_printed(held.printed)}"
        for place, held in places
        if held and held.score_corrected
    )
