"""Tantivy and OpenSearch, asked the same: the same totals, counts, pages, and the same order but
for findings with equal scores or keys."""

from pathlib import Path

import pytest

from reports.search.engines.opensearch import OpenSearchEngine
from reports.search.engines.seam import Engine
from reports.search.engines.tantivy import TantivyEngine
from tests.search.engines.conftest import build
from tests.search.engines.test_contract import FILTERS, QUERIES, ask, corpus

pytestmark = pytest.mark.django_db


@pytest.fixture
def engines(opensearch_url: str, tmp_path: Path) -> tuple[Engine, Engine]:
    both = TantivyEngine(tmp_path / "tantivy"), OpenSearchEngine(opensearch_url)
    for engine in both:
        build(engine, corpus())
    return both


def test_both_give_the_same(engines: tuple[Engine, Engine]) -> None:
    keys = {
        "newest": {each.public_id: each.newest for each in corpus()},
        "authority": {each.public_id: each.by_authority for each in corpus()},
    }
    for q in QUERIES:
        for filters in FILTERS:
            for sort in ("relevance", "newest", "authority"):
                for page in (1, 3, 99):
                    one, other = (
                        engine.answer(ask(q, sort, page, **filters)) for engine in engines
                    )
                    assert (one.total, one.page) == (other.total, other.page), (q, filters)
                    assert len(one.public_ids) == len(other.public_ids)
                    assert _positive(one.counts) == _positive(other.counts), (q, filters)
                    if sort in keys:
                        of = keys[sort].__getitem__
                        assert list(map(of, one.public_ids)) == list(map(of, other.public_ids))


@pytest.mark.parametrize(
    ("q", "parts"),
    [
        ("carers", ("carer",)),
        ("carers reviews", ("carer", "review")),
        ('"staff team"', ("staff team",)),
        ("complaint OR feedback", ("complaint", "feedback")),
    ],
)
def test_both_order_by_the_same_scores(
    engines: tuple[Engine, Engine], q: str, parts: tuple[str, ...]
) -> None:
    one, other = (engine.public_ids(ask(q), 400) for engine in engines)

    assert sorted(one) == sorted(other)
    # Findings with the same of these have the same score, and either may come first.
    scored_by = {
        each.public_id: (len(words.split()), *(words.count(part) for part in parts))
        for each in corpus()
        for words in [f"{each.text} {each.heading}"]
    }
    agreeing = sum(scored_by[a] == scored_by[b] for a, b in zip(one, other, strict=True))
    assert agreeing >= 0.9 * len(one)


def _positive(counts: object) -> dict[str, dict[str, int]]:
    assert isinstance(counts, dict)
    return {axis: {v: n for v, n in values.items() if n and v} for axis, values in counts.items()}
