"""The page made of what was found: hits, facets, chips and what to do next."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from reports.models import ListedFinding, listed_findings
from reports.search.asking import Found, SpellingCorrection
from reports.search.engines.seam import PAGE_SIZE
from reports.search.language.query import SearchQuery
from reports.search.language.tree import positive_runs
from reports.search.language.understanding import RelaxedQuery, Understood
from reports.search.language.widening import Also
from reports.search.nearly import Share
from reports.search.page.choices import Chip, FacetGroup, chips, facet_groups, label_of
from reports.search.page.highlight import Highlighter


@dataclass(frozen=True, slots=True)
class Hit:
    """A finding that was found, as it is in the database now: its text cut to what matched, and its
    heading, both as HTML with the matches marked. `missing` are the words typed that it does not
    hold: only findings that hold most of the words have any."""

    finding: ListedFinding
    highlight: SafeString
    heading: SafeString
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to leave out, how many findings there are without it, and their query string."""

    label: str
    count: int
    query_string: str


@dataclass(frozen=True, slots=True)
class AuthorityAnswer:
    """An authority that the words name, and the query string that filters by it and keeps the other
    words; empty if the page is filtered by it already."""

    slug: str
    name: str
    rest: str
    query_string: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`page` is the one asked for, or the last there is; `pages` is at least 1. `total` and the
    facets count the findings that hold all words; `nearly` are a few that hold most, if there are
    fewer than five. `left_out` are words not searched for, `also` what was searched for besides the
    words. `corrections` were applied if `corrected`, else they are offers. `switched` is the query
    string of the same search with `exact` the other way. `notes` say what was not understood. There
    are suggestions only if nothing was found."""

    query: SearchQuery
    total: int
    pages: int
    page: int
    hits: tuple[Hit, ...]
    facets: tuple[FacetGroup, ...]
    chips: tuple[Chip, ...]
    understood: str
    notes: tuple[str, ...]
    suggestions: tuple[Suggestion, ...]
    nearly: tuple[Hit, ...] = ()
    left_out: tuple[str, ...] = ()
    also: tuple[Also, ...] = ()
    authorities: tuple[AuthorityAnswer, ...] = ()
    corrections: tuple[SpellingCorrection, ...] = ()
    corrected: bool = False
    switched: str = ""


def present(query: SearchQuery, found: Found) -> SearchPage:
    """`query` is the one in the URL; what was asked in the end may be its correction."""
    answer, understood = found.answer, found.understood
    words = understood.question.words
    highlighter = Highlighter(positive_runs(words) if words else ())
    return SearchPage(
        query=query,
        total=answer.total,
        pages=max(1, -(-answer.total // PAGE_SIZE)),
        page=answer.page,
        hits=tuple(_hits(highlighter, answer.public_ids)),
        understood=understood.shown,
        notes=(*understood.notes, *answer.notes),
        suggestions=_suggestions(query, found),
        nearly=tuple(_hits(highlighter, found.nearly.public_ids, found.nearly.shares)),
        left_out=understood.left_out,
        also=understood.also,
        authorities=tuple(_authorities(understood)),
        corrections=found.corrections,
        corrected=found.corrected,
        switched=query.with_exact(not query.exact).query_string(),
        facets=facet_groups(query, answer.counts, found.headings),
        chips=chips(query, found.headings),
    )


def _hits(
    highlighter: Highlighter, public_ids: Iterable[str], shares: Iterable[Share] = ()
) -> Iterator[Hit]:
    wanted = [(share.part, Highlighter(positive_runs(share.part.node))) for share in shares]
    for finding in listed_findings(public_ids):
        missing = (
            part.typed
            for part, words in wanted
            if not (part.authority and part.authority == finding.authority)
            and not words.marks_any(finding.text, finding.heading)
        )
        yield Hit(
            finding,
            highlighter.snippet(finding.text),
            highlighter.whole(finding.heading),
            tuple(missing),
        )


def _authorities(understood: Understood) -> Iterator[AuthorityAnswer]:
    query = understood.query
    for named in understood.authorities:
        filtered = query.with_q(named.rest).toggled("authority", named.slug)
        chosen = named.slug in query.authority
        yield AuthorityAnswer(
            named.slug, named.name, named.rest, "" if chosen else filtered.query_string()
        )


def _suggestions(query: SearchQuery, found: Found) -> tuple[Suggestion, ...]:
    """Those that find most come first."""
    suggestions = (
        Suggestion(_label(query, less, found.headings), count, less.query.query_string())
        for less, count in found.suggestions
    )
    return tuple(sorted(suggestions, key=lambda suggestion: -suggestion.count))


def _label(query: SearchQuery, less: RelaxedQuery, headings: Mapping[str, str]) -> str:
    facet = less.left_out
    if isinstance(facet, str):
        return facet
    selected = query.selected(facet.name)
    labels = [label_of(facet, value, headings) for value in selected[:3]]
    return f"{facet.label}: {', '.join(labels)}{' …' if len(selected) > 3 else ''}"
