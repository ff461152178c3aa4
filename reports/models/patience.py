from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

MILLISECONDS = 50


@contextmanager
def impatient() -> Iterator[None]:
    """Within this block a statement waits at most 50 ms for a lock of the database and then raises
    OperationalError. It is for work that another process can do later, so that no reader has to
    wait for it."""
    if connection.vendor == "sqlite":
        with _busy_timeout():
            yield
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL lock_timeout = {MILLISECONDS}")
            yield
            cursor.execute("SET LOCAL lock_timeout = DEFAULT")


@contextmanager
def _busy_timeout() -> Iterator[None]:
    with connection.cursor() as cursor:
        [usual] = cursor.execute("PRAGMA busy_timeout").fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {MILLISECONDS}")
        try:
            yield
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
