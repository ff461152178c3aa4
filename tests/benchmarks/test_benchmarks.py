"""That the benchmarks still run, on a small corpus. Nothing here is timed."""

from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

import pytest
from django.conf import LazySettings

from benchmarks import corpus, made_rows
from benchmarks.equal import check_equal
from benchmarks.floor import Floor
from benchmarks.former import Compared, compare_found
from benchmarks.made_reports import write_reports
from benchmarks.peers.fts5 import Fts5, make_database
from benchmarks.queries import all_queries
from benchmarks.timing import Peer, Times, percentiles, side_by_side
from reports.ingest import find_files, ingest_paths
from reports.models import Assessment, Authority, Figure, Finding
from reports.search import SearchQuery, rebuild, search

FINDINGS = 500


@pytest.fixture
def filled(db: None) -> None:
    corpus.write(FINDINGS)
    rebuild()


@pytest.fixture
def index(settings: LazySettings) -> Path:
    root = Path(settings.SEARCH_URL.removeprefix("tantivy:///"))
    return root / (root / "CURRENT").read_text("ascii")


def test_the_corpus_has_as_many_findings_as_asked_for(filled: None) -> None:
    assert Finding.objects.published().count() == FINDINGS
    assert search(SearchQuery()).total == FINDINGS


def test_the_corpus_is_the_same_each_time(db: None) -> None:
    corpus.write(40)
    first = set(Finding.objects.values_list("public_id", "text"))
    Finding.objects.all().delete()
    for model in reversed(made_rows.TABLES):
        model._default_manager.all().delete()
    corpus.write(40)

    assert set(Finding.objects.values_list("public_id", "text")) == first


def test_a_part_is_the_same_in_another_process(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    [one] = islice(made_rows.assessments(Random(1), list(Authority.objects.all())), 1)
    part = made_rows.Part(3, [one])
    here = made_rows.rows_of(part)["Finding"]

    with ProcessPoolExecutor(1, get_context("fork")) as pool:
        there = pool.submit(made_rows.rows_of, part).result()["Finding"]

    # All but the time at which the row was made. What is wrapped for PostgreSQL equals only itself.
    assert [str(row[:-1]) for row in there] == [str(row[:-1]) for row in here]


def test_assessments_drawn_with_one_date_do_not_clash(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made_rows, "_date", lambda random: random.choice(("2023", "2024", "2025")))
    Authority.objects.exclude(slug="harrow").delete()

    corpus.write(FINDINGS)

    assert Finding.objects.count() == FINDINGS
    assert Assessment.objects.count() >= 3


def test_figures_of_the_corpus_stand_in_their_findings(db: None) -> None:
    corpus.write(FINDINGS)

    figures = Figure.objects.select_related("finding")

    assert FINDINGS / 12 < figures.count() < FINDINGS / 3
    assert all(figure.text in figure.finding.text for figure in figures)


def test_there_are_ten_queries_of_each_of_six_kinds() -> None:
    kinds = [ask.kind for ask in all_queries()]

    assert len(kinds) == 60
    assert all(kinds.count(kind) == 10 for kind in set(kinds))


def test_engine_and_search_answer_alike(filled: None, index: Path) -> None:
    totals = check_equal(Floor(index), all_queries())

    assert max(totals) > FINDINGS / 2


def test_what_a_search_lost_and_found_beside_an_older_one_is_counted() -> None:
    def asking(**found: str) -> Callable[..., dict[str, Any]]:
        def ask(query: str, ids: str) -> dict[str, Any]:
            Path(ids).write_text(found[query.replace("&", "_").replace("=", "_")])
            return {}

        return ask

    old = asking(q="a b c")
    faithful, careless = asking(q="a b c d", q_exact_1="c b a"), asking(q="a d", q_exact_1="a b")

    assert compare_found("q", old, faithful) == Compared("q", 0, 1, exact_differs=False)
    assert compare_found("q", old, careless) == Compared("q", 2, 1, exact_differs=True)


@pytest.mark.django_db
def test_sqlite_finds_as_many(filled: None, tmp_path: Path) -> None:
    peer = Fts5(make_database(tmp_path))

    for ask in all_queries():
        assert peer.answer(ask) == search(ask.search_query(exact=True)).total, ask


def test_made_up_reports_can_be_read(db: None, tmp_path: Path) -> None:
    findings = write_reports(tmp_path / "reports", count=2, seed=1)

    outcomes = list(ingest_paths(find_files([str(tmp_path / "reports")]).files))

    assert [outcome.status.value for outcome in outcomes] == ["created", "created"]
    assert Finding.objects.published().count() == findings


def test_a_slow_peer_is_asked_each_question_once_at_least() -> None:
    asked: list[object] = []
    quick, slow = Peer("quick", asked.append), Peer("slow", asked.append, slow=True)

    times = side_by_side([quick, slow], all_queries(), rounds=3, seconds=0)

    assert len(times["quick"].taken) == 180
    assert len(times["slow"].taken) == 60


def test_a_percentile_is_a_time_that_was_taken() -> None:
    assert percentiles(range(1, 101)) == {"p50": 50, "p95": 95, "p99": 99}
    assert Times([("rare", 2.0)]).figures()["p95"] == 2.0
