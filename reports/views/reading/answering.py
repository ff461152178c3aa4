"""How the pages of Compare and Learn answer: a page, a table as a file, or what is wrong with the
address."""

from collections.abc import Iterable, Sequence
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
from reports.models import Authority
from reports.views.downloads import file_response
from reports.views.reading.forms import FORMATS, ReadingForm
from reports.views.reading.pages import page_of

Rows = Iterable[Sequence[Cell]]


def answer(
    request: HttpRequest, name: str, form: ReadingForm, context: dict[str, Any] | None = None
) -> HttpResponse:
    """The page with this name in `pages`. If the form is wrong, the page says what is wrong, with
    status 400."""
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
    """The formats of a page's table, each with the address of the file."""
    return [(label, link(name, **{**params, "format": slug})) for slug, label in FORMATS]


def link(name: str, **params: object) -> str:
    """The address of a page with parameters. Empty ones are left out; a list repeats its
    parameter; an authority is named by its slug."""
    given = {
        key: value.slug if isinstance(value, Authority) else value
        for key, value in params.items()
        if value not in (None, "", [], ())
    }
    query = urlencode(given, doseq=True)
    return f"{reverse(name)}?{query}" if query else reverse(name)
