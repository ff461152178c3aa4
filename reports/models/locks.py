"""Locks that all machines of a site share, because they are kept where the database is.

On PostgreSQL a lock belongs to a transaction on a separate connection. The lock ends with that
transaction, also when the process dies. It works behind a pooler that gives each transaction
another connection; a lock of a session would not. With SQLite all processes are on one machine, and
a lock is a file beside the database.
"""

import hashlib
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.db import DatabaseError, OperationalError, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from filelock import FileLock, Timeout

from reports.models.reading_from import PRIMARY

POLL = 0.005  # seconds between two tries for a file
NOT_AVAILABLE = "55P03"  # PostgreSQL's code for a lock that did not come in time

NOW = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
HOLDERS = """
SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND datname = current_database()
AND (classid::bigint << 32) + objid::bigint = %s
"""


class BusyError(Exception):
    """Another process holds the lock."""


@contextmanager
def held(name: str, timeout: float) -> Iterator[int]:
    """Hold the lock of this name. Of all processes on all machines, one holds it at a time. Waits
    up to `timeout` seconds, then raises BusyError.

    Yields the time in microseconds by one clock for all machines: each holder gets a later one.
    """
    lock = _in_postgresql if _is_postgresql() else _in_a_file
    with lock(name, timeout) as now:
        yield now


def is_held(name: str) -> bool:
    """Whether any process holds the lock of this name."""
    if not _is_postgresql():
        try:
            with _in_a_file(name, 0):
                return False
        except BusyError:
            return True
    with connections[PRIMARY].cursor() as cursor:
        cursor.execute(HOLDERS, [key_of(name)])
        return bool(cursor.fetchone()[0])


def key_of(name: str) -> int:
    """The number by which PostgreSQL knows the lock of this name."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) >> 2


@contextmanager
def _in_postgresql(name: str, timeout: float) -> Iterator[int]:
    connection: BaseDatabaseWrapper = connections[PRIMARY].copy()
    try:
        connection.set_autocommit(False)
        with connection.cursor() as cursor:
            # A server may be set to end transactions that do nothing, and this one does nothing
            # while its holder works.
            cursor.execute("SET LOCAL idle_in_transaction_session_timeout = 0")
            cursor.execute(f"SET LOCAL lock_timeout = {max(1, int(timeout * 1000))}")
            try:
                cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key_of(name)])
            except OperationalError as error:
                if getattr(error.__cause__, "sqlstate", "") == NOT_AVAILABLE:
                    raise BusyError(name) from None
                raise
            cursor.execute(NOW)
            [now] = cursor.fetchone()
        yield now
    finally:
        # The server frees the lock before it answers this. After a mere close it may take a moment.
        with suppress(DatabaseError):
            connection.rollback()
        connection.close()


@contextmanager
def _in_a_file(name: str, timeout: float) -> Iterator[int]:
    database = Path(connections[PRIMARY].settings_dict["NAME"])
    # A new FileLock each time: two threads of one process must exclude each other too.
    lock = FileLock(
        database.with_name(f"{database.name}.{key_of(name):x}.lock"), poll_interval=POLL
    )
    try:
        lock.acquire(timeout=timeout)
    except Timeout:
        raise BusyError(name) from None
    try:
        yield time.time_ns() // 1000
    finally:
        lock.release()


def _is_postgresql() -> bool:
    return connections[PRIMARY].vendor == "postgresql"
