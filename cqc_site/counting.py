"""Counts of requests that all processes of a machine share, for the library `limits`.

They are in a separate small SQLite file, which an ingest never locks and which may be lost. If it
cannot be written, no request is refused.
"""

import sqlite3
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from limits.storage import Storage

SCHEMA = (
    "CREATE TABLE IF NOT EXISTS hits "
    "(name TEXT PRIMARY KEY, amount INTEGER NOT NULL, ends REAL NOT NULL) WITHOUT ROWID"
)
# If a window has ended, a new one begins with this hit.
COUNT = (
    "INSERT INTO hits VALUES (:name, :amount, :ends) ON CONFLICT (name) DO UPDATE SET "
    "amount = CASE WHEN ends <= :now THEN :amount ELSE amount + :amount END, "
    "ends = CASE WHEN ends <= :now THEN :ends ELSE ends END RETURNING amount"
)
SWEEP_EVERY = 500  # hits
PATIENCE = 0.1  # seconds


class SharedCounts(Storage):
    """`shared-counts:////folder/file`: four slashes, since the path begins with one."""

    STORAGE_SCHEME = ["shared-counts"]

    def __init__(self, uri: str, wrap_exceptions: bool = False, **options: Any) -> None:
        super().__init__(uri, wrap_exceptions, **options)
        self._path = Path(urlsplit(uri).path[1:])
        self._own = threading.local()
        self._hits = 0

    @property
    def base_exceptions(self) -> type[Exception]:
        return sqlite3.Error

    def incr(self, key: str, expiry: int, amount: int = 1) -> int:
        now = time.time()
        values = {"name": key, "amount": amount, "ends": now + expiry, "now": now}
        [count] = self._database().execute(COUNT, values).fetchone()
        self._hits += 1
        if self._hits % SWEEP_EVERY == 0:
            self._database().execute("DELETE FROM hits WHERE ends <= ?", [now])
        return int(count)

    def get(self, key: str) -> int:
        row = self._find("amount", key)
        return int(row[0]) if row else 0

    def get_expiry(self, key: str) -> float:
        row = self._find("ends", key)
        return float(row[0]) if row else time.time()

    def check(self) -> bool:
        return bool(self._database().execute("SELECT 1").fetchone())

    def reset(self) -> int:
        return self._database().execute("DELETE FROM hits").rowcount

    def clear(self, key: str) -> None:
        self._database().execute("DELETE FROM hits WHERE name = ?", [key])

    def _find(self, column: str, key: str) -> tuple[Any, ...] | None:
        row: tuple[Any, ...] | None = (
            self._database()
            .execute(
                f"SELECT {column} FROM hits WHERE name = ? AND ends > ?",  # noqa: S608 - a constant
                [key, time.time()],
            )
            .fetchone()
        )
        return row

    def _database(self) -> sqlite3.Connection:
        """One connection per thread."""
        found: sqlite3.Connection | None = getattr(self._own, "database", None)
        if found is None:
            found = sqlite3.connect(self._path, timeout=PATIENCE, isolation_level=None)
            found.execute("PRAGMA journal_mode = WAL")
            found.execute("PRAGMA synchronous = OFF")
            found.execute(SCHEMA)
            self._own.database = found
        return found
