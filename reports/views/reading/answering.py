"""How the reading pages answer: a page, a table to take away, or what is wrong with the address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from reports.exports import About, Column, Export, Table
from reports.exports.tables import Cell
from reports.facts import framework
from reports.facts.gazetteer import slugify
from reports.views.downloads import file_response
from reports.views.reading.forms import FORMATS, ReadingForm
from reports.views.reading.pages import page_of

Rows = Iterable[Sequence[Cell]]


def answer(
    request: HttpRequest, name: str, form: ReadingForm, context: dict[str, Any] | None = None
) -> HttpResponse:
    """The page that `pages` calls `name`. With a form that is wrong: what is wrong, and 400."""
    found = {
        "form": form,
        "page": page_of(name),
        "score_descriptions": framework.SCORE_DESCRIPTIONS,
        **(context or {}),
    }
    status = 400 if form.errors else 200
    return render(request, f"reading/{name}.html", found, status=status)


def file_answer(
    request: HttpRequest, form: ReadingForm, title: str, header: Sequence[str], rows: Rows
) -> HttpResponseBase:
    """A small table as the file that the form asks for."""
    name = slugify(title)
    columns: tuple[Column[Sequence[Cell]], ...] = tuple(
        Column(slugify(label).replace("-", "_"), label, itemgetter(place))
        for place, label in enumerate(header)
    )
    lines = list(rows)
    about = About(
        form.in_words,
        request.build_absolute_uri(),
        timezone.localtime(),
        len(lines),
        len(lines),
    )
    table = Table(name, title, columns)
    export = Export(table, lines, about, request.build_absolute_uri)
    return file_response(request, export, form.cleaned_data["format"])


def files(name: str, **params: object) -> list[tuple[str, str]]:
    """The formats that a page's table can be had in, and the addresses."""
    return [(label, link(name, **{**params, "format": slug})) for slug, label in FORMATS]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of rows: `previous` and `next` are addresses, empty at the ends."""

    number: int
    pages: int
    total: int
    previous: str
    next: str
    size: int

    @property
    def part(self) -> slice:
        return slice((self.number - 1) * self.size, self.number * self.size)


def sheet(name: str, total: int, page: int | None, size: int, **params: object) -> Sheet:
    """The page asked for, or the last there is, of the page that `pages` calls `name`."""
    pages = max(1, -(-total // size))
    number = min(page or 1, pages)
    return Sheet(
        number,
        pages,
        total,
        link(name, **params, page=number - 1) if number > 1 else "",
        link(name, **params, page=number + 1) if number < pages else "",
        size,
    )


def link(name: str, **params: object) -> str:
    """The address of a page with parameters; those that are empty are left out, and a list gives
    its parameter several times."""
    given = {key: value for key, value in params.items() if value not in (None, "", [], ())}
    query = urlencode(given, doseq=True)
    return f"{reverse(name)}?{query}" if query else reverse(name)
