"""What only an engine that many machines share can meet."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from pytest_django import Settings

from reports.corrections import Why, change
from reports.models import Finding, IndexChange, SearchIndex
from reports.models.outbox import IndexChangeQuerySet
from reports.search import SearchQuery, catch_up, index_latest, search
from reports.search.engines import configured
from reports.search.engines.opensearch import OpenSearchEngine, client, schema, writing
from reports.search.engines.seam import (
    Engine,
    EngineAwayError,
    IndexMissingError,
    Lock,
    StaleWriteError,
)
from reports.search.index import outbox
from tests.search.engines.conftest import build, document
from tests.search.engines.test_contract import ask, corpus, found
from tests.search.making import found as found_by_search
from tests.search.making import make_finding
from tests.support.opensearch.node import Node

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared(opensearch_url: str, settings: Settings) -> OpenSearchEngine:
    settings.SEARCH_URL = opensearch_url
    return OpenSearchEngine(opensearch_url)


def write(engine: Engine, version: int, text: str | None) -> None:
    """The finding “a” with this text, or its deletion, as a holder of the lock at that time."""
    with engine.writer(version) as writer:
        writer.replace(["a"], [] if text is None else [document("a", text)])


def test_a_write_that_is_older_than_what_is_there_is_turned_away(shared: OpenSearchEngine) -> None:
    build(shared, [])
    write(shared, 5, "newer")
    with pytest.raises(StaleWriteError):
        write(shared, 4, "older")
    assert (found(shared, "newer"), found(shared, "older")) == (["a"], [])
    write(shared, 6, None)
    with pytest.raises(StaleWriteError):
        write(shared, 5, "newer")
    assert shared.size() == 0


def test_a_change_that_was_refused_stays_in_the_outbox(
    shared: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    finding = make_finding("before")
    catch_up()
    Finding.objects.update(text="between")
    IndexChange.objects.record([finding.public_id])
    catch_up()

    @contextmanager
    def of_long_ago(engine: object, lock: Lock, timeout: float) -> Iterator[int]:
        yield 1

    Finding.objects.update(text="after")
    IndexChange.objects.record([finding.public_id])
    with monkeypatch.context() as patch:
        patch.setattr(OpenSearchEngine, "held", of_long_ago)
        assert not index_latest()
    assert IndexChange.objects.count() == 1
    assert found_by_search("after") == ["after"]
    assert not IndexChange.objects.exists()


def test_searches_go_on_while_indexes_are_swapped(shared: OpenSearchEngine) -> None:
    documents = corpus()
    build(shared, documents)
    total, faults, ended = shared.answer(ask("staff")).total, [], threading.Event()
    answers = 0

    def go_on_searching() -> None:
        nonlocal answers
        while not ended.is_set():
            try:
                if shared.answer(ask("staff")).total != total:
                    faults.append("another total")
                answers += 1
            except Exception as error:  # noqa: BLE001 - whatever it is, it is a fault
                faults.append(repr(error))
        connections.close_all()

    thread = threading.Thread(target=go_on_searching)
    thread.start()
    for _ in range(3):
        build(shared, documents)
    ended.set()
    thread.join()
    assert faults == []
    assert answers > 10


def test_two_versions_of_the_program_each_keep_their_index(
    shared: OpenSearchEngine, opensearch_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(schema, "WORDS_FORMAT", "of another version")
        other = OpenSearchEngine(opensearch_url)
    assert other.place != shared.place
    finding = make_finding("before")

    def now(engine: OpenSearchEngine) -> None:
        monkeypatch.setattr(configured, "_engine", lambda url: engine)

    for engine in (shared, other):
        now(engine)
        assert found_by_search("before") == ["before"]
    Finding.objects.update(text="after")
    IndexChange.objects.record([finding.public_id])
    for engine in (shared, other):
        now(engine)
        assert (found_by_search("before"), found_by_search("after")) == ([], ["after"])

    build(other, [document("a", "kept")])
    assert shared.size() == 1  # a rebuild leaves the other's alone
    SearchIndex.objects.filter(place=shared.place).delete()  # nobody has used it for a day
    build(other, [document("a", "kept")])
    with pytest.raises(IndexMissingError):
        shared.size()


def test_a_node_that_is_busy_for_a_moment_does_not_end_a_rebuild(
    node: Node, shared: OpenSearchEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    pauses: list[float] = []

    def limit_memory(to: str | None) -> None:
        limit = {"transient": {"network.breaker.inflight_requests.limit": to}}
        shared._client.ask("PUT", "/_cluster/settings", limit)

    def free_memory(pause: float) -> None:
        pauses.append(pause)
        if len(pauses) == 2:
            limit_memory(None)

    monkeypatch.setattr(writing, "sleep", free_memory)
    limit_memory("4kb")
    try:
        build(shared, [document("a", "Carers waited. " * 1_000)])
    finally:
        limit_memory(None)
    assert (pauses, found(shared, "carers")) == ([1.0, 2.0], ["a"])


def test_an_outage_is_said_loses_nothing_and_heals(
    node: Node,
    client: Client,
    seeded_on_opensearch: Finding,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    finding = seeded_on_opensearch
    monkeypatch.setattr("reports.search.engines.opensearch.client.PAUSE", 0)
    rebuilds: list[object] = []
    node.kill()
    try:
        with monkeypatch.context() as patch:
            patch.setattr(outbox, "rebuild", lambda *a, **k: rebuilds.append(a))
            patch.setattr(outbox, "start_rebuild", rebuilds.append)
            page = client.get("/findings/?q=carers")
            assert page.status_code == 503
            assert "The search does not answer at the moment. Nothing is lost." in page.text
            assert int(page["Retry-After"]) > 0
            assert client.get("/findings.csv?q=carers").status_code == 503
            assert client.get("/readyz").text == "The search engine does not answer.\n"
            for path in ("/authorities/", finding.get_absolute_url()):
                assert client.get(path).status_code == 200, path

            change(finding, {"text": "Corrected to zyxxy."}, Why("ada", "typographical"))
            assert not index_latest()
            assert waiting().count() == 1
        assert rebuilds == []
    finally:
        node.start()

    assert found_by_search("zyxxy") == ["Corrected to zyxxy."]
    assert not waiting().exists()
    assert client.get("/readyz").status_code == 200


def waiting() -> IndexChangeQuerySet:
    """The changes that OpenSearch lacks; the seeds have an index of Tantivy too."""
    return IndexChange.objects.filter(index__place=configured.current_engine().place)


@pytest.fixture
def seeded_on_opensearch(
    settings: Settings, opensearch_url: str, first_of_haringey: Finding
) -> Finding:
    """A finding of the seeds, which OpenSearch holds."""
    settings.SEARCH_URL = opensearch_url
    assert search(SearchQuery()).total > 0
    return first_of_haringey


def test_an_engine_that_swallows_requests_is_not_waited_for_again_at_once(
    shared: OpenSearchEngine, node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(shared, [document("a", "here")])
    monkeypatch.setattr(client, "PATIENCE", 0.2)
    monkeypatch.setattr(client, "PAUSE", 60)
    node.pause()
    try:
        with pytest.raises(EngineAwayError):
            shared.count(ask())
        with pytest.raises(EngineAwayError, match="a moment ago"):
            shared.count(ask())
    finally:
        node.resume()
    monkeypatch.setattr(shared._client, "_away_until", 0)
    monkeypatch.setattr(client, "PATIENCE", 30)
    assert shared.count(ask()) == 1


def test_a_wrong_password_is_not_taken_for_a_missing_index(shared: OpenSearchEngine) -> None:
    """A node without security takes any; what it says of a missing index is not what a proxy says
    that lets nobody in."""
    assert not shared.ready()
    with pytest.raises(IndexMissingError):
        shared.count(ask())
    for status, kind in ((401, EngineAwayError), (429, EngineAwayError), (404, IndexMissingError)):
        assert isinstance(client.fault(status, ""), kind)


def test_the_seeds_are_searched_as_with_tantivy(
    settings: Settings, opensearch_url: str, seeded: None
) -> None:
    """With all that surrounds a search: corrections of spelling, near misses, wider words."""
    narrowed: tuple[dict[str, Any], ...] = ({}, {"score": ("2",)})
    queries = [
        SearchQuery(q=q, **more)
        for q in (
            "carers",
            "lgo complaints",
            "safegaurding",
            "coproduction",
            "direct pay*",
            "haringey housing zebra",
        )
        for more in narrowed
    ]
    local = [search(query) for query in queries]
    settings.SEARCH_URL = opensearch_url
    shared = [search(query) for query in queries]
    for query, one, other in zip(queries, local, shared, strict=True):
        assert (one.total, one.corrections) == (other.total, other.corrections), query
        assert {hit.finding.public_id for hit in one.hits} == {
            hit.finding.public_id for hit in other.hits
        } or one.total > len(one.hits), query
        assert [
            (group.name, [(v.value, v.count) for v in group.values]) for group in one.facets
        ] == [(group.name, [(v.value, v.count) for v in group.values]) for group in other.facets], (
            query
        )
