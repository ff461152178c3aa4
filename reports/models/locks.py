"""Locks that all machines of a site share, because they are kept where the database is.

On PostgreSQL a lock belongs to a transaction on a separate connection. The lock ends with that
transaction, also when the process dies. It works behind a pooler that gives each transaction
another connection; a lock of a session would not. With SQLite all processes are on one machine, and
a lock is a file beside the database.
"""

import hashlib
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from pathlib import Path

from django.db import DatabaseError, OperationalError, connection, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from filelock import FileLock, Timeout

from reports.models.reading_from import PRIMARY

POLL = 0.005  # seconds between two tries for a file; `outbox.TURN` is longer
SHORT = 50  # milliseconds
NOT_AVAILABLE = "55P03"  # PostgreSQL's code for a lock that did not come in time

NOW = "SELECT (extract(epoch FROM clock_timestamp()) * 1000000)::bigint"
HOLDERS = """
SELECT count(*) FROM pg_locks JOIN pg_database ON pg_database.oid = pg_locks.database
WHERE locktype = 'advisory' AND granted AND objsubid = 1 AND datname = current_database()
AND (classid::bigint << 32) + objid::bigint = %s
"""


class BusyError(Exception):
    """Another process holds the lock."""


def held(name: str, timeout: float) -> AbstractContextManager[int]:
    """Hold the lock of this name. Of all processes on all machines, one holds it at a time. Waits
    up to `timeout` seconds, then raises BusyError.

    Yields the time in microseconds by one clock for all machines: each holder gets a later one.
    """
    return _in_postgresql(name, timeout) if _is_postgresql() else file_held(_file(name), timeout)


def is_held(name: str) -> bool:
    """Whether any process holds the lock of this name."""
    if not _is_postgresql():
        return file_is_held(_file(name))
    with connections[PRIMARY].cursor() as cursor:
        cursor.execute(HOLDERS, [key_of(name)])
        return bool(cursor.fetchone()[0])


@contextmanager
def file_held(path: Path, timeout: float) -> Iterator[int]:
    """Hold a lock that the processes of this machine share; otherwise as `held`."""
    # A new FileLock each time: two threads of one process must exclude each other too.
    lock = FileLock(path, poll_interval=POLL)
    try:
        lock.acquire(timeout=timeout)
    except Timeout:
        raise BusyError(path.name) from None
    try:
        yield time.time_ns() // 1000
    finally:
        lock.release()


def file_is_held(path: Path) -> bool:
    try:
        with file_held(path, 0):
            return False
    except BusyError:
        return True


@contextmanager
def held_if_free(lock: AbstractContextManager[object]) -> Iterator[None]:
    """Hold the lock, or go on without it if another process holds it."""
    with ExitStack() as stack:
        with suppress(BusyError):
            stack.enter_context(lock)
        yield


@contextmanager
def short_lock_timeout() -> Iterator[None]:
    """Within this block a statement waits at most 50 ms for a lock of the database and then raises
    OperationalError. It is for work that another process can do later, so that no reader has to
    wait for it."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            [usual] = cursor.execute("PRAGMA busy_timeout").fetchone()
            cursor.execute(f"PRAGMA busy_timeout = {SHORT}")
            try:
                yield
            finally:
                cursor.execute(f"PRAGMA busy_timeout = {usual}")
        else:
            with transaction.atomic():
                cursor.execute(f"SET LOCAL lock_timeout = {SHORT}")
                yield
                cursor.execute("SET LOCAL lock_timeout = DEFAULT")


def key_of(name: str) -> int:
    """The number by which PostgreSQL knows the lock of this name."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:8]) >> 2


@contextmanager
def _in_postgresql(name: str, timeout: float) -> Iterator[int]:
    own: BaseDatabaseWrapper = connections[PRIMARY].copy()
    try:
        own.set_autocommit(False)
        with own.cursor() as cursor:
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
            own.rollback()
        own.close()


def _file(name: str) -> Path:
    database = Path(connections[PRIMARY].settings_dict["NAME"])
    return database.with_name(f"{database.name}.{key_of(name):x}.lock")


def _is_postgresql() -> bool:
    return connections[PRIMARY].vendor == "postgresql"
