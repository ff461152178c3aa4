"""The five seed reports become rows, once, however often they are read."""

import pytest

from reports.ingest import IngestStatus, ingest_paths
from reports.models import Assessment, Finding, Section, SourceDocument
from tests.ingest.conftest import SEEDS

pytestmark = pytest.mark.django_db

A = "Continuous learning, improvement and professional development"
B = "Learning from feedback"


def test_every_seed_gives_what_it_says():
    outcomes = list(ingest_paths(SEEDS))

    assert [outcome.status for outcome in outcomes] == [IngestStatus.CREATED] * 5
    assert [outcome.authority for outcome in outcomes] == [
        "Haringey",
        None,
        None,
        "Harrow",
        "Northumberland",
    ]
    assert [
        [(section.statement, section.score, dict(section.headings)) for section in outcome.sections]
        for outcome in outcomes
    ] == [
        [("learning", 2, {A: 9, B: 9})],
        [("learning", 3, {A: 16, B: 6})],
        [("learning", 2, {A: 6, B: 4})],
        [("learning", 3, {A: 11, B: 6})],
        [("learning", 3, {A: 9, B: 7})],
    ]
    assert Finding.objects.count() == 83


def test_reading_them_again_changes_nothing():
    list(ingest_paths(SEEDS))
    before = set(Finding.objects.values_list("pk", "public_id", "text"))

    outcomes = list(ingest_paths(SEEDS))

    assert {outcome.status for outcome in outcomes} == {IngestStatus.UNCHANGED}
    assert set(Finding.objects.values_list("pk", "public_id", "text")) == before


def test_public_ids_are_the_same_in_a_new_database():
    list(ingest_paths(SEEDS))
    before = set(Finding.objects.values_list("public_id", "text"))
    sections = set(Section.objects.values_list("public_id", "score"))
    Assessment.objects.all().delete()
    SourceDocument.objects.all().delete()

    list(ingest_paths(reversed(SEEDS)))

    assert set(Finding.objects.values_list("public_id", "text")) == before
    assert set(Section.objects.values_list("public_id", "score")) == sections


def test_the_bytes_and_the_text_are_kept():
    [outcome] = ingest_paths(SEEDS[3:4])

    document = SourceDocument.objects.get()

    assert outcome.path == str(SEEDS[3])
    with document.original.open("rb") as file:
        assert file.read() == SEEDS[3].read_bytes()
    assert document.read_text() == SEEDS[3].read_text("utf-8")
    assert document.sha256 in document.original.name
    assert document.text_sha256 in document.text.name


def test_every_finding_leads_back_to_its_place_in_the_source():
    list(ingest_paths(SEEDS))

    for finding in Finding.objects.select_related("paragraph", "section__document"):
        source = finding.section.document.read_text()
        read = " ".join(source[start:end] for start, end in finding.paragraph.spans)
        assert "".join(read.split()) == "".join(finding.text.split())
