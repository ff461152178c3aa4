"""A site can be rebuilt from its kept documents and its corrections file alone."""

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from reports.corrections import Why, change, join, split, withdraw
from reports.ingest.published_scores import load_published_scores
from reports.models import (
    Assessment,
    Authority,
    Conflict,
    Correction,
    Finding,
    PublishedOutcome,
    Section,
    SourceDocument,
)
from tests.corrections.conftest import BARNET
from tests.corrections.test_exchange import everything
from tests.ingest.conftest import DATA, LEADERS, PEOPLE, STAFF, report_text
from tests.ingest.test_published_scores import CAMDEN, HEADING
from tests.support.correcting import identify
from tests.support.ingesting import ingest

pytestmark = pytest.mark.django_db


@pytest.fixture
def site(write, settings):
    """Two authorities that share a paragraph, a report that was identified by hand, one that its
    file name identifies, a newer version, and scores from a table; each corrected."""
    ingest(write("barnet.txt", report_text(STAFF, PEOPLE, title=BARNET)))
    ingest(write("brent.txt", report_text(STAFF, DATA, title="London Borough of Brent")))
    unknown = "Equity in experience and outcomes"
    ingest(write("unknown.txt", report_text(LEADERS, statement=unknown)))
    ingest(write("camden-0225-theme4-learning.txt", report_text(PEOPLE, score="Score: 4")))
    ingest(write("barnet.txt", report_text(STAFF, PEOPLE, DATA, title=BARNET)))
    load_published_scores(write("scores.csv", f"{HEADING}\n{CAMDEN}"))
    identify(Assessment.objects.get(authority=None), _authority("barnet"), Why(editor="ada"))
    shared = Finding.objects.get(text=STAFF, section__assessment__authority__slug="brent")
    change(shared, {"text": f"{STAFF} Edited."}, Why(editor="ada"))
    camden = Assessment.objects.get(authority__slug="camden")
    change(camden, {"published": "2025-03"}, Why(editor="ada"))
    change(camden.sections.get(statement="equity"), {"score": 2}, Why(editor="ada"))
    split(Finding.objects.get(text=LEADERS), 12, Why(editor="ada"))
    of_barnet = Finding.objects.filter(section__assessment__authority__slug="barnet")
    join(of_barnet.get(text=STAFF), of_barnet.get(text=PEOPLE), Why(editor="ada"))
    return Path(settings.MEDIA_ROOT)


def _authority(slug):
    return Authority.objects.get(slug=slug)


def test_everything_comes_back_whatever_the_originals_are_called(site, tmp_path, settings):
    file = tmp_path / "corrections.json"
    call_command("corrections", "export", str(file))
    before = everything()
    kept = tmp_path / "rescued"
    kept.mkdir()
    for number, path in enumerate(sorted(site.rglob("originals/*/*"), reverse=True)):
        shutil.copy(path, kept / f"file {number}.bin")
    _empty_the_database()
    settings.MEDIA_ROOT = tmp_path / "new"

    call_command("rebuild_site", str(kept), str(file))

    assert everything() == before


def test_what_is_missing_is_named_and_the_rest_restored(site, tmp_path, capsys):
    file = tmp_path / "corrections.json"
    call_command("corrections", "export", str(file))
    [brent] = SourceDocument.objects.filter(path__endswith="brent.txt")
    kept = tmp_path / "rescued"
    shutil.copytree(site, kept)
    (kept / brent.original.name).unlink()
    _empty_the_database()

    with pytest.raises(CommandError, match="1 documents failed and 1 corrections could not"):
        call_command("rebuild_site", str(kept), str(file))

    said = capsys.readouterr().err
    assert "brent.txt: The folder has no file with the content of this document." in said
    assert "ada’s correction of text of the finding" in said
    assert Finding.objects.filter(section__assessment__authority__slug="barnet").exists()


def test_files_that_the_export_does_not_name_come_last_under_their_own_names(
    write, tmp_path, settings
):
    ingest(write("barnet.txt", report_text(STAFF, PEOPLE, title=BARNET)))
    file = tmp_path / "corrections.json"
    call_command("corrections", "export", str(file))
    kept = tmp_path / "kept"
    shutil.copytree(settings.MEDIA_ROOT, kept / "in")
    unnamed = write("kept/in/a.txt", report_text(STAFF, DATA, title="London Borough of Brent"))
    _empty_the_database()

    call_command("rebuild_site", str(kept), str(file))

    named, other = SourceDocument.objects.order_by("pk")
    assert (named.path, named.authority.slug) == (str(tmp_path / "barnet.txt"), "barnet")
    assert (other.path, other.authority.slug) == (str(unnamed), "brent")


def test_a_database_that_holds_something_is_left_alone(site, tmp_path):
    with pytest.raises(CommandError, match="The database is not empty"):
        call_command("rebuild_site", str(site), str(tmp_path / "none.json"))


def test_what_was_withdrawn_comes_back_withdrawn_and_what_replaced_it_does_not(
    write, tmp_path, settings
):
    ingest(write("brent.txt", report_text(STAFF, DATA, title="London Borough of Brent")))
    ingest(write("barnet.txt", report_text(STAFF, PEOPLE, DATA, title=BARNET)))
    edited = Finding.objects.get(text=PEOPLE)
    change(edited, {"heading": "Ours"}, Why(editor="ada"))
    for document in SourceDocument.objects.all():
        withdraw(document, Why(editor="ada"))
    ingest(write("barnet.txt", report_text(PEOPLE, DATA, LEADERS, title=BARNET)))
    file = tmp_path / "corrections.json"
    call_command("corrections", "export", str(file))
    before = everything()
    assert {row[5] for row in before["findings"]} == {"withdrawn", "published", "gone"}
    kept = Path(settings.MEDIA_ROOT)
    _empty_the_database()
    settings.MEDIA_ROOT = tmp_path / "new"

    call_command("rebuild_site", str(kept), str(file))

    assert everything() == before


def _empty_the_database():
    Correction.objects.all()._raw_delete(connection.alias)
    Conflict.objects.all().delete()
    PublishedOutcome.objects.all().delete()
    Finding.objects.update(status=Finding.Status.PUBLISHED, joined_into=None)
    Finding.objects.all().delete()
    Section.objects.all().delete()
    Assessment.objects.all().delete()
    SourceDocument.objects.update(superseded_by=None)
    SourceDocument.objects.all().delete()
