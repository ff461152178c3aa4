"""An index that is damaged while it is open is noticed, given up and built again."""

import os
from pathlib import Path
from unittest import mock

import pytest
from django.test import Client
from pytest_django import Settings

from reports.models import Finding, IndexChange
from reports.search import SearchQuery, SearchUnavailableError, catch_up, rebuild, search
from reports.search.engines.configured import current_engine
from reports.search.engines.seam import EngineError, IndexMissingError, Lock
from reports.search.engines.tantivy import engine as tantivy_engine
from reports.search.engines.tantivy.folders import IndexFolders
from reports.search.engines.tantivy.integrity import is_whole
from reports.search.index import outbox, unavailable
from reports.search.language.question import Question
from tests.search.making import found, make_finding, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(settings: Settings) -> Path:
    """The index of two findings, open in this process."""
    section = make_section()
    make_finding("kept one", section=section)
    make_finding("kept two", section=section, position=1)
    assert sorted(found("kept")) == ["kept one", "kept two"]
    root = Path(settings.SEARCH_URL.removeprefix("tantivy:///"))
    return root / (root / "CURRENT").read_text()


def files(folder: Path) -> list[Path]:
    return [path for path in folder.iterdir() if path.suffix not in ("", ".json", ".lock")]


def flip(path: Path) -> None:
    """Other bytes in the middle of a file, its length as before."""
    with path.open("r+b") as file:
        file.seek(path.stat().st_size // 2)
        file.write(os.urandom(32))


def overwrite(path: Path) -> None:
    # Never shorter for a moment: the system ends a process that reads what it had mapped there.
    with path.open("r+b") as file:
        file.write(os.urandom(path.stat().st_size))


def test_what_was_written_is_whole(folder: Path) -> None:
    assert is_whole(folder)


def test_an_index_with_deletions_is_whole(folder: Path) -> None:
    one = Finding.objects.get(text="kept one")
    IndexChange.objects.record([one.public_id])
    one.delete()
    catch_up()
    assert is_whole(folder)


@pytest.mark.parametrize("damage", [flip, overwrite, Path.unlink])
def test_damage_to_any_file_is_found(folder: Path, damage) -> None:
    for number, path in enumerate(files(folder)):
        whole = path.read_bytes()
        damage(path)
        assert not is_whole(folder), (number, path.suffix)
        path.unlink(missing_ok=True)
        path.write_bytes(whole)
    assert is_whole(folder)


@pytest.mark.parametrize("text", ["{", "[]", '{"segments": 1}'])
def test_a_damaged_list_of_files_is_found(folder: Path, text: str) -> None:
    (folder / "meta.json").write_text(text)
    assert not is_whole(folder)


def test_a_small_damaged_index_is_built_again_in_the_same_search(folder: Path) -> None:
    (folder / "meta.json").write_text("{")
    assert sorted(found("kept")) == ["kept one", "kept two"]
    assert not folder.samefile(folder.parent / (folder.parent / "CURRENT").read_text())


def test_a_large_damaged_index_is_searched_by_nobody(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unavailable, "SMALL", 1)
    (folder / "meta.json").write_text("{")

    with pytest.raises(SearchUnavailableError):
        search(SearchQuery())
    assert (folder / "DAMAGED").exists()
    assert IndexFolders(folder.parent, folder.name.rpartition("-")[0]).current() is None
    rebuild()
    assert sorted(found("kept")) == ["kept one", "kept two"]


def test_a_fault_of_the_engine_does_not_cost_the_index(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise ValueError("a query that the engine cannot answer")

    monkeypatch.setattr(tantivy_engine, "Answering", fail)
    with pytest.raises(EngineError):
        current_engine().answer(Question())
    assert not (folder / "DAMAGED").exists()


class PanicException(BaseException):
    """As the one that Tantivy raises, which cannot be imported."""


@pytest.mark.parametrize(
    "words",
    [
        "An IO error occurred: 'Read-only file system (os error 30)'",
        'Failed to acquire Lockfile: IoError(Os { code: 30, message: "Read-only" })',
    ],
)
def test_a_disk_that_is_read_only_does_not_cost_the_index(
    folder: Path, monkeypatch: pytest.MonkeyPatch, client: Client, words: str
) -> None:
    def read_only(*arguments: object) -> None:
        raise ValueError(words)

    with monkeypatch.context() as patch:
        patch.setattr(tantivy_engine, "Answering", read_only)
        response = client.get("/findings/?q=kept")
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "cannot be read or written" in response.content.decode()
    assert sorted(found("kept")) == ["kept one", "kept two"]


def test_where_no_lock_can_be_taken_nobody_holds_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = current_engine()
    read_only = mock.Mock(side_effect=OSError(30, "Read-only file system"))
    monkeypatch.setattr("reports.models.locks.FileLock", read_only)
    assert not engine.is_held(Lock.REBUILDING)
    assert not engine.is_held(Lock.FOLLOWING)


def test_a_panic_over_a_damaged_file_does_not_end_the_site(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def panic(*arguments: object) -> None:
        flip(files(folder)[0])
        raise PanicException

    monkeypatch.setattr(tantivy_engine, "Answering", panic)
    with pytest.raises(IndexMissingError):
        current_engine().answer(Question())


def test_what_cannot_be_indexed_is_saved_and_waits(
    folder: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(*arguments: object) -> None:
        raise OSError(28, "No space left on device")

    make_finding("saved meanwhile", authority="barnet")
    with monkeypatch.context() as patch:
        patch.setattr(outbox, "_write", full)
        assert not outbox.index_latest()
        assert sorted(found("kept")) == ["kept one", "kept two"]
    assert "changes wait in the outbox: [Errno 28] No space left" in caplog.text
    assert "Traceback" not in caplog.text
    assert IndexChange.objects.exists()
    assert found("saved") == ["saved meanwhile"]


class Started:
    """Stands for the process that rebuilds."""

    commands: list[list[str]] = []

    def __init__(self, command: list[str], **options: object) -> None:
        self.commands.append(command)

    def poll(self) -> None:
        return None


@pytest.fixture
def started(folder: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """The commands of rebuilds that were started. The index is away and too large to wait for."""
    settings.REBUILD_INDEX = True
    (folder.parent / "CURRENT").unlink()
    monkeypatch.setattr(unavailable, "SMALL", 1)
    monkeypatch.setattr(unavailable, "_children", [])
    monkeypatch.setattr(Started, "commands", [])
    monkeypatch.setattr("subprocess.Popen", Started)
    return Started.commands


def test_a_large_index_is_built_by_one_process_of_its_own(started: list[list[str]]) -> None:
    for _ in range(3):
        with pytest.raises(SearchUnavailableError, match="is being built"):
            search(SearchQuery())
    assert [command[1:] for command in started] == [["-m", "django", "reindex", "--if-missing"]]


def test_no_rebuild_begins_without_room(
    started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tantivy_engine, "ROOM", 10**18)
    with pytest.raises(SearchUnavailableError, match="is missing"):
        search(SearchQuery())
    assert started == []


def test_no_rebuild_begins_beside_another(started: list[list[str]]) -> None:
    with current_engine().rebuilding(0), pytest.raises(SearchUnavailableError, match="being built"):
        search(SearchQuery())
    assert started == []


def test_no_rebuild_begins_where_the_setting_says_so(
    started: list[list[str]], settings: Settings
) -> None:
    settings.REBUILD_INDEX = False
    with pytest.raises(SearchUnavailableError, match="is missing"):
        search(SearchQuery())
    assert started == []
