"""The result of an ingest says enough to judge a document before it is stored."""

from pathlib import Path

import pytest

from reports.ingest import Fragment, IngestStatus, read_file, store_document
from reports.ingest.results import FRAGMENT, FRAGMENTS
from reports.models import SourceDocument
from tests.ingest.conftest import DATA, PEOPLE, STAFF, report_text
from tests.support.ingesting import ingest_document

pytestmark = pytest.mark.django_db

REPORT = report_text(STAFF, PEOPLE, title="Camden")


def test_says_which_document_stands_for_it_now():
    first = ingest_document(Path("/a.txt"), REPORT.encode())
    again = ingest_document(Path("/b.txt"), b"\xef\xbb\xbf" + REPORT.encode())

    assert (first.status, again.status) == (IngestStatus.CREATED, IngestStatus.UNCHANGED)
    assert first.sha256 == again.sha256 == SourceDocument.objects.get().sha256


def test_says_what_decided_and_the_date():
    outcome = ingest_document(Path("/camden-0225-theme4-learning.txt"), report_text(STAFF).encode())

    assert (outcome.decided_by, outcome.decided_words, outcome.published) == (
        "file name",
        "camden-0225-theme4-learning",
        "2025-02",
    )


def test_shows_what_was_not_understood_with_what_stands_around_it():
    outcome = ingest_document(Path("/a.txt"), f"Nobody knows this.\n\n{REPORT}".encode())

    [fragment] = outcome.fragments
    assert fragment.text.strip() == "Nobody knows this."
    assert fragment.before == ""
    assert fragment.after.lstrip().startswith("Camden: local authority assessment")


def test_a_fragment_is_cut_where_it_is_long():
    text = "a" * 200 + "b" * 1_000 + "c" * 200

    fragment = Fragment.of(text, 200, 1_200)

    assert fragment == Fragment("a" * 120, "b" * FRAGMENT, "c" * 120, cut=True)


@pytest.mark.parametrize(("length", "cut"), [(FRAGMENT, False), (FRAGMENT + 1, True)])
def test_a_fragment_says_whether_it_is_cut(length, cut):
    fragment = Fragment.of("a" * (length + 20), 10, length + 10)

    assert fragment == Fragment("a" * 10, "a" * FRAGMENT, "a" * 10, cut=cut)


def test_the_headings_of_a_section_come_with_the_number_of_findings():
    text = report_text(STAFF, PEOPLE, "Working with partners", DATA, title="Camden")

    [section] = ingest_document(Path("/a.txt"), text.encode()).sections

    assert (section.statement, section.score, section.findings) == ("learning", 2, 3)
    assert section.headings == (("Learning from feedback", 2), ("Working with partners", 1))


def test_only_the_first_fragments_are_kept():
    text = "\n\n".join(f"Odd line {number}.\n\n{REPORT}" for number in range(FRAGMENTS + 3))

    outcome = ingest_document(Path("/a.txt"), text.encode())

    assert 0 < len(outcome.fragments) <= FRAGMENTS


def test_a_file_may_lie_under_another_name(write):
    [outcome] = map(store_document, read_file(write("0", REPORT), name=Path("/uploads/camden.txt")))

    assert outcome.path == "/uploads/camden.txt"
    assert SourceDocument.objects.get().path == "/uploads/camden.txt"
