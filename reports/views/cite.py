"""References to a finding, a section or a search, for reference managers."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.exports import citations
from reports.exports.citations import Citation
from reports.models import Finding, Section, listed
from reports.search import SearchQuery, search
from reports.views.downloads import refused


@require_safe
def finding(request: HttpRequest, public_id: str, citation_format: str) -> HttpResponse:
    """A reference to a finding. Like the permalink, it works even if the finding was retracted,
    joined or replaced."""
    get_object_or_404(Finding.objects.readable(), public_id=public_id)
    [found] = listed(Finding.objects.filter(public_id=public_id))
    citation = citations.cite_finding(found, request.build_absolute_uri, timezone.localdate())
    return response([citation], citation_format, f"finding-{public_id}")


@require_safe
def section(request: HttpRequest, public_id: str, citation_format: str) -> HttpResponse:
    found = get_object_or_404(
        Section.objects.exclude(document__withdrawn=True).select_related("assessment__authority"),
        public_id=public_id,
    )
    citation = citations.cite_section(found, request.build_absolute_uri, timezone.localdate())
    return response([citation], citation_format, f"section-{public_id}")


@require_safe
def search_page(request: HttpRequest, citation_format: str) -> HttpResponse:
    """A reference to the search page itself. An address with unknown parts is refused."""
    query, problems = SearchQuery.from_params(request.GET)
    if problems:
        return refused(problems)
    page = search(query)
    asked = "; ".join(f"{chip.facet}: {chip.value}" for chip in page.chips) or "all findings"
    citation = citations.cite_page(
        "findings-search",
        f"Search for {asked}",
        request.build_absolute_uri(f"/findings/?{query.query_string()}"),
        timezone.localdate(),
        (f"{page.total:,} findings on the day.",),
    )
    return response([citation], citation_format, "search")


def response(cited: Iterable[Citation], citation_format: str, name: str) -> HttpResponse:
    """The references as a file to download."""
    answer = HttpResponse(
        citations.WRITERS[citation_format](cited),
        content_type=citations.CONTENT_TYPES[citation_format],
    )
    answer["Content-Disposition"] = f'attachment; filename="{name}.{citation_format}"'
    return answer
