"""Turns the tree of words and the filters into Tantivy's queries. None means a query that finds
nothing."""

from collections.abc import Iterable, Iterator, Sequence

from tantivy import Occur, Query, Searcher

from reports.search.engines.tantivy.schema import SCHEMA
from reports.search.language.joined_terms import as_one_word
from reports.search.language.terms import fold, stem
from reports.search.language.tree import Both, Either, Labelled, Node, Run, Without

MOST_EXPANSIONS = 100  # words that a prefix is replaced by
MOST_IN_ALL = 500  # words that all prefixes of a query are replaced by


class WordQueries:
    """Makes queries of words for one searcher; `notes` are for the reader."""

    def __init__(self, searcher: Searcher, words: Node) -> None:
        self.notes: dict[str, None] = {}
        self._searcher = searcher
        self._most = max(1, min(MOST_EXPANSIONS, MOST_IN_ALL // max(1, _beginnings(words))))
        self.query = self.of(words)

    def of(self, node: Node) -> Query | None:
        match node:
            case Run():
                return self._run(node)
            case Either(parts):
                return any_of(self.of(part) for part in _flat(parts))
            case Both(parts):
                return self._both(parts)
            case Without():
                return self._both((node,))
            case Labelled(axis, value):
                return filter_query(axis, (value,))

    def _both(self, parts: Sequence[Node]) -> Query | None:
        wanted = [self.of(part) for part in parts if not isinstance(part, Without)]
        unwanted = [self.of(part.part) for part in parts if isinstance(part, Without)]
        found = all_of(wanted)
        if found is None or not any(unwanted):
            return found
        clauses = [(Occur.Must, found)]  # a query of exclusions alone would find nothing
        clauses += [(Occur.MustNot, query) for query in unwanted if query]
        return Query.boolean_query(clauses)

    def _run(self, run: Run) -> Query | None:
        if run.open_end:
            return self._open_run(run)
        return self._stems([stem(word) for word in run.words])

    def _open_run(self, run: Run) -> Query | None:
        *closed, last = run.words
        words = self._words_beginning(last)
        if not closed:
            found = any_of(Query.term_query(SCHEMA, "words", word, "basic") for word in words)
            return Query.const_score_query(found, 1.0) if found else None
        before = [stem(word) for word in closed]
        endings = dict.fromkeys(stem(word) for word in words)
        return any_of(self._stems([*before, ending]) for ending in endings)

    def _words_beginning(self, letters: str) -> list[str]:
        beginning = fold(letters)
        if not beginning:
            return []
        most = self._most
        found = self._searcher.terms_with_prefix("words", beginning, limit=most + 1)
        if len(found) > most:
            self.notes[
                f"“{letters}*” starts very many words: only the {most} commonest were "
                "searched for. Add letters to find all."
            ] = None
        return [word for word, _ in found[:most]]

    def _stems(self, stems: Sequence[str]) -> Query | None:
        """A word, or several in a row; None if one of them is in no finding."""
        stems = as_one_word(stems)
        if not all(word and self._searcher.doc_freq("text", word) for word in stems):
            return None
        if len(stems) == 1:
            return Query.term_query(SCHEMA, "text", stems[0], "freq")
        return Query.phrase_query(SCHEMA, "text", list(stems))


def _flat(parts: Sequence[Node]) -> Iterator[Node]:
    """Alternatives within alternatives as one list, which costs less and scores the same."""
    for part in parts:
        if isinstance(part, Either):
            yield from _flat(part.parts)
        else:
            yield part


def _beginnings(node: Node) -> int:
    """How many words were typed with a star."""
    match node:
        case Run():
            return int(node.open_end)
        case Without(part):
            return _beginnings(part)
        case Both(parts) | Either(parts):
            return sum(map(_beginnings, parts))
    return 0


def filter_query(axis: str, values: Sequence[str]) -> Query | None:
    """A filter adds nothing to a finding's score."""
    if not values:
        return None
    if len(values) == 1:
        query = Query.term_query(SCHEMA, axis, values[0], "basic")
    else:
        query = Query.term_set_query(SCHEMA, axis, list(values))
    return Query.const_score_query(query, 0.0)


def all_of(queries: Iterable[Query | None]) -> Query | None:
    clauses = []
    for query in queries:
        if query is None:
            return None
        clauses.append((Occur.Must, query))
    if not clauses:
        return Query.all_query()
    return clauses[0][1] if len(clauses) == 1 else Query.boolean_query(clauses)


def any_of(queries: Iterable[Query | None]) -> Query | None:
    clauses = [(Occur.Should, query) for query in queries if query is not None]
    if not clauses:
        return None
    return clauses[0][1] if len(clauses) == 1 else Query.boolean_query(clauses)
