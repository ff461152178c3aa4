"""After a run was killed with SIGKILL, the next one completes it and stores nothing twice."""

import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.ingest.conftest import DATA, LEADERS, PEOPLE, STAFF, report_text

ROOT = Path(__file__).parents[2]
DOCUMENTS = 12


@pytest.fixture(scope="module")
def migrated(tmp_path_factory):
    """A database without rows. All tests start with a copy: migrating takes seconds."""
    folder = tmp_path_factory.mktemp("migrated")
    with start(folder, "migrate", "--verbosity=0") as migration:
        migration.communicate()
    return folder / "db.sqlite3"


def start(folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Starts manage.py on the database, documents and index in `folder`."""
    environment = os.environ | {
        "VAR_DIR": str(folder / "var"),
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "SEARCH_URL": f"tantivy:///{folder}/index",
        "PYTHONUNBUFFERED": "1",
    }
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )


@pytest.mark.parametrize("lines_seen", [1, 6, DOCUMENTS])
def test_a_killed_run_is_completed_by_the_next(migrated, write, tmp_path, lines_seen):
    for number in range(DOCUMENTS):
        own = f"Report {number} stands apart: partners told us about its {number} boards."
        write(f"in/{number}.txt", report_text(own, STAFF, PEOPLE, DATA, LEADERS))
    folder = str(tmp_path / "in")
    shutil.copy(migrated, tmp_path)

    with start(tmp_path, "ingest", folder) as killed:
        for _ in range(lines_seen):
            assert killed.stdout.readline().startswith("created")
        killed.send_signal(signal.SIGKILL)
    with start(tmp_path, "ingest", folder) as completing:
        completing.communicate()
    with start(tmp_path, "ingest", folder) as checking:
        report, _ = checking.communicate()

    assert (killed.returncode, completing.returncode, checking.returncode) == (-9, 0, 0)
    assert report.count("unchanged ") == DOCUMENTS + 1
    with closing(sqlite3.connect(tmp_path / "db.sqlite3")) as database:
        counts = database.execute(
            "SELECT (SELECT count(*) FROM reports_sourcedocument), "
            "(SELECT count(*) FROM reports_section), (SELECT count(*) FROM reports_finding), "
            "(SELECT count(*) FROM reports_indexchange)"
        ).fetchone()
    assert counts == (DOCUMENTS, DOCUMENTS, DOCUMENTS * 5, 0)
