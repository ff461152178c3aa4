from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.models import Assessment, Finding, Section
from reports.search import (
    FacetValue,
    SearchPage,
    SearchQuery,
    SearchUnavailableError,
    search,
)
from reports.search.language.facets import UNIDENTIFIED
from reports.views import national
from reports.views.national import MEASURE_BY_SLUG, RATING, KnownAuthority, Picture

LATEST = 8
STATEMENT = "statement"


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much of England this site holds. `scores` are authorities with a rating or a score,
    `texts` those with findings to read."""

    authorities: int
    scores: int
    texts: int
    findings: int
    unidentified: int


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    everything, search_notice = _everything()
    asked = request.GET.get(STATEMENT, "")
    measure = MEASURE_BY_SLUG.get(asked or RATING)
    picture = Picture(measure or national.RATINGS, national.everything_known())
    return render(
        request,
        "home.html",
        {
            "problems": () if measure else (_problem(asked),),
            "search_notice": search_notice,
            "coverage": _coverage(everything, picture.known),
            "picture": picture,
            "latest": Assessment.objects.current()
            .identified()
            .filter(status=Assessment.Status.PUBLISHED)
            .select_related("authority")
            .order_by("-published", "authority__name")[:LATEST],
            "topics": _values(everything, "topic") if everything else (),
        },
        status=200 if measure else 400,
    )


def _problem(asked: str) -> str:
    return f"“{asked}” is not a quality statement, so the map shows overall ratings."


def _everything() -> tuple[SearchPage | None, str]:
    """All findings with the counts of the search, or the reason why the search does not answer."""
    try:
        return search(SearchQuery()), ""
    except SearchUnavailableError as error:
        return None, str(error)


def _coverage(everything: SearchPage | None, known: tuple[KnownAuthority, ...]) -> Holdings:
    findings, texts = _counted(everything) if everything else _read()
    return Holdings(
        authorities=len(known),
        scores=sum(bool(one.levels) for one in known),
        texts=texts,
        findings=findings,
        unidentified=Section.objects.with_text().filter(assessment__authority=None).count(),
    )


def _counted(everything: SearchPage) -> tuple[int, int]:
    """The number of findings, and of authorities that have some. Taken from the index: the database
    needs a second to count a million findings."""
    authorities = _values(everything, "authority")
    return everything.total, sum(value.value != UNIDENTIFIED for value in authorities)


def _read() -> tuple[int, int]:
    published = Finding.objects.published()
    return published.count(), published.authorities().count()


def _values(everything: SearchPage, facet: str) -> list[FacetValue]:
    return [value for group in everything.facets if group.name == facet for value in group.values]
