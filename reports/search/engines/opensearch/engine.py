import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress

from reports.models import locks
from reports.search.engines.frequency import frequency
from reports.search.engines.opensearch.address import Address, address_of
from reports.search.engines.opensearch.answering import Answering
from reports.search.engines.opensearch.client import Client, Json
from reports.search.engines.opensearch.queries import EVERYTHING, Query, nearest_query, whole
from reports.search.engines.opensearch.schema import index_version
from reports.search.engines.opensearch.writing import IndexBeingBuilt, OpenSearchWriter, sweep
from reports.search.engines.seam import (
    Answer,
    CannotSearchError,
    IndexMissingError,
    Lock,
    Nearest,
    NewIndex,
    Writer,
)
from reports.search.language.question import Question
from reports.search.language.tree import Node

MOST_HEADINGS = 5_000  # remembered
MOST_NEAR = 50  # words that a misspelt one is compared with
TRY_AFTER = 60.0  # seconds between two tries of this process to have an index built


class OpenSearchEngine:
    def __init__(self, url: str) -> None:
        self._address: Address = address_of(url)
        self._client = Client(self._address)
        self._alias = f"{self._address.prefix}-{index_version()}"
        self._known = False  # whether the alias was there when last asked for
        self._headings: dict[str, str] = {}
        self._tried = -TRY_AFTER

    @property
    def place(self) -> str:
        return self._alias

    def ready(self) -> bool:
        """OpenSearch is asked once. Afterwards a search notices if the index has gone."""
        if not self._known:
            self._known = self._client.exists(f"/_alias/{self._alias}")
        return self._known

    def answer(self, question: Question) -> Answer:
        with self._noticing():
            return self._answering(question).answer()

    def count(self, question: Question) -> int:
        with self._noticing():
            return self._counts([whole(question)])[0]

    def public_ids(self, question: Question, limit: int) -> list[str]:
        with self._noticing():
            return self._answering(question).public_ids(limit)

    def nearest(self, nearest: Nearest, limit: int) -> list[str]:
        if not any(share for _, share in nearest.parts):
            return []
        asked = {"query": nearest_query(nearest), "size": limit, "track_total_hits": False}
        with self._noticing():
            hits = self._search(asked)["hits"]["hits"]
        least = nearest.wanted(hits[0]["_score"]) if hits else 1.0
        return [hit["_id"] for hit in hits if hit["_score"] >= least]

    def frequencies(self, nodes: Sequence[Node]) -> list[int]:
        """What has to be counted is noted first, so that it takes one request."""
        held: dict[tuple[str, str], int] = {}
        for node in nodes:
            frequency(node, lambda field, value: held.setdefault((field, value), 0))
        queries: list[Query] = [{"term": {field: value}} for field, value in held]
        with self._noticing():
            held |= zip(held, self._counts(queries), strict=True)
        return [frequency(node, lambda field, value: held[field, value]) for node in nodes]

    def words_near(self, word: str, mistakes: int) -> list[str]:
        """OpenSearch compares the word with all words of the index."""
        term = {
            "field": "words",
            "suggest_mode": "always",
            "max_edits": min(mistakes, 2),
            "prefix_length": 0,
            "min_word_length": 1,
            "string_distance": "damerau_levenshtein",
            "accuracy": 0.1,
            "max_inspections": 100,
            "size": MOST_NEAR,
            "sort": "frequency",
        }
        with self._noticing():
            asked = {"size": 0, "suggest": {"near": {"text": word, "term": term}}}
            found = self._search(asked)["suggest"]["near"]
            options = [option for entry in found for option in entry["options"]]
        options.sort(key=lambda option: -option["freq"])
        return [option["text"] for option in options]

    def size(self) -> int:
        with self._noticing():
            return self._counts([EVERYTHING])[0]

    def keyed_ids(self, question: Question, start: int, limit: int) -> list[tuple[int, str]]:
        with self._noticing():
            return self._answering(question).keyed_ids(start, limit)

    def matching(self, question: Question, public_ids: Sequence[str]) -> set[str]:
        with self._noticing():
            return self._answering(question).matching(list(public_ids))

    def headings(self, slugs: Iterable[str]) -> Mapping[str, str]:
        if len(self._headings) > MOST_HEADINGS:
            self._headings.clear()
        wanted = list(slugs)
        unknown = [slug for slug in wanted if slug not in self._headings]
        asked = [
            {
                "query": {"constant_score": {"filter": {"term": {"heading": slug}}}},
                "size": 1,
                "track_total_hits": False,
                "docvalue_fields": ["printed_heading"],
            }
            for slug in unknown
        ]
        with self._noticing():
            answers = self._client.searches(self._alias, asked)
        for slug, answer in zip(unknown, answers, strict=True):
            for hit in answer["hits"]["hits"]:
                self._headings[slug] = hit["fields"]["printed_heading"][0]
        return {slug: self._headings[slug] for slug in wanted if slug in self._headings}

    def held(self, lock: Lock, timeout: float) -> AbstractContextManager[int]:
        return locks.held(f"{self._alias}: {lock}", timeout)

    def is_held(self, lock: Lock) -> bool:
        return locks.is_held(f"{self._alias}: {lock}")

    def writer(self, version: int) -> AbstractContextManager[Writer]:
        return nullcontext(OpenSearchWriter(self._client, self._alias, version, alias=True))

    @contextmanager
    def rebuilding(self, timeout: float) -> Iterator[NewIndex]:
        with self.held(Lock.REBUILDING, timeout):
            self._known = False  # another machine may have built or removed it
            sweep(self._client, self._address.prefix, self._alias)
            new = IndexBeingBuilt(self._client, self._address, self._alias)
            try:
                yield new
            finally:
                with suppress(CannotSearchError):  # the next rebuild removes it
                    new.remove_unless_published()

    def may_start_rebuild(self, documents: int) -> bool:
        """Does not look at the disk: OpenSearch refuses an index when its disks are full."""
        if self.is_held(Lock.REBUILDING) or time.monotonic() < self._tried + TRY_AFTER:
            return False
        self._tried = time.monotonic()
        return True

    @contextmanager
    def _noticing(self) -> Iterator[None]:
        """If the index has gone, `ready` asks for it again before the next search."""
        try:
            yield
        except IndexMissingError:
            self._known = False
            raise

    def _answering(self, question: Question) -> Answering:
        return Answering(self._client, self._alias, question)

    def _search(self, asked: Json) -> Json:
        params = {"search_type": "dfs_query_then_fetch", "allow_partial_search_results": "false"}
        return self._client.ask("POST", f"/{self._alias}/_search", asked, params)

    def _counts(self, queries: Sequence[Query]) -> list[int]:
        asked = [{"query": query, "size": 0, "track_total_hits": True} for query in queries]
        answers = self._client.searches(self._alias, asked)
        return [answer["hits"]["total"]["value"] for answer in answers]
