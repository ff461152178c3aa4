"""A search: understand the query, ask the engine, present the answer as a page."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from heapq import nsmallest

from reports.search.engines.configured import current_engine
from reports.search.engines.seam import Answer, Engine, IndexMissingError
from reports.search.index.outbox import NOT_READY, heal
from reports.search.language.query import SearchQuery
from reports.search.language.understanding import LessWanted, Understood, understand
from reports.search.page.choices import MOST_VALUES
from reports.search.page.presenting import Found, SearchPage, present

MOST_SUGGESTIONS = 12


def search(query: SearchQuery) -> SearchPage:
    """The page that `query` asks for. Without an index it is empty, and a note says so."""
    understood = understand(query)
    return present(understood, ask(understood))


def public_ids(query: SearchQuery, limit: int) -> list[str]:
    """The ids of the first `limit` findings of a search, in its order: for exports."""
    heal()
    try:
        return current_engine().public_ids(understand(query).question, limit)
    except IndexMissingError:
        return []


def every_id(query: SearchQuery) -> Iterator[str]:
    """The ids of all findings of a search, however many, a part at a time. Those of a search by
    relevance come by date: a score is no place to go on from."""
    heal()
    question = understand(query).question
    if question.sort == "relevance":
        question = replace(question, sort="newest")
    try:
        yield from current_engine().every_id(question)
    except IndexMissingError:
        return


def ask(understood: Understood) -> Found:
    """All that a page needs from the index."""
    notes = heal()
    engine = current_engine()
    try:
        answer = engine.answer(understood.question)
        headings = _headings(engine, understood.query, answer)
        suggestions = () if answer.total else tuple(_suggestions(engine, understood))
    except IndexMissingError:
        return Found(notes=(NOT_READY,))
    return Found(answer, headings, suggestions, notes)


def _headings(engine: Engine, query: SearchQuery, answer: Answer) -> Mapping[str, str]:
    """The printed form of those headings that the page can list."""
    counts = answer.counts["heading"]
    commonest = nsmallest(MOST_VALUES, counts, key=lambda slug: (-counts[slug], slug))
    return engine.headings({*query.heading, *commonest})


def _suggestions(engine: Engine, understood: Understood) -> Iterator[tuple[LessWanted, int]]:
    """What to leave out, and how many findings there are without it."""
    for less in understood.with_less()[:MOST_SUGGESTIONS]:
        if count := engine.count(understand(less.query).question):
            yield less, count
