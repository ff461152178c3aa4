"""Readers' pages from a read replica, on two real PostgreSQL servers."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.support.postgres import HOW, find_programs

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def story() -> dict[str, Any]:
    if find_programs() is None:
        pytest.skip(HOW)
    command = [sys.executable, "-m", "tests.support.replicated_site"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr
    told: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return told


def test_a_readers_page_is_read_from_the_replica(story):
    assert story["both there"] == {
        "status": 200,
        "read from": ["replica1"],
        "notice": False,
        "found": True,
    }


@pytest.mark.parametrize("who", ["just after sending", "signed in"])
def test_those_who_may_have_written_read_from_the_primary(story, who):
    assert story[who]["read from"] == ["default"]


def test_a_replica_that_is_behind_is_not_read(story):
    assert story["replica behind"]["status"] == 200
    assert story["replica behind"]["read from"] == ["default"]


def test_a_lost_replica_is_not_an_error(story):
    lost = story["replica lost"]

    assert (lost["status"], lost["found"], lost["notice"]) == (200, True, False)
    assert "default" in lost["read from"]


def test_a_replica_that_comes_back_is_read_again(story):
    assert story["replica back"]["read from"] == ["replica1"]


def test_without_the_primary_readers_read_and_are_told(story):
    lost = story["primary lost"]

    assert (lost["status"], lost["found"], lost["notice"]) == (200, True, True)
    assert lost["read from"] == ["replica1"]


def test_without_the_primary_an_editor_is_told_so(story):
    assert story["primary lost"]["editor"] == 503


def test_all_is_well_when_the_primary_is_back(story):
    assert (story["primary back"]["status"], story["primary back"]["notice"]) == (200, False)
