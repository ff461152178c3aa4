import pytest

from reports.models import Finding
from tests.support.seeds import ingest_seeds


@pytest.fixture
def seeded(db: None) -> None:
    """The five seeds, ingested and searchable."""
    ingest_seeds()


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
