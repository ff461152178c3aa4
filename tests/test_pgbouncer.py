"""The site behind pgbouncer in transaction mode, which gives each transaction another connection.

What depends on that is tested again with the pooler in between: locks, the outbox, saving, reading
in parts.
"""

import os
import subprocess
import sys

import pytest

from tests.support import pgbouncer
from tests.support.postgres import find_programs

WHAT = (
    "tests/models/test_locks.py",
    "tests/search/index/test_outbox.py",
    "tests/search/index/test_several_indexes.py",
    "tests/corrections/test_record.py",
    "tests/search/test_every_id.py",
)


def test_the_site_works_behind_a_pooler() -> None:
    if find_programs() is None or pgbouncer.program() is None:
        pytest.skip(pgbouncer.HOW)
    # The pooler keeps connections to the database of the tests, so that it cannot be dropped.
    test = [
        sys.executable,
        "-m",
        "pytest",
        "--quiet",
        "--reuse-db",
        "-p",
        "no:cacheprovider",
        *WHAT,
    ]
    done = subprocess.run(
        [sys.executable, "-m", "tests.support.pgbouncer", "--", *test],
        env=os.environ | {"DATABASE_POOLED": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3_000:] + done.stderr[-3_000:]
    assert " passed" in done.stdout
