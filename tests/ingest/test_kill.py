"""A run killed with SIGKILL is completed by the next one, with nothing twice."""

import os
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


@pytest.fixture
def manage(tmp_path):
    """Starts manage.py on a database, documents and an index of its own."""
    environment = os.environ | {
        "VAR_DIR": str(tmp_path / "var"),
        "DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3",
        "SEARCH_URL": f"tantivy:///{tmp_path}/index",
        "PYTHONUNBUFFERED": "1",
    }

    def start(*arguments: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )

    return start


@pytest.mark.parametrize("lines_seen", [1, 6, DOCUMENTS])
def test_a_killed_run_is_completed_by_the_next(manage, write, tmp_path, lines_seen):
    for number in range(DOCUMENTS):
        own = f"Report {number} stands apart: partners told us about its {number} boards."
        write(f"in/{number}.txt", report_text(own, STAFF, PEOPLE, DATA, LEADERS))
    folder = str(tmp_path / "in")
    with manage("migrate", "--verbosity=0") as migration:
        migration.communicate()

    with manage("ingest", folder) as killed:
        for _ in range(lines_seen):
            assert killed.stdout.readline().startswith("created")
        killed.send_signal(signal.SIGKILL)
    with manage("ingest", folder) as completing:
        completing.communicate()
    with manage("ingest", folder) as checking:
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
