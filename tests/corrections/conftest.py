import pytest

from reports.corrections import Why
from reports.models import Finding
from tests.ingest.conftest import DATA, PEOPLE, STAFF, report_text, write
from tests.support.ingesting import ingest

__all__ = ["write"]

BARNET = "London Borough of Barnet"


@pytest.fixture
def why():
    """Makes a new `Why` at every call, and with it a new batch."""

    def make(**values) -> Why:
        return Why(editor="ada", **values)

    return make


@pytest.fixture
def read(write):
    """Ingests the paragraphs as the next version of one report of Barnet's."""
    versions = iter(range(100))

    def read_version(*paragraphs: str, **options):
        text = report_text(*paragraphs, **({"title": BARNET} | options))
        return ingest(write(f"version-{next(versions)}.txt", text))

    return read_version


@pytest.fixture
def finding(read) -> Finding:
    """The first of three findings."""
    read(STAFF, PEOPLE, DATA)
    return Finding.objects.get(text=STAFF)
