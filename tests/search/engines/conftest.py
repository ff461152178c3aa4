"""Every test that asks for `engine` runs on Tantivy and on a real OpenSearch node."""

import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from reports.search.engines.configured import current_engine
from reports.search.engines.seam import Engine, Lock, SearchDocument
from reports.search.language.facets import AXES
from tests.support.opensearch.node import HOW, Node, can_start, running_node


@pytest.fixture(scope="session")
def node() -> Iterator[Node]:
    """One for all tests. A test that kills it starts it again."""
    if not can_start():
        pytest.skip(HOW)
    with running_node() as node:
        yield node


@pytest.fixture
def opensearch_url(node: Node) -> str:
    """Of an index that no other test has."""
    return f"opensearch://{node.address}/t{secrets.token_hex(6)}"


@pytest.fixture(params=["tantivy", pytest.param("opensearch", marks=pytest.mark.opensearch)])
def engine(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path, db: None) -> Engine:
    if request.param == "opensearch":
        settings.SEARCH_URL = request.getfixturevalue("opensearch_url")
    else:
        settings.SEARCH_URL = f"tantivy:///{tmp_path / 'index'}"
    return current_engine()


def document(public_id: str, text: str = "", heading: str = "", **values: object) -> SearchDocument:
    """`values` are those on axes, and sort keys."""
    on_axes = {
        "score": "3",
        "statement": "learning",
        "authority": "harrow",
        "year": "2025",
    } | values
    return SearchDocument(
        public_id,
        text,
        heading,
        {axis.name: _several(on_axes.get(axis.name, ())) for axis in AXES},
        int(str(values.get("newest", 0))),
        int(str(values.get("by_authority", 0))),
    )


def build(engine: Engine, documents: Iterable[SearchDocument]) -> None:
    """An index of these documents, searched from now on."""
    with engine.rebuilding(timeout=0) as new:
        new.fill(documents)
        with engine.held(Lock.WRITING, timeout=1):
            new.publish()


def replace(
    engine: Engine, public_ids: Iterable[str], documents: Iterable[SearchDocument] = ()
) -> None:
    with engine.held(Lock.WRITING, timeout=5) as version, engine.writer(version) as writer:
        writer.replace(public_ids, documents)


def _several(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,)
    assert isinstance(value, tuple)
    return value
