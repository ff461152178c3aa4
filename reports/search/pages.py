"""A `SearchQuery` becomes a page: what was found, counted and understood, and what to do next."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from reports.search import choices, words
from reports.search.choices import Chip, FacetGroup
from reports.search.compounds import widen
from reports.search.counts import axis_filters
from reports.search.engine import current_engine
from reports.search.facets import FACETS, Facet
from reports.search.highlight import Highlighter
from reports.search.listing import Listed, listed
from reports.search.outbox import NOT_READY, heal
from reports.search.query import SearchQuery
from reports.search.seam import PAGE_SIZE, Answer, Engine, IndexMissingError, Question

MOST_SUGGESTIONS = 12
NOTHING = Answer(0, 1, (), {})


@dataclass(frozen=True, slots=True)
class Hit:
    """A finding that was found, as it is in the database now: its text cut to what matched, and its
    heading, both as HTML with the matches marked."""

    finding: Listed
    highlight: SafeString
    heading: SafeString


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What to leave out, how many findings there are without it, and where they are."""

    label: str
    count: int
    query_string: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """`page` is the one asked for, or the last there is; `pages` is at least 1. `notes` say what
    was not understood, or not searched for. There are suggestions only where nothing was found."""

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


def search(query: SearchQuery) -> SearchPage:
    engine = current_engine()
    notes = heal()
    parsed = words.parse(query.q)
    question = _question(query, parsed)
    try:
        answer = engine.answer(question)
        counted = choices.counted_values(query, answer.counts)
        headings = engine.headings(slug for slug, _ in counted["heading"][: choices.MOST_VALUES])
        suggestions = () if answer.total else _suggestions(engine, query, parsed, headings)
    except IndexMissingError:
        notes, answer, suggestions, headings = (NOT_READY,), NOTHING, (), {}
        counted = choices.counted_values(query, {})
    return SearchPage(
        query=query,
        total=answer.total,
        pages=max(1, -(-answer.total // PAGE_SIZE)),
        page=answer.page,
        hits=_hits(engine.highlighter(question.words), answer.public_ids),
        facets=choices.facet_groups(query, counted, headings),
        chips=choices.chips(query, headings),
        understood=parsed.understood,
        notes=(*notes, *parsed.notes, *answer.notes),
        suggestions=suggestions,
    )


def public_ids(query: SearchQuery, limit: int) -> list[str]:
    """The first findings on all pages of a search, in its order: for exports."""
    heal()
    try:
        return current_engine().public_ids(_question(query, words.parse(query.q)), limit)
    except IndexMissingError:
        return []


def _question(query: SearchQuery, parsed: words.Parsed) -> Question:
    tree = parsed.tree
    sort = query.sort or "relevance"
    if sort == "relevance" and not (tree and any(words.positive_runs(tree))):
        sort = "newest"  # all are equally relevant
    return Question(widen(tree) if tree else None, axis_filters(query), sort, query.page)


def _hits(highlighter: Highlighter, public_ids: Iterable[str]) -> tuple[Hit, ...]:
    return tuple(
        Hit(finding, highlighter.snippet(finding.text), highlighter.whole(finding.heading))
        for finding in listed(public_ids)
    )


def _suggestions(
    engine: Engine, query: SearchQuery, parsed: words.Parsed, headings: Mapping[str, str]
) -> tuple[Suggestion, ...]:
    found = []
    for label, less in _with_less(query, parsed, headings)[:MOST_SUGGESTIONS]:
        if count := engine.count(_question(less, words.parse(less.q))):
            found.append(Suggestion(label, count, less.query_string()))
    return tuple(sorted(found, key=lambda suggestion: -suggestion.count))


def _with_less(
    query: SearchQuery, parsed: words.Parsed, headings: Mapping[str, str]
) -> list[tuple[str, SearchQuery]]:
    """Each thing that could be left out, in words, and the query without it."""
    less = [
        (f"{facet.label}: {_some(facet, query, headings)}", query.without(facet.name))
        for facet in FACETS
        if query.selected(facet.name)
    ]
    filtered = bool(less)
    for part in parsed.parts:
        others = tuple(other for other in parsed.parts if other is not part)
        if others or filtered:
            less.append((words.show(part), query.with_q(words.show(words.Both(others)))))
    return less


def _some(facet: Facet, query: SearchQuery, headings: Mapping[str, str]) -> str:
    selected = query.selected(facet.name)
    labels = [choices.label_of(facet, value, headings) for value in selected[:3]]
    return ", ".join(labels) + (" …" if len(selected) > 3 else "")
