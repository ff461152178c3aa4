"""A backup holds everything at one moment, and a restore gives back every row and every byte."""

import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from django.conf import settings as site
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from pytest_django import Settings

from reports.ingest import ingest_paths
from reports.models import Authority, Finding, SourceDocument
from reports.operations.backups import BackupError, back_up, restore
from reports.search import SearchQuery, search
from tests.ingest.conftest import STAFF, report_text, write
from tests.support.seeds import MadeOnce

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["write"]

# Rows that every `migrate` and every `restore` writes for itself.
# Indexes are built again, and told of changes from then on.
OWN = {"django_migrations", "reports_searchindex", "sqlite_sequence"}


# Rows that an ingest writes and never changes: a backup taken meanwhile has them as they are.
WRITTEN_ONCE = ("reports_sourcedocument", "reports_paragraph", "auth_user")


@pytest.fixture
def seeded(transactional_db: None, seeded_once: MadeOnce) -> None:
    seeded_once.put()
    User.objects.create_user("ada", password="a password")


def all_rows() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    rows = {}
    with connection.cursor() as cursor:
        for table in set(connection.introspection.table_names()) - OWN:
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows[table] = sorted(cursor.fetchall(), key=repr)
    return rows


def all_files() -> dict[str, bytes]:
    folder = Path(site.MEDIA_ROOT)
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def test_what_is_restored_is_equal_row_for_row_and_byte_for_byte(
    seeded: None, tmp_path: Path
) -> None:
    rows, files = all_rows(), all_files()
    call_command("backup", str(tmp_path / "backup"), verbosity=0)
    Finding.objects.update(text="lost")
    User.objects.all().delete()
    shutil.rmtree(site.MEDIA_ROOT)

    call_command("restore", str(tmp_path / "backup"), "--replace")

    assert all_rows() == rows
    assert all_files() == files
    assert search(SearchQuery(q="training")).total > 0


def test_what_comes_after_a_restore_gets_numbers_of_its_own(
    seeded: None, tmp_path: Path, write
) -> None:
    back_up(tmp_path / "backup")
    restore(tmp_path / "backup", replace=True)
    before = SourceDocument.objects.count()

    list(ingest_paths([write("new.txt", report_text(STAFF))]))

    assert SourceDocument.objects.count() == before + 1


def test_a_backup_taken_while_an_ingest_runs_holds_all_it_names(
    seeded: None, tmp_path: Path, write
) -> None:
    paths = [write(f"{n}.txt", report_text(f"{STAFF} Number {n} of all.")) for n in range(30)]
    under_way = threading.Event()

    def ingest_all() -> None:
        for _ in ingest_paths(paths):
            under_way.set()
        connection.close()

    ingest = threading.Thread(target=ingest_all)
    ingest.start()
    under_way.wait(60)
    manifest = back_up(tmp_path / "backup")
    ingest.join()
    in_the_end = all_rows()
    restore(tmp_path / "backup", replace=True)

    restored = all_rows()
    for table in WRITTEN_ONCE:
        assert restored[table]
        assert set(map(repr, restored[table])) <= set(map(repr, in_the_end[table]))
    assert SourceDocument.objects.count() == manifest.rows["reports_sourcedocument"]
    for document in SourceDocument.objects.all():
        assert document.read_text()
        assert document.paragraphs.exists()


def test_a_folder_that_holds_something_is_left_alone(seeded: None, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(CommandError, match="is not empty"):
        call_command("backup", str(tmp_path))


def test_rows_are_not_thrown_away_unasked(seeded: None, tmp_path: Path) -> None:
    back_up(tmp_path / "backup")

    with pytest.raises(CommandError, match="add --replace"):
        call_command("restore", str(tmp_path / "backup"))


@pytest.mark.parametrize("damage", ["database", "documents"])
def test_a_damaged_backup_changes_nothing(seeded: None, tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "backup"
    back_up(folder)
    victim = next(path for path in sorted((folder / damage).rglob("*")) if path.is_file())
    victim.write_bytes(victim.read_bytes() + b"x")
    rows = all_rows()

    with pytest.raises(BackupError, match=f"Missing or damaged in the backup: {damage}/"):
        restore(folder, replace=True)
    assert all_rows() == rows


def test_a_backup_that_did_not_end_is_not_accepted(seeded: None, tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    back_up(folder)
    (folder / "manifest.json").unlink()

    with pytest.raises(BackupError, match="is not a complete backup"):
        restore(folder, replace=True)


def test_a_backup_of_another_database_program_is_refused(seeded: None, tmp_path: Path) -> None:
    folder = tmp_path / "backup"
    back_up(folder)
    manifest = json.loads((folder / "manifest.json").read_text())
    (folder / "manifest.json").write_text(json.dumps(manifest | {"vendor": "oracle"}))

    with pytest.raises(BackupError, match="a backup of oracle"):
        restore(folder, replace=True)


def test_a_document_that_is_damaged_is_named_when_it_is_backed_up(
    seeded: None, tmp_path: Path, settings: Settings
) -> None:
    victim = next(Path(settings.MEDIA_ROOT).rglob("*.txt"))
    victim.write_text("other words")

    with pytest.raises(BackupError, match=f"{victim.name} is damaged"):
        back_up(tmp_path / "backup")


def test_the_whole_journey_by_commands(tmp_path: Path) -> None:
    def manage(var: str, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            env={"PATH": "/usr/bin:/bin", "VAR_DIR": str(tmp_path / var)},
            cwd=site.BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    manage("old", "migrate", "--verbosity=0")
    manage("old", "backup", str(tmp_path / "kept"))
    manage("new", "restore", str(tmp_path / "kept"))

    assert "database   ok" in manage("new", "doctor")
    assert Authority.objects.count() == 153
