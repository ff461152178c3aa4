"""`doctor` names what is wrong and what to do about it."""

import shutil
from collections import namedtuple
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest
from django.core.management import call_command
from django.utils import timezone
from pytest_django import Settings

from reports.models import Correction, Finding, IndexChange
from reports.operations import checkup
from reports.operations.checkup import CHECKS, check_up

Usage = namedtuple("Usage", "free")


def problems_of(name: str) -> list[str]:
    return [problem.what for problem in CHECKS[name]()]


def test_a_sound_site_has_no_problem(seeded: None, settings: Settings, capsys) -> None:
    Path(settings.VAR_DIR).chmod(0o700)
    call_command("doctor")

    assert capsys.readouterr().out.split() == [word for name in CHECKS for word in (name, "ok")]


def test_a_problem_is_said_with_what_to_do_and_fails_the_command(
    seeded: None, settings: Settings, capsys
) -> None:
    shutil.rmtree(settings.SEARCH_URL.removeprefix("tantivy:///"))

    with pytest.raises(SystemExit, match="1"):
        call_command("doctor")
    assert "There is no index to search.\n    Run: manage.py reindex" in capsys.readouterr().out


def test_a_folder_that_all_can_read_is_named(db: None, settings: Settings) -> None:
    Path(settings.VAR_DIR).chmod(0o755)
    assert f"Every user of this machine can read {settings.VAR_DIR}." in problems_of("settings")


def test_an_index_that_has_lost_findings_is_told(seeded: None) -> None:
    published = Finding.objects.published().count()
    Finding.objects.published().first().delete()
    assert problems_of("index") == [
        f"The index holds {published} findings, the database {published - 1}."
    ]


def test_changes_that_wait_too_long_are_counted(seeded: None) -> None:
    IndexChange.objects.record(["waiting"])
    assert problems_of("outbox") == []
    IndexChange.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    assert problems_of("outbox") == [
        "1 changes have waited for the index for more than 10 minutes."
    ]


def test_lost_documents_are_named(seeded: None, settings: Settings) -> None:
    shutil.rmtree(settings.MEDIA_ROOT)
    [problem] = problems_of("documents")
    assert problem.startswith("10 kept files are missing")


def test_a_full_disk_is_told_beforehand(db: None) -> None:
    with mock.patch("shutil.disk_usage", return_value=Usage(999_000_000)):
        assert all("has 999 MB left." in problem for problem in problems_of("disk"))
        assert problems_of("disk")


def test_a_clock_that_is_behind_the_record_is_told(db: None) -> None:
    Correction.objects.create(
        batch="0" * 32,
        action="edit",
        target_kind="finding",
        target_id="x",
        reason="parsing",
        editor="ada",
        made_at=timezone.now() + timedelta(days=1),
    )
    [problem] = problems_of("clock")
    assert problem.endswith("which is in the future.")


def test_a_clock_before_this_program_is_told(db: None) -> None:
    with mock.patch("django.utils.timezone.now", return_value=checkup.EARLIEST - timedelta(1)):
        assert problems_of("clock")[0] == "This machine's clock says 31 December 2025."


def test_a_check_that_cannot_run_says_so(db: None) -> None:
    with mock.patch.object(checkup, "CHECKS", {"disk": mock.Mock(side_effect=OSError("away"))}):
        [(name, [problem])] = check_up()
    assert (name, problem.what) == ("disk", "It could not be checked: away")
