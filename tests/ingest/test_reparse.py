"""The kept originals can be read again by a new parser or with new rules."""

import pytest
from django.core.management import call_command

from reports.corrections import Why, change
from reports.inference import Labels
from reports.ingest import IngestStatus
from reports.ingest import reparse as read_again
from reports.models import Conflict, Finding, SourceDocument
from reports.parsing import ProblemRecord, ReadError
from tests.ingest.conftest import PEOPLE, STAFF, report_text
from tests.support.ingesting import ingest

pytestmark = pytest.mark.django_db


@pytest.fixture
def report(write):
    path = write("report.txt", report_text(STAFF, PEOPLE))
    ingest(path)
    path.unlink()


def reparse(capsys):
    call_command("reparse")
    return capsys.readouterr().out


def test_the_same_parser_changes_nothing(report, capsys):
    assert reparse(capsys) == "Documents: 0 updated, 1 unchanged, 0 failed.\n"


def test_inferred_topics_follow_and_edited_ones_stay(report, capsys, monkeypatch):
    followed, edited = Finding.objects.all()
    change(edited, {"topics": ["complaints"]}, Why(editor="ada"))
    monkeypatch.setattr(
        "reports.parsing.sections.infer", lambda *about: Labels(topics=("peer-review",))
    )

    assert reparse(capsys) == "Documents: 1 updated, 0 unchanged, 0 failed.\n"

    followed.refresh_from_db()
    edited.refresh_from_db()
    assert (followed.topics, edited.topics) == (["peer-review"], ["complaints"])
    assert Conflict.objects.get().field == "topics"


def test_an_original_that_cannot_be_read_any_more_is_named_and_keeps_its_rows(
    report, capsys, monkeypatch
):
    def refuse(*about):
        raise ReadError("the file is damaged", "damaged", 3)

    monkeypatch.setattr("reports.ingest.run.read_document", refuse)

    result = read_again(SourceDocument.objects.get())

    assert result.status is IngestStatus.FAILED
    assert result.path.endswith("report.txt")
    assert result.problems == (ProblemRecord("damaged", "the file is damaged", 3),)
    assert Finding.objects.published().count() == 2
