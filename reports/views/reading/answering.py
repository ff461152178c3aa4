"""The answers of the pages of Compare and Learn: a page, a table as a file, or what is wrong with
the address."""

from collections.abc import Iterable, Sequence
from itertools import islice
from operator import itemgetter
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString

from reports import exports
from reports.display.scores import score_cell
from reports.exports import About, Column, Export, Table
from reports.exports.tables import Cell
from reports.facts import framework
from reports.facts.gazetteer import slugify
from reports.models import Authority
from reports.reading.profiles import Held
from reports.views.downloads import file_response, limit_notes, rows_of_a_file
from reports.views.reading.forms import FORMATS, ReadingForm
from reports.views.reading.pages import page_of

Rows = Iterable[Sequence[Cell]]


def answer(
    request: HttpRequest, name: str, form: ReadingForm, context: dict[str, Any] | None = None
) -> HttpResponse:
    """The page with this name in `pages`. If the form is wrong, the page says what is wrong, with
    status 400. To ask a page without a table for a file is wrong too."""
    if not form.errors and form.cleaned_data["format"]:
        form.add_error("format", "There is no table here to take away as a file.")
    found = {
        "form": form,
        "page": page_of(name),
        "score_descriptions": framework.SCORE_DESCRIPTIONS,
        **(context or {}),
    }
    status = 400 if form.errors else 200
    return render(request, f"reading/{name}.html", found, status=status)


def file_answer(
    request: HttpRequest,
    form: ReadingForm,
    title: str,
    header: Sequence[str],
    rows: Rows,
    *,
    total: int,
    notes: Sequence[str] = (),
) -> HttpResponseBase:
    """A table of `total` rows as the file that the form asks for. The rows are read one by one."""
    columns: tuple[Column[Sequence[Cell]], ...] = tuple(
        Column(slugify(label).replace("-", "_"), label, itemgetter(place))
        for place, label in enumerate(header)
    )
    return _file(
        request, form, Table(slugify(title), title, columns), rows, total=total, notes=notes
    )


def findings_answer(
    request: HttpRequest, form: ReadingForm, public_ids: Iterable[str], total: int
) -> HttpResponseBase:
    """Findings as the file that the form asks for, with the columns of every file of findings."""
    return _file(request, form, exports.FINDINGS, exports.taken_by_id(public_ids), total=total)


def _file(
    request: HttpRequest,
    form: ReadingForm,
    table: Table[Any],
    rows: Iterable[Any],
    *,
    total: int,
    notes: Sequence[str] = (),
) -> HttpResponseBase:
    file_format = form.cleaned_data["format"]
    count = rows_of_a_file(file_format, total)
    about = About(
        form.in_words,
        request.build_absolute_uri(),
        timezone.localtime(),
        total,
        count,
        notes=(*notes, *limit_notes(total, count, "rows")),
    )
    export = Export(table, islice(rows, count), about, request.build_absolute_uri)
    return file_response(request, export, file_format)


def held_score(held: Held | None, authority: Authority) -> SafeString:
    """A score as a link to its findings, or to the authority if its text is not held."""
    if held is None:
        return score_cell(None)
    text = reverse("section", args=[held.public_id]) if held.text else ""
    return score_cell(held.score, text or authority.get_absolute_url())


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
