from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.facts import framework
from reports.models import Assessment, Authority, Section
from reports.views import score_grid
from reports.views.authority_filter import AuthorityFilter
from reports.views.authority_sort import Order

LEADING_COLUMNS = {"name": "Authority", "rating": "Rating", "percent": "%", "date": "Date"}


@require_safe
def authorities(request: HttpRequest) -> HttpResponse:
    """The scores of the authorities that match the filters."""
    if shorter := _without_empty(request):
        return shorter
    filterset = AuthorityFilter(request.GET, Authority.objects.all())
    order, wrong_order = Order.read(request.GET.get("sort", ""))
    problems = (*filterset.problems, *wrong_order)
    found = [] if problems else list(filterset.qs)
    rows = order.sorted(_rows(found))
    scored = {row.assessment.authority_id for row in rows}
    return render(
        request,
        "authorities.html",
        {
            "filter": filterset,
            "chips": filterset.chips,
            "problems": problems,
            "found": len(found),
            "rows": rows,
            "unscored": [authority for authority in found if authority.pk not in scored],
            "unidentified": () if request.GET else _unidentified(),
            "columns": [
                order.head(name, label, request.GET) for name, label in LEADING_COLUMNS.items()
            ],
            "themes": [
                (theme, [order.head(one.slug, one.name, request.GET) for one in statements])
                for theme, statements in score_grid.THEMES
            ],
            "score_descriptions": framework.SCORE_DESCRIPTIONS,
            "here": request.GET.urlencode(),
        },
        status=400 if problems else 200,
    )


def _rows(authorities: list[Authority]) -> list[score_grid.ScoreRow]:
    """One row for each authority that has an assessment."""
    assessments = (
        Assessment.objects.current()
        .filter(authority__in=authorities)
        .select_related("authority")
        .with_sections()
    )
    return score_grid.rows_of_authorities(assessments)


def _unidentified() -> QuerySet[Section]:
    return (
        Section.objects.with_text()
        .filter(assessment__authority=None)
        .select_related("assessment", "document")
        .order_by("assessment", "position")
    )


def _without_empty(request: HttpRequest) -> HttpResponseRedirect | None:
    """The address without the empty parameters that forms add; None if it has none."""
    kept = request.GET.copy()
    for name in request.GET:
        kept.setlist(name, [value for value in request.GET.getlist(name) if value])
    if all(len(kept.getlist(name)) == len(request.GET.getlist(name)) for name in request.GET):
        return None
    query = kept.urlencode()
    return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)
