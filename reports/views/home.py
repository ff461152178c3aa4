from dataclasses import dataclass

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.facts import framework
from reports.models import Assessment, Authority, Finding, Section, SourceDocument
from reports.search import SearchPage, SearchQuery, SearchUnavailableError, search
from reports.search.language.facets import UNIDENTIFIED
from reports.views import score_grid

LATEST = 10
SCORES = (1, 2, 3, 4, None)


@dataclass(frozen=True, slots=True)
class Bar:
    """How many of a statement's sections have one score (None: none was published), and that
    part of the statement's bar in percent of its width."""

    score: int | None
    count: int
    offset: float
    width: float


@dataclass(frozen=True, slots=True)
class StatementBars:
    statement: framework.Statement
    total: int
    bars: tuple[Bar, ...]


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    everything, search_notice = _everything()
    current = Assessment.objects.current().identified().select_related("authority")
    return render(
        request,
        "home.html",
        {
            "counts": _counts(everything),
            "themes": _themes(),
            "scores": SCORES,
            "score_descriptions": framework.SCORE_DESCRIPTIONS,
            "latest": score_grid.rows_of_authorities(
                current.with_sections().order_by("-published", "authority__name")[:LATEST]
            ),
            "grid_themes": score_grid.THEMES,
            "unidentified": Assessment.objects.holding().filter(authority=None).count(),
            "topics": _topics(everything) if everything else (),
            "search_notice": search_notice,
        },
    )


def _everything() -> tuple[SearchPage | None, str]:
    """All findings as the search sees them, or why it does not."""
    try:
        return search(SearchQuery()), ""
    except SearchUnavailableError as error:
        return None, str(error)


def _counts(everything: SearchPage | None) -> dict[str, int]:
    published = Finding.objects.published()
    return {
        "findings": everything.total if everything else published.count(),
        "authorities": _authorities_in(everything)
        if everything
        else published.authorities().count(),
        "all_authorities": Authority.objects.count(),
        "documents": SourceDocument.objects.current().count(),
        "sections": Section.objects.with_text().count(),
    }


def _authorities_in(everything: SearchPage) -> int:
    """How many have findings. The index has counted them; the database would take a second."""
    [group] = [group for group in everything.facets if group.name == "authority"]
    return sum(value.value != UNIDENTIFIED for value in group.values)


def _themes() -> list[tuple[framework.Theme, list[StatementBars]]]:
    counts = {
        (statement, score): count
        for statement, score, count in Section.objects.with_text()
        .order_by()
        .values_list("statement", "score")
        .annotate(Count("pk"))
    }
    return [
        (theme, [_bars(statement, counts) for statement in statements])
        for theme, statements in score_grid.THEMES
    ]


def _bars(
    statement: framework.Statement, counts: dict[tuple[str, int | None], int]
) -> StatementBars:
    numbers = [counts.get((statement.slug, score), 0) for score in SCORES]
    total = sum(numbers)
    bars = []
    offset = 0.0
    for score, number in zip(SCORES, numbers, strict=True):
        width = 100 * number / total if total else 0.0
        bars.append(Bar(score, number, round(offset, 2), round(width, 2)))
        offset += width
    return StatementBars(statement, total, tuple(bars))


def _topics(everything: SearchPage) -> list[object]:
    return [value for group in everything.facets if group.name == "topic" for value in group.values]
