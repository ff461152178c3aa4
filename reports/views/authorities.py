from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reports import framework
from reports.filters import AuthorityFilter
from reports.models import Assessment, Authority, Finding, Section
from reports.views import score_grid


@require_safe
def authorities(request: HttpRequest) -> HttpResponse:
    filterset = AuthorityFilter(request.GET, Authority.objects.all())
    found = list(filterset.qs)
    assessments = (
        Assessment.objects.current()
        .filter(authority__in=filterset.qs)
        .select_related("authority")
        .with_sections()
        .order_by("authority__name")
    )
    rows = score_grid.rows(assessments)
    loaded = {row.assessment.authority_id for row in rows}
    return render(
        request,
        "authorities.html",
        {
            "filter": filterset,
            "found": len(found),
            "rows": rows,
            "not_loaded": [authority for authority in found if authority.pk not in loaded],
            "unidentified": () if request.GET else _unidentified(),
            "grid_themes": score_grid.THEMES,
            "score_descriptions": framework.SCORE_DESCRIPTIONS,
        },
    )


@require_safe
def authority(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Authority, slug=slug)
    sections = (
        Section.objects.current()
        .in_report_order()
        .annotate(
            finding_count=Count("findings", filter=Q(findings__status=Finding.Status.PUBLISHED))
        )
    )
    assessments = found.assessments.current_first().prefetch_related(
        Prefetch("sections", sections), "outcomes__document"
    )
    rows = score_grid.rows(assessments)
    return render(
        request,
        "authority.html",
        {
            "authority": found,
            "assessments": [
                (row.assessment, score_grid.by_theme(row), score_grid.missing(row)) for row in rows
            ],
            "has_text": any(
                section.document_id
                for row in rows
                for cell in row.cells
                for section in cell.sections
            ),
        },
    )


def _unidentified() -> QuerySet[Section]:
    return (
        Section.objects.with_text()
        .filter(assessment__authority=None)
        .select_related("assessment", "document")
        .order_by("assessment", "position")
    )
