"""Asks the index for everything that a page of results needs."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from heapq import nsmallest
from typing import TypeVar

from reports.search.engines.configured import current_engine
from reports.search.engines.seam import Answer, Engine, EngineAwayError, IndexMissingError
from reports.search.index.outbox import heal
from reports.search.index.unavailable import AWAY, SearchUnavailableError, message
from reports.search.language.query import SearchQuery
from reports.search.language.question import Question
from reports.search.language.spelling import checkable_words, corrected, mistakes_in, nearest_word
from reports.search.language.terms import fold
from reports.search.language.tree import Run
from reports.search.language.understanding import RelaxedQuery, Understood, understand
from reports.search.nearly import Nearly, nearly_found

MOST_SUGGESTIONS = 12
MOST_HEADINGS = 200  # that a page lists
ENOUGH = 5  # findings; if fewer hold all words, those that hold most of them follow
MOST_CORRECTIONS = 3
PART = 5_000  # findings of an export that are asked for at once
FIRST_KEY = -(2**63)

Asked = TypeVar("Asked")


@dataclass(frozen=True, slots=True)
class SpellingCorrection:
    """A word in no finding, the nearest word, and the query with that one."""

    word: str
    nearest: str
    query: SearchQuery


@dataclass(frozen=True, slots=True)
class Found:
    """What the index holds for a query. `understood` is the query that was asked in the end.
    `corrections` were applied if `corrected`, else they are only offered. `headings` maps slugs to
    printed headings. `suggestions` are queries that find something, with the number of
    findings."""

    understood: Understood
    answer: Answer
    corrections: tuple[SpellingCorrection, ...] = ()
    corrected: bool = False
    nearly: Nearly = field(default_factory=Nearly)
    headings: Mapping[str, str] = field(default_factory=dict)
    suggestions: tuple[tuple[RelaxedQuery, int], ...] = ()


def ask(understood: Understood) -> Found:
    """What the index holds for a query. Raises SearchUnavailableError while there is no index, as
    every public function here does."""
    return _answered(lambda engine: _ask(engine, understood))


def public_ids(query: SearchQuery, limit: int) -> list[str]:
    """The ids of the first `limit` findings that a search counts, in its order."""
    return _answered(lambda engine: engine.public_ids(_final_question(engine, query), limit))


def every_id(query: SearchQuery) -> Iterator[str]:
    """The ids of all findings that a search counts, however many, in parts. Those of a search by
    relevance come by date, because equal scores cannot mark where the next part begins."""
    heal()
    engine = current_engine()
    with _faults_told(engine):
        yield from ids_in_parts(engine, _keyed(_final_question(engine, query)))


def ids_in_parts(engine: Engine, question: Question) -> Iterator[str]:
    """The ids of all findings in the order of a question that has keys, `PART` at a time. Each part
    begins at the sort key where the part before ended, so that it costs no more than the first.
    Findings with that key are known by their ids, because those of equal keys may change places
    when one of them is indexed again meanwhile."""
    start, given = FIRST_KEY, set[str]()
    while True:
        found = engine.keyed_ids(question, start, PART + len(given))
        yield from (public_id for _, public_id in found if public_id not in given)
        if len(found) < PART + len(given):
            return
        last = found[-1][0]
        given = {public_id for key, public_id in found if key == last} | (
            given if last == start else set()
        )
        start = last


def place_after(part: Sequence[tuple[int, str]], start: int, given: int) -> tuple[int, int]:
    """Where the next part begins: at the last sort key of this part. Second, how many findings with
    that key were given, `given` of them before this part if it began with the same key."""
    last = part[-1][0]
    return last, sum(key == last for key, _ in part) + (given if last == start else 0)


def keyed_ids(query: SearchQuery, start: int, limit: int) -> list[tuple[int, str]]:
    """The next of these ids, from the sort key `start` on, each with its key. For programs that
    read all pages."""
    return _answered(
        lambda engine: engine.keyed_ids(_keyed(_final_question(engine, query)), start, limit)
    )


def matching(query: SearchQuery, public_ids: Sequence[str]) -> list[str]:
    """The ids, of those given, that the words and filters find as typed, in the order given."""
    if not public_ids:
        return []
    found = _answered(lambda engine: engine.matching(understand(query).question, public_ids))
    return [public_id for public_id in public_ids if public_id in found]


def _answered(ask: Callable[[Engine], Asked]) -> Asked:
    """What `ask` returns. If the index turns out to be damaged, it is built again first, if that is
    quick."""
    engine = current_engine()
    heal()
    with _faults_told(engine):
        try:
            return ask(engine)
        except IndexMissingError:
            heal()
        return ask(engine)


@contextmanager
def _faults_told(engine: Engine) -> Iterator[None]:
    """Turns faults of the engine into messages for readers."""
    try:
        yield
    except IndexMissingError as error:
        raise SearchUnavailableError(message(engine)) from error
    except EngineAwayError as error:
        raise SearchUnavailableError(AWAY) from error


def _ask(engine: Engine, understood: Understood) -> Found:
    found = Found(understood, engine.answer(understood.question))
    if found.answer.total < ENOUGH and understood.tree:
        found = _with_more(engine, found)
    return replace(found, headings=_headings(engine, found))


def _final_question(engine: Engine, query: SearchQuery) -> Question:
    """What `ask` asks in the end: the question, or its correction if nothing is found without."""
    understood = understand(query)
    question = understood.question
    if query.exact or not understood.tree or engine.count(question):
        return question
    corrections = _corrections(engine, understood)
    return understand(corrections[-1].query).question if corrections else question


def _keyed(question: Question) -> Question:
    """The question in an order that has keys."""
    return replace(question, sort="newest") if question.sort == "relevance" else question


def _with_more(engine: Engine, found: Found) -> Found:
    """`found` with corrections, near misses and suggestions, for a search with few or no
    findings."""
    found = _corrected(engine, found)
    if found.answer.total < ENOUGH and not found.understood.query.exact:
        found = replace(found, nearly=nearly_found(engine, found.understood, found.answer))
    if not found.answer.total:
        found = replace(found, suggestions=tuple(_suggestions(engine, found.understood)))
    return found


def _corrected(engine: Engine, found: Found) -> Found:
    """`found` with corrections. They are applied if the search finds nothing without them and
    something with them."""
    corrections = _corrections(engine, found.understood)
    if not corrections or found.answer.total or found.understood.query.exact:
        return replace(found, corrections=corrections)
    understood = understand(corrections[-1].query)
    answer = engine.answer(understood.question)
    if not answer.total:
        return replace(found, corrections=corrections)
    return Found(understood, answer, corrections, corrected=True)


def _corrections(engine: Engine, understood: Understood) -> tuple[SpellingCorrection, ...]:
    """Corrections of unknown words. Each query includes the corrections before it."""
    words = checkable_words(understood.tree)
    frequencies = engine.frequencies([Run((word,)) for word in words])
    unknown = [word for word, held in zip(words, frequencies, strict=True) if not held]
    corrections = []
    query = understood.query
    for word in unknown[:MOST_CORRECTIONS]:
        candidates = engine.words_near(fold(word), mistakes_in(word))
        if nearest := nearest_word(word, candidates):
            query = query.with_q(corrected(query.q, word, nearest))
            corrections.append(SpellingCorrection(word, nearest, query))
    return tuple(corrections)


def _headings(engine: Engine, found: Found) -> Mapping[str, str]:
    """The printed form of those headings that the page can list."""
    counts = found.answer.counts.get("heading", {})
    commonest = nsmallest(MOST_HEADINGS, counts, key=lambda slug: (-counts[slug], slug))
    return engine.headings({*found.understood.query.heading, *commonest})


def _suggestions(engine: Engine, understood: Understood) -> Iterator[tuple[RelaxedQuery, int]]:
    """Queries that leave out one condition and find something, with the number of findings."""
    for less in understood.relaxed()[:MOST_SUGGESTIONS]:
        if count := engine.count(understand(less.query).question):
            yield less, count
