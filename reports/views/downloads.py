"""Lists as files: the same rows as their pages, as CSV, Excel workbook or JSON."""

import tempfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from django.http import FileResponse, HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports import exports
from reports.exports import About, Export, Table
from reports.models import Authority
from reports.search import SearchQuery, every_id, public_ids, search
from reports.views.authority_filter import AuthorityFilter

Row = TypeVar("Row")

CONTENT_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
ORDERS = {
    "relevance": "Best match first",
    "newest": "Newest first",
    "authority": "Authority, A to Z",
}


@require_safe
def findings_file(request: HttpRequest, file_format: str) -> HttpResponseBase:
    """Every finding that the query finds. An address with unknown parts is refused: people pass a
    file on without its address, so nobody would notice that it does not hold what was asked for."""
    query, problems = SearchQuery.from_params(request.GET)
    problems += _preamble_problems(request)
    if problems:
        return refused(problems)
    page = search(query.with_page(1))
    return table_response(
        request,
        file_format,
        exports.FINDINGS,
        exports.taken_by_id(_ids(query, page.total)),
        page.total,
        asked=[(chip.facet, chip.value) for chip in page.chips],
        order=_order(query, page.total),
        notes=page.notes,
    )


@require_safe
def authorities_file(request: HttpRequest, file_format: str) -> HttpResponseBase:
    """The authorities that match the filter, with their scores."""
    filterset = AuthorityFilter(request.GET, Authority.objects.order_by("name"))
    problems = (*_preamble_problems(request), *filterset.problems)
    if problems:
        return refused(problems)
    found = list(filterset.qs)
    return table_response(
        request,
        file_format,
        exports.AUTHORITIES,
        exports.taken_authorities(found),
        len(found),
        asked=[(chip.facet, chip.value) for chip in filterset.chips],
        order=ORDERS["authority"],
    )


def table_response(
    request: HttpRequest,
    file_format: str,
    table: Table[Row],
    rows: Iterable[Row],
    total: int,
    *,
    asked: Iterable[tuple[str, str]],
    order: str = "",
    notes: Iterable[str] = (),
    of: str = "findings",
) -> HttpResponseBase:
    """A table of `total` rows as a download. A workbook holds only the first, and says so."""
    count = min(total, exports.XLSX_LIMIT) if file_format == "xlsx" else total
    if count < total:
        limit = f"A workbook holds at most {count:,} {of}. Download the CSV for all {total:,}."
        notes = (*notes, limit)
    address = request.build_absolute_uri()
    about = About(tuple(asked), address, timezone.localtime(), total, count, order, tuple(notes))
    export = Export(table, islice(rows, count), about, request.build_absolute_uri)
    return file_response(request, export, file_format)


def file_response(
    request: HttpRequest, export: Export[Any], file_format: str, name: str = ""
) -> HttpResponseBase:
    """The export as a download. `name` is the name of the file without date and ending."""
    day = timezone.localdate().isoformat()
    filename = f"{name or f'cqc-{export.table.name}'}-{day}.{file_format}"
    if file_format == "xlsx":
        # The response closes the file, which deletes it.
        file = tempfile.TemporaryFile(prefix="export-")  # noqa: SIM115
        exports.write_xlsx(export, file)
        file.seek(0)
        return FileResponse(
            file, as_attachment=True, filename=filename, content_type=CONTENT_TYPES["xlsx"]
        )
    response = StreamingHttpResponse(
        _chunks(request, export, file_format), content_type=CONTENT_TYPES[file_format]
    )
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response


def refused(problems: Iterable[str], status: int = 400) -> HttpResponse:
    """The reasons why there is no file, as plain text."""
    return HttpResponse(
        "\n".join(problems), content_type="text/plain; charset=utf-8", status=status
    )


def _chunks(request: HttpRequest, export: Export[Any], file_format: str) -> Iterator[str]:
    if file_format == "json":
        return exports.json_chunks(export)
    return exports.csv_chunks(export, preamble=request.GET.get("preamble") != "no")


def _preamble_problems(request: HttpRequest) -> tuple[str, ...]:
    if request.GET.get("preamble", "yes") in ("yes", "no"):
        return ()
    return ("“preamble” can be yes or no: no leaves out the lines above the column titles.",)


def _ids(query: SearchQuery, total: int) -> Iterable[str]:
    if _sorted(query) == "relevance" and total <= exports.SORTED_LIMIT:
        return public_ids(query, exports.SORTED_LIMIT)
    return every_id(query)


def _order(query: SearchQuery, total: int) -> str:
    order = _sorted(query)
    if order == "relevance" and total > exports.SORTED_LIMIT:
        return (
            f"{ORDERS['newest']}: more than {exports.SORTED_LIMIT:,} findings are not sorted by "
            "how well they match"
        )
    return ORDERS[order]


def _sorted(query: SearchQuery) -> str:
    default = "relevance" if query.q else "newest"
    return (query.sort or default) if query.q or query.sort != "relevance" else "newest"
