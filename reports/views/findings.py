"""The search for findings."""

from dataclasses import dataclass
from functools import lru_cache

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from reports.display.paging import page_of
from reports.exports import XLSX_LIMIT
from reports.facts import labels
from reports.facts.inferred import EVIDENCE, TOPICS
from reports.models import Kind, ListedFinding
from reports.search import FacetGroup, Hit, SearchPage, SearchQuery, search
from reports.search.engines.seam import PAGE_SIZE
from reports.views.facet_options import facet_options

SORTS = {
    "relevance": "Best match first",
    "newest": "Newest first",
    "authority": "Authority, A to Z",
}
# The facets that most readers want: they come first, in this order, and are open. The others
# follow, folded.
FIRST_FACETS = ("score", "statement", "topic", "authority", "region")
SEARCHABLE_FROM = 12


@dataclass(frozen=True, slots=True)
class Result:
    """A hit as the page shows it."""

    hit: Hit

    @property
    def finding(self) -> ListedFinding:
        return self.hit.finding

    @property
    def place(self) -> SafeString | str:
        """Its heading with the matches marked, or the statement if it has no heading."""
        return self.hit.heading or self.finding.definition.name

    @property
    def name(self) -> str:
        """What tells it apart from the other results, for links whose words are all alike."""
        place = self.finding.heading or self.finding.definition.name
        return f"{self.finding.authority_name}, {place}"

    @property
    def score(self) -> SafeString:
        return _score(self.finding.score)

    @property
    def cut(self) -> bool:
        """Whether only a part of the text is shown."""
        return self.hit.highlight.startswith("… ") or self.hit.highlight.endswith(" …")

    @property
    def when(self) -> str:
        pilot = ", pilot" if self.finding.kind == Kind.PILOT else ""
        return f"{self.finding.display_date}{pilot}"

    @property
    def topics(self) -> str:
        return ", ".join(TOPICS.names(self.finding.topics))

    @property
    def evidence(self) -> str:
        return ", ".join(EVIDENCE.names(self.finding.evidence)).lower()


@dataclass(frozen=True, slots=True)
class SortOption:
    value: str
    label: str
    selected: bool


@require_safe
def findings(request: HttpRequest) -> HttpResponse:
    query, problems = SearchQuery.from_params(request.GET)
    page = search(query)
    shown = [Result(hit) for hit in page.hits]
    listed = page_of(range(page.total), page.page, PAGE_SIZE)
    first = listed.start_index()
    return render(
        request,
        "findings.html",
        {
            "query": query,
            "problems": problems,
            "page": page,
            "facets": [(group, facet_options(group)) for group in _in_order(page) if group.values],
            "chosen": sum(group.selected_count for group in page.facets),
            "results": shown,
            "nearly": [Result(hit) for hit in page.nearly],
            "first": first,
            "last": first + len(shown) - 1,
            "here": query.query_string(),
            "canonical": request.build_absolute_uri(f"?{query.query_string()}"),
            "listed": listed,
            "address": QueryDict(query.query_string()),
            "sorts": _sorts(query),
            "opened": _opened(page),
            "searchable_from": SEARCHABLE_FROM,
            "xlsx_limit": XLSX_LIMIT,
        },
        status=400 if problems else 200,
    )


@lru_cache(maxsize=8)
def _score(score: int | None) -> SafeString:
    """The score as HTML. Cached, because there are five scores and a page shows twenty."""
    return render_to_string("_result_score.html", {"score": score, "words": labels.score(score)})


def _sorts(query: SearchQuery) -> list[SortOption]:
    """The orders to choose from. “Best match” needs words. The default order has no parameter in
    the address."""
    default = "relevance" if query.q else "newest"
    chosen = query.sort or default
    return [
        SortOption("" if name == default else name, label, name == chosen)
        for name, label in SORTS.items()
        if query.q or name != "relevance"
    ]


def _in_order(page: SearchPage) -> list[FacetGroup]:
    places = {name: place for place, name in enumerate(FIRST_FACETS)}
    return sorted(page.facets, key=lambda group: places.get(group.name, len(places)))


def _opened(page: SearchPage) -> set[str]:
    """The names of the facets shown open: the first few, and those in use."""
    return {group.name for group in page.facets if group.selected_count}.union(FIRST_FACETS)
