from collections import Counter
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports import framework
from reports.models import Assessment, Authority, Finding, Section, SourceDocument
from reports.search import FacetGroup, SearchQuery, search
from reports.views import score_grid

LATEST = 10


@dataclass(frozen=True, slots=True)
class Bar:
    """One score's part of a statement's bar, in percent of its width. `score` is None where none
    was published."""

    score: int | None
    count: int
    offset: float
    width: float


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    assessments = Assessment.objects.current().identified().with_sections().select_related("authority")
    return render(
        request,
        "home.html",
        {
            "counts": _counts(),
            "themes": _score_bars(),
            "scores": (1, 2, 3, 4, None),
            "latest": score_grid.rows(assessments.order_by("-published", "authority__name")[:LATEST]),
            "grid_themes": score_grid.themes_with_statements(),
            "unidentified": Assessment.objects.filter(authority=None).count(),
            "topics": _facet("topic"),
        },
    )


def _counts() -> dict[str, int]:
    return {
        "findings": Finding.objects.count(),
        "authorities": Assessment.objects.identified().values("authority").distinct().count(),
        "all_authorities": Authority.objects.count(),
        "documents": SourceDocument.objects.current().count(),
        "sections": Section.objects.count(),
    }


def _score_bars() -> list[tuple[framework.Theme, list[tuple[framework.Statement, list[Bar]]]]]:
    counts = Counter(Section.objects.values_list("statement", "score"))
    return [
        (theme, [(statement, _bars(statement, counts)) for statement in statements])
        for theme, statements in score_grid.themes_with_statements()
    ]


def _bars(
    statement: framework.Statement, counts: Counter[tuple[str, int | None]]
) -> list[Bar]:
    scores = (1, 2, 3, 4, None)
    total = sum(counts[statement.slug, score] for score in scores) or 1
    bars: list[Bar] = []
    offset = 0.0
    for score in scores:
        count = counts[statement.slug, score]
        width = 100 * count / total
        bars.append(Bar(score, count, round(offset, 2), round(width, 2)))
        offset += width
    return bars


def _facet(name: str) -> FacetGroup | None:
    return next((group for group in search(SearchQuery()).facets if group.name == name), None)
