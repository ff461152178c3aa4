"""The search for findings: the page, and the same rows as CSV."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from reports import exports
from reports.models import Finding
from reports.search import Hit, SearchPage, SearchQuery, search

SORTS = (("", "Best match"), ("newest", "Newest first"), ("authority", "Authority, A to Z"))
OPEN_FACETS = ("score", "theme", "statement", "topic")
SEARCHABLE_FROM = 12


@dataclass(frozen=True, slots=True)
class Result:
    finding: Finding
    highlight: SafeString


@dataclass(frozen=True, slots=True)
class PageLink:
    """A link of the pagination; `number` is None for the gap between far-apart numbers."""

    number: int | None
    query_string: str = ""
    current: bool = False


@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    query, problems = SearchQuery.from_params(request.GET)
    page = search(query)
    return render(
        request,
        "findings.html",
        {
            "query": query,
            "problems": problems,
            "page": page,
            "results": results(page.hits),
            "links": page_links(page),
            "sorts": SORTS,
            "open_facets": OPEN_FACETS,
            "searchable_from": SEARCHABLE_FROM,
            "export_limit": exports.LIMIT,
        },
    )
