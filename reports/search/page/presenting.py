"""The page made of an engine's answer: hits, facets, chips and what to do next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.safestring import SafeString

from reports.models import ListedFinding, listed_findings
from reports.search.engines.seam import PAGE_SIZE, Answer
from reports.search.language.query import SearchQuery
from reports.search.language.tree import positive_runs
from reports.search.language.understanding import LessWanted, Understood
from reports.search.page.choices import (
    Chip,
    FacetGroup,
    chips,
    counted_values,
    facet_groups,
    label_of,
)
from reports.search.page.highlight import Highlighter

NOTHING = Answer(0, 1, (), {})


@dataclass(frozen=True, slots=True)
class Hit:
    """A finding that was found, as it is in the database now: its text cut to what matched, and its
    heading, both as HTML with the matches marked."""

    finding: ListedFinding
    highlight: SafeString
    heading: SafeString


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to leave out, how many findings there are without it, and their query string."""

    label: str
    count: int
    query_string: str


@dataclass(frozen=True, slots=True)
class Found:
    """What the index holds for a query. `headings` maps slugs to printed headings; `suggestions`
    are queries that find something, with how much. `notes` are about the index itself."""

    answer: Answer = NOTHING
    headings: Mapping[str, str] = field(default_factory=dict)
    suggestions: tuple[tuple[LessWanted, int], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`page` is the one asked for, or the last there is; `pages` is at least 1. `notes` say what
    was not understood or not searched for. There are suggestions only if nothing was found."""

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


def present(understood: Understood, found: Found) -> SearchPage:
    query, answer, words = understood.query, found.answer, understood.question.words
    highlighter = Highlighter(positive_runs(words) if words else ())
    counted = counted_values(query, answer.counts)
    return SearchPage(
        query=query,
        total=answer.total,
        pages=max(1, -(-answer.total // PAGE_SIZE)),
        page=answer.page,
        hits=_hits(highlighter, answer.public_ids),
        facets=facet_groups(query, counted, found.headings),
        chips=chips(query, found.headings),
        understood=understood.shown,
        notes=(*found.notes, *understood.notes, *answer.notes),
        suggestions=_suggestions(query, found),
    )


def _hits(highlighter: Highlighter, public_ids: Iterable[str]) -> tuple[Hit, ...]:
    return tuple(
        Hit(finding, highlighter.snippet(finding.text), highlighter.whole(finding.heading))
        for finding in listed_findings(public_ids)
    )


def _suggestions(query: SearchQuery, found: Found) -> tuple[Suggestion, ...]:
    """Those that find most come first."""
    suggestions = (
        Suggestion(_label(query, less, found.headings), count, less.query.query_string())
        for less, count in found.suggestions
    )
    return tuple(sorted(suggestions, key=lambda suggestion: -suggestion.count))


def _label(query: SearchQuery, less: LessWanted, headings: Mapping[str, str]) -> str:
    facet = less.left_out
    if isinstance(facet, str):
        return facet
    selected = query.selected(facet.name)
    labels = [label_of(facet, value, headings) for value in selected[:3]]
    return f"{facet.label}: {', '.join(labels)}{' …' if len(selected) > 3 else ''}"
