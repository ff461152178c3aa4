"""Answers one question by one request, with totals and counts of every axis."""

from collections.abc import Iterable
from typing import Any
from zlib import crc32

from reports.search.engines.opensearch.client import Client, Json
from reports.search.engines.opensearch.queries import EVERYTHING, Query, filters_of, query_of, whole
from reports.search.engines.seam import DEEPEST, PAGE_SIZE, Answer
from reports.search.language.facets import AXES, Axis
from reports.search.language.question import Question

MOST_VALUES = 10_000  # counted of one axis
SORT_FIELDS = {"newest": "newest", "authority": "by_authority"}
_OPEN = "open"  # the axes without a filter


class Answering:
    def __init__(self, client: Client, index: str, question: Question) -> None:
        self._client = client
        self._index = index
        self._question = question

    def answer(self) -> Answer:
        page = min(self._question.page, DEEPEST // PAGE_SIZE)
        found = self._page(page)
        total = found["hits"]["total"]["value"]
        last = max(1, min(-(-total // PAGE_SIZE), DEEPEST // PAGE_SIZE))
        if page > last:
            page, found = last, self._page(last)
        return Answer(total, page, tuple(ids_of(found)), self._counts(found["aggregations"]))

    def public_ids(self, limit: int) -> list[str]:
        asked = {"query": whole(self._question), "size": min(limit, DEEPEST), **self._order()}
        return ids_of(self._search(asked | {"track_total_hits": False}))

    def keyed_ids(self, start: int, limit: int) -> list[tuple[int, str]]:
        later = {"range": {SORT_FIELDS[self._question.sort]: {"gte": start}}}
        asked = {
            "query": {"bool": {"must": whole(self._question), "filter": later}},
            "size": min(limit, DEEPEST),
            "track_total_hits": False,
            **self._order(),
        }
        return [(hit["sort"][0], hit["_id"]) for hit in self._search(asked)["hits"]["hits"]]

    def matching(self, public_ids: list[str]) -> set[str]:
        query = {"bool": {"must": whole(self._question), "filter": {"ids": {"values": public_ids}}}}
        return set(ids_of(self._search({"query": query, "size": len(public_ids)})))

    def _page(self, page: int) -> Json:
        """Filters are applied after counting, because the counts of an axis ignore its own filter.
        A finding that two filters leave out is in no count and on no page, so what is asked for
        passes all filters but one."""
        filters = filters_of(self._question.filters)
        words = query_of(self._question.words) if self._question.words else EVERYTHING
        query: Query = {"bool": {"must": words}}
        if len(filters) > 1:
            all_but_one = {"should": filters, "minimum_should_match": len(filters) - 1}
            query["bool"]["filter"] = {"bool": all_but_one}
        asked = {
            "query": query,
            "from": (page - 1) * PAGE_SIZE,
            "size": PAGE_SIZE,
            "track_total_hits": True,
            "aggs": self._counting(),
            **self._order(),
        }
        return self._search(asked | ({"post_filter": _all(filters)} if filters else {}))

    def _order(self) -> Json:
        field = SORT_FIELDS.get(self._question.sort)
        return {"sort": [{field: "asc"}, {"public_id": "asc"}]} if field else {}

    def _counting(self) -> Json:
        filters = self._question.filters
        groups = {axis.name: [axis] for axis in AXES if axis.name in filters}
        groups[_OPEN] = [axis for axis in AXES if axis.name not in filters]
        return {
            name: {"filter": _all(filters_of(filters, without=name)), "aggs": _terms(axes)}
            for name, axes in groups.items()
        }

    def _counts(self, groups: Json) -> dict[str, dict[str, int]]:
        found = {
            name: group
            for each in groups.values()
            for name, group in each.items()
            if isinstance(group, dict)
        }
        return {
            axis.name: {
                bucket["key"]: bucket["doc_count"] for bucket in found[axis.name]["buckets"]
            }
            for axis in AXES
        }

    def _search(self, asked: Json) -> Json:
        """All pages of a question are asked of the same copies of the shards, so that findings with
        equal scores keep their order. Scores from several shards have one scale."""
        question = repr((self._question.words, sorted(self._question.filters.items())))
        params: dict[str, Any] = {
            "preference": f"question-{crc32(question.encode())}",
            "search_type": "dfs_query_then_fetch",
            "allow_partial_search_results": "false",
        }
        return self._client.ask("POST", f"/{self._index}/_search", asked, params)


def ids_of(found: Json) -> list[str]:
    return [hit["_id"] for hit in found["hits"]["hits"]]


def _all(filters: list[Query]) -> Query:
    return {"bool": {"filter": filters}} if filters else EVERYTHING


def _terms(axes: Iterable[Axis]) -> Json:
    return {axis.name: {"terms": {"field": axis.name, "size": MOST_VALUES}} for axis in axes}
