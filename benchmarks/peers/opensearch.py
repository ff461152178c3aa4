"""The same search with OpenSearch behind it: a real node on this machine, with the index of all
findings. Texts come from the database, as with Tantivy."""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psutil
from django.conf import settings

from benchmarks.machine import MEBIBYTE, bytes_in, watching
from benchmarks.queries import Ask
from reports import search
from reports.models import SearchIndex
from reports.search.engines.configured import current_engine
from tests.support.opensearch.node import running_node

HEAP = "1g"


@dataclass(frozen=True, slots=True)
class Built:
    """`figures` are what it took to build the index."""

    url: str
    figures: dict[str, object]

    def answer(self, ask: Ask) -> object:
        with _searching(self.url):
            return search.search(ask.search_query())


@contextmanager
def serving() -> Iterator[Built]:
    with running_node(heap=os.environ.get("BENCH_HEAP", HEAP)) as node:
        url = f"opensearch://{node.address}/bench"
        assert node.process
        with _searching(url), watching(node.process.pid) as peak:
            began = time.perf_counter()
            findings = search.rebuild()
            seconds = time.perf_counter() - began
            place = current_engine().place
        resident = psutil.Process(node.process.pid).memory_info().rss // MEBIBYTE
        figures = {
            "seconds": round(seconds, 1),
            "findings_per_second": round(findings / seconds),
            "node_resident_mb": resident,
            "node_peak_mb": peak.resident,
            "index_mb": round(bytes_in(node.folder / "data") / MEBIBYTE),
        }
        try:
            yield Built(url, figures)
        finally:
            SearchIndex.objects.filter(place=place).delete()


@contextmanager
def _searching(url: str) -> Iterator[None]:
    former, settings.SEARCH_URL = settings.SEARCH_URL, url
    try:
        yield
    finally:
        settings.SEARCH_URL = former
