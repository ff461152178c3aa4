import pytest

from reports.facts.gazetteer import DATA
from reports.ingest.published_scores import load_published_scores


@pytest.fixture
def scored(db: None) -> None:
    """The table of published scores that comes with the project."""
    load_published_scores(DATA / "published_scores.csv")
