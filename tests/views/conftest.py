from pathlib import Path

import pytest

from reports import search
from reports.ingest import ingest_paths
from reports.models import Finding

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture
def seeded(db: None) -> None:
    """The five seeds, ingested and searchable."""
    list(ingest_paths(sorted(SEEDS.glob("*.txt"))))
    search.catch_up()


@pytest.fixture
def first_of_haringey(seeded: None) -> Finding:
    return Finding.objects.with_context().get(
        section__assessment__authority__slug="haringey", position=0
    )


@pytest.fixture
def first_unidentified(seeded: None) -> Finding:
    return (
        Finding.objects.with_context()
        .filter(section__assessment__authority=None, position=0)
        .earliest("pk")
    )
