"""Answers one question from the index as it is at this moment."""

from collections.abc import Iterable, Mapping, Sequence

from tantivy import FieldType, Occur, Order, Query, Searcher

from reports.search.engines.seam import PAGE_SIZE, Answer, Nearest
from reports.search.engines.tantivy.queries import WordQueries, all_of, filter_query
from reports.search.engines.tantivy.schema import SCHEMA, counted, counting
from reports.search.language.facets import AXES, SCORE, Axis
from reports.search.language.question import Question

TIE_BREAK = 0.001  # too little to outweigh the share of a part
SORT_FIELDS = {"newest": "newest", "authority": "by_authority"}
LAST_KEY = 2**63 - 1


class Answering:
    def __init__(self, searcher: Searcher, question: Question) -> None:
        self._searcher = searcher
        self._question = question
        words = WordQueries(searcher, question.words) if question.words else None
        self._words = words.query if words else Query.all_query()
        self._notes = words.notes if words else {}
        self._filters = {
            axis: filter_query(axis, values) for axis, values in question.filters.items()
        }
        self._query = self._less()

    def answer(self) -> Answer:
        counts = self._counts()
        total = self._total(counts)
        page = min(self._question.page, max(1, -(-total // PAGE_SIZE)))
        shown = self.public_ids(PAGE_SIZE, (page - 1) * PAGE_SIZE)
        return Answer(total, page, tuple(shown), counts, tuple(self._notes))

    def count(self) -> int:
        return sum(self._count_axes(self._query, [SCORE])[SCORE.name].values())

    def public_ids(self, limit: int, offset: int = 0) -> list[str]:
        if self._query is None:
            return []
        found = self._searcher.search(
            self._query,
            limit=limit,
            offset=offset,
            count=False,
            order_by_field=SORT_FIELDS.get(self._question.sort),
            order=Order.Asc if self._question.sort in SORT_FIELDS else Order.Desc,
        )
        return [self._searcher.doc(address)["id"][0] for _, address in found.hits]

    def keyed_ids(self, start: int, limit: int) -> list[tuple[int, str]]:
        if self._query is None:
            return []
        field = SORT_FIELDS[self._question.sort]
        later = Query.range_query(SCHEMA, field, FieldType.Integer, start, LAST_KEY)
        asked = Query.boolean_query([(Occur.Must, self._query), (Occur.Must, later)])
        found = self._searcher.search(
            asked, limit=limit, count=False, order_by_field=field, order=Order.Asc
        )
        return [(key, self._searcher.doc(address)["id"][0]) for key, address in found.hits]

    def matching(self, public_ids: Sequence[str]) -> set[str]:
        if self._query is None:
            return set()
        these = Query.term_set_query(SCHEMA, "id", list(public_ids))
        asked = Query.boolean_query([(Occur.Must, self._query), (Occur.Must, these)])
        found = self._searcher.search(asked, limit=len(public_ids), count=False)
        return {self._searcher.doc(address)["id"][0] for _, address in found.hits}

    def _less(self, without: str = "") -> Query | None:
        """The words and all filters but one. A query that matches every finding is left
        out: to intersect with it would mean to walk over all findings."""
        clauses = [query for axis, query in self._filters.items() if axis != without]
        if self._question.words or not clauses:
            clauses.insert(0, self._words)
        return all_of(clauses)

    def _counts(self) -> dict[str, Mapping[str, int]]:
        """All axes without a filter are counted at once, each other one without its own filter."""
        open_axes = [axis for axis in AXES if axis.name not in self._filters]
        counts = self._count_axes(self._query, open_axes)
        for axis in AXES:
            if axis.name in self._filters:
                counts |= self._count_axes(self._less(axis.name), [axis])
        return counts

    def _count_axes(
        self, query: Query | None, axes: Iterable[Axis]
    ) -> dict[str, Mapping[str, int]]:
        axes = list(axes)
        if query is None or not axes:
            return {axis.name: {} for axis in axes}
        result = self._searcher.aggregate(query, counting(axes))
        return {axis.name: counted(axis, result) for axis in axes}

    def _total(self, counts: Mapping[str, Mapping[str, int]]) -> int:
        """The sum of the counts of any axis of which each finding has exactly one value. Tantivy
        could count while it looks for the best, but then it could not skip findings that cannot be
        among them."""
        for axis in AXES:
            if axis.always and axis.name not in self._filters:
                return sum(counts[axis.name].values())
        return self.count()


def nearest_findings(searcher: Searcher, nearest: Nearest, limit: int) -> list[str]:
    """Each part scores its share. Its score in a search only decides between equal shares."""
    parts = [
        (query, share)
        for node, share in nearest.parts
        if share and (query := WordQueries(searcher, node).query)
    ]
    if not parts:
        return []
    shares = [
        (Occur.Should, Query.const_score_query(query, round(share, 4))) for query, share in parts
    ]
    relevance = Query.boolean_query([(Occur.Should, query) for query, _ in parts])
    clauses = [
        (Occur.Must, Query.boolean_query(shares, nearest.fewest)),
        (Occur.Should, Query.boost_query(relevance, TIE_BREAK)),
    ]
    clauses += [
        (Occur.Must, query)
        for axis, values in nearest.filters.items()
        if (query := filter_query(axis, values))
    ]
    if nearest.unwanted and (unwanted := WordQueries(searcher, nearest.unwanted).query):
        clauses.append((Occur.MustNot, unwanted))
    hits = searcher.search(Query.boolean_query(clauses), limit=limit, count=False).hits
    least = nearest.wanted(hits[0][0]) if hits else 1.0
    return [searcher.doc(address)["id"][0] for score, address in hits if score >= least]


def printed_heading(searcher: Searcher, slug: str) -> str:
    """The heading with this slug as one of its findings has it; empty if there is none."""
    query = Query.term_query(SCHEMA, "heading", slug, "basic")
    for _, address in searcher.search(query, limit=1, count=False).hits:
        heading: str = searcher.doc(address)["printed_heading"][0].decode()
        return heading
    return ""
