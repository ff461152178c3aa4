from pathlib import Path

from reports import search
from reports.ingest import ingest_paths

FOLDER = Path(__file__).parents[2] / "seeds"


def ingest_seeds() -> None:
    """The five seeds become rows, and searchable."""
    list(ingest_paths(sorted(FOLDER.glob("*.txt"))))
    search.catch_up()
