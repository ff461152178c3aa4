"""A fault in one document fails only that document. A fault of the machine ends the run."""

import errno
import os
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.db import OperationalError

from reports.ingest import IngestResult, IngestStatus, ingest_paths, parse_document
from reports.models import SourceDocument
from reports.parsing import parse_report
from tests.ingest.conftest import DATA, STAFF, report_text

pytestmark = pytest.mark.django_db


def ingest_between_sound_ones(write, path: Path):
    """The result of the document in the middle, and whether the others were stored."""
    sound = [write("a.txt", report_text(STAFF)), write("z.txt", report_text(DATA))]
    first, outcome, last = ingest_paths([sound[0], path, sound[1]])
    assert (first.status, last.status) == (IngestStatus.CREATED, IngestStatus.CREATED)
    return outcome.status, [problem.code for problem in outcome.problems]


def test_a_path_that_is_too_long(write, tmp_path: Path) -> None:
    deep = tmp_path / ("x" * 200) / ("y" * 200) / ("z" * 150)
    deep.mkdir(parents=True)
    path = deep / "report.txt"
    path.write_text(report_text(STAFF, "Another paragraph."))

    assert ingest_between_sound_ones(write, path) == (IngestStatus.FAILED, ["path-too-long"])


def test_a_file_name_that_is_not_text(write, tmp_path: Path, capsys) -> None:
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.txt"))
    path.write_text(report_text(STAFF, "Another paragraph."))

    assert ingest_between_sound_ones(write, path) == (IngestStatus.FAILED, ["name-not-utf-8"])
    with pytest.raises(SystemExit):
        call_command("ingest", str(tmp_path))
    assert "caf\N{REPLACEMENT CHARACTER}.txt: The file's name is not in UTF-8." in (
        capsys.readouterr().err
    )


def test_a_heading_that_is_too_long_is_not_a_fault(write) -> None:
    path = write("b.txt", report_text(f"{'Heading ' * 60}", STAFF, "More words are here."))
    status, _ = ingest_between_sound_ones(write, path)
    assert status is IngestStatus.CREATED


def test_nul_characters_do_no_harm(write) -> None:
    path = write("b.txt", report_text(STAFF.replace(" ", "\0 "), "More\0words are here."))
    status, _ = ingest_between_sound_ones(write, path)
    assert status in (IngestStatus.CREATED, IngestStatus.FAILED)
    assert not any("\0" in document.read_text() for document in SourceDocument.objects.all())


def test_a_parser_that_fails_at_one_document(write) -> None:
    real = parse_report

    def fail(text: str, name: str, address: str = ""):
        if "Fail here" in text:
            raise RecursionError("too deep")
        return real(text, name, address)

    path = write("b.txt", report_text("Fail here."))
    with mock.patch("reports.ingest.run.parse_report", fail):
        assert ingest_between_sound_ones(write, path) == (IngestStatus.FAILED, ["program-fault"])
        told = parse_document(path, path.read_bytes())
    assert isinstance(told, IngestResult)
    assert [problem.message for problem in told.problems] == [
        "The program failed at this document, so nothing of it is stored. The log says why."
    ]


@pytest.mark.parametrize(
    "fault", [OSError(errno.ENOSPC, "No space left on device"), OperationalError("is locked")]
)
def test_a_fault_of_the_machine_ends_the_run_with_a_sentence(write, fault: Exception) -> None:
    path = write("a.txt", report_text(STAFF))
    with (
        mock.patch("reports.ingest.run.store_content", side_effect=fault),
        pytest.raises(CommandError, match="The run has ended early: "),
    ):
        call_command("ingest", str(path))
    assert not SourceDocument.objects.exists()
