"""The fewest calls of Tantivy that give the whole page: one count of all open facets, one of each
filtered one, one search, and the snippets of twenty findings, whose texts one plain query of the
database gives.

It reads the same index and uses nothing else of the search: no query language, no notes, labels,
links or headings.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection
from tantivy import Document, Index, Occur, Query, Searcher, SnippetGenerator

from benchmarks.queries import Ask
from reports.facts import framework, gazetteer
from reports.search.engines.tantivy.schema import SCHEMA
from reports.search.language.terms import fold, stem, stems_of, words_of

PAGE = 20
SNIPPET = 300

Counts = dict[str, dict[str, int]]

COLUMNS: Mapping[str, Sequence[str]] = {
    "score": ["score"],
    "statement": ["statement"],
    "heading": ["heading"],
    "topic": [f"topic_{number}" for number in range(5)],
    "group": ["group_0"],
    "evidence": ["evidence_0"],
    "tone": ["tone"],
    "authority": ["authority"],
    "year": ["year"],
}
DERIVED: Mapping[str, tuple[str, Mapping[str, str]]] = {
    "theme": ("statement", {slug: s.theme.slug for slug, s in framework.STATEMENT_BY_SLUG.items()}),
    "region": ("authority", {entry.slug: entry.region for entry in gazetteer.entries()}),
    "kind": ("authority", {entry.slug: entry.kind for entry in gazetteer.entries()}),
}


@dataclass(frozen=True, slots=True)
class FloorPage:
    total: int
    ids: tuple[str, ...]
    snippets: tuple[str, ...]
    counts: Counts


class Floor:
    def __init__(self, folder: Path) -> None:
        self._index = Index.open(str(folder))

    def answer(self, ask: Ask) -> FloorPage:
        self._index.reload()
        searcher = self._index.searcher()
        words = _words(searcher, ask)
        filters = _filters(ask)
        query = _all_of([words, *filters.values()])
        counts = _count(searcher, query, [axis for axis in COLUMNS if axis not in filters])
        for axis in filters:
            others = [other for name, other in filters.items() if name != axis]
            counts |= _count(searcher, _all_of([words, *others]), [axis])
        single = next(axis for axis in ("score", "statement", "authority") if axis not in filters)
        hits = searcher.search(query, limit=PAGE, count=False).hits
        ids = [searcher.doc(address)["id"][0] for _, address in hits]
        return FloorPage(
            sum(counts[single].values()),
            tuple(ids),
            tuple(_snippets(searcher, query, ask, _texts(ids))),
            _facets(counts, ask),
        )


def _words(searcher: Searcher, ask: Ask) -> Query:
    clauses = [(Occur.Must, _any_of(searcher, group)) for group in ask.wanted]
    clauses += [(Occur.MustNot, _any_of(searcher, (word,))) for word in ask.unwanted]
    return clauses[0][1] if len(clauses) == 1 else Query.boolean_query(clauses)


def _any_of(searcher: Searcher, group: Sequence[str]) -> Query:
    return _one_of([query for word in group for query in _queries(searcher, word)])


def _one_of(queries: Sequence[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])


def _queries(searcher: Searcher, word: str) -> list[Query]:
    if word.endswith("*"):
        endings = searcher.terms_with_prefix("words", fold(word[:-1]), limit=100)
        found = [Query.term_query(SCHEMA, "words", ending, "basic") for ending, _ in endings]
        return [Query.const_score_query(_one_of(found), 1.0)] if found else []
    stems: list[str | tuple[int, str]] = [stem(part) for part in word.split()]
    if len(stems) == 1:
        return [Query.term_query(SCHEMA, "text", stems[0], "freq")]
    return [Query.phrase_query(SCHEMA, "text", stems)]


def _filters(ask: Ask) -> dict[str, Query]:
    """By axis: region and kind are sets of authorities, a theme one of statements."""
    queries = {}
    for facet, values in ask.filters.items():
        axis, value_of = DERIVED.get(facet, (facet, {}))
        terms = [own for own, derived in value_of.items() if derived in values] or list(values)
        if len(terms) == 1:
            query = Query.term_query(SCHEMA, axis, terms[0], "basic")
        else:
            query = Query.term_set_query(SCHEMA, axis, terms)
        queries[axis] = Query.const_score_query(query, 0.0)
    return queries


def _all_of(queries: Sequence[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Must, query) for query in queries])


def _count(searcher: Searcher, query: Query, axes: Sequence[str]) -> Counts:
    columns = [column for axis in axes for column in COLUMNS[axis]]
    asked = {column: {"terms": {"field": column, "size": 10_000}} for column in columns}
    result = searcher.aggregate(query, asked)
    return {axis: _axis(axis, result) for axis in axes}


def _axis(axis: str, result: dict[str, Any]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for column in COLUMNS[axis]:
        for bucket in result[column]["buckets"]:
            for value in bucket["key"].split():
                counts[value] += bucket["doc_count"]
    return counts


def _facets(counts: Counts, ask: Ask) -> Counts:
    """With those that follow from others. A facet that is filtered restricts what follows from the
    same values, and is not restricted by itself."""
    facets = dict(counts)
    for facet, (axis, value_of) in DERIVED.items():
        derived: Counter[str] = Counter()
        chosen = {name: set(ask.filters[name]) for name in _beside(facet, axis, ask)}
        for value, count in counts[axis].items():
            if all(_value(name, value) in values for name, values in chosen.items()):
                derived[value_of[value]] += count
        facets[facet] = derived
        if facet in ask.filters:
            wanted = set(ask.filters[facet])
            facets[axis] = {v: n for v, n in counts[axis].items() if value_of[v] in wanted}
    return facets


def _beside(facet: str, axis: str, ask: Ask) -> list[str]:
    return [name for name in ask.filters if name != facet and DERIVED.get(name, (name,))[0] == axis]


def _value(facet: str, axis_value: str) -> str:
    return DERIVED[facet][1][axis_value] if facet in DERIVED else axis_value


def _texts(ids: Sequence[str]) -> list[str]:
    if not ids:
        return []
    marks = ", ".join(["%s"] * len(ids))
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT public_id, text FROM reports_finding WHERE public_id IN ({marks})",
            ids,
        )
        texts = dict(cursor.fetchall())
    return [texts[one] for one in ids]


def _snippets(searcher: Searcher, query: Query, ask: Ask, texts: Sequence[str]) -> list[str]:
    """Snippets of the texts as they are indexed, because Tantivy cuts them at blanks."""
    field = "words" if ask.words[0].endswith("*") else "text"
    words = [words_of(text) for text in texts]
    texts = [" ".join(some if field == "words" else stems_of(some)) for some in words]
    generator = SnippetGenerator.create(searcher, query, SCHEMA, field)
    generator.set_max_num_chars(SNIPPET)
    return [generator.snippet_from_doc(Document(**{field: text})).to_html() for text in texts]
