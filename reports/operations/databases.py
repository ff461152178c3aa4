"""Writes all rows of a database to files and reads them back, in the form of the database program.

SQLite: one file, made by SQLite's own backup. PostgreSQL: one file per table, by COPY, in one
transaction, without another program.
"""

import sqlite3
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from reports.models import SearchIndex

SQLITE_FILE = "database.sqlite3"
CHUNK = 1024 * 1024


def save(folder: Path) -> dict[str, int]:
    """Write the database as it is at one moment, while others may go on writing. Returns how
    many rows of each table were written."""
    if connection.vendor == "sqlite":
        return _save_sqlite(folder / SQLITE_FILE)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return {table: _copy_out(cursor, table, folder) for table in _tables()}


def load(folder: Path, migrations: Iterable[tuple[str, str]]) -> None:
    """Replace everything in the database by what `save` wrote, and migrate it to this program's
    version. `migrations` are those of the backup."""
    if connection.vendor == "sqlite":
        _load_sqlite(folder / SQLITE_FILE)
    else:
        _drop_all()
        # Without the signals of `migrate`: their receivers know the tables of today.
        MigrationExecutor(connection).migrate(_latest(migrations))
        with transaction.atomic():
            _copy_in(folder)
    call_command("migrate", verbosity=0)
    # The indexes of all machines were made from other rows, so each is built again.
    SearchIndex.objects.all().delete()
    ContentType.objects.clear_cache()


def is_empty() -> bool:
    """Whether the database has no rows that a restore would destroy."""
    tables = connection.introspection.table_names()
    for table in ("reports_sourcedocument", "reports_correction", "auth_user"):
        if table in tables:
            with connection.cursor() as cursor:
                cursor.execute(f"SELECT 1 FROM {_quoted(table)} LIMIT 1")  # noqa: S608 - a constant
                if cursor.fetchone():
                    return False
    return True


def applied_migrations() -> list[tuple[str, str]]:
    """App and name, in the order in which they were applied."""
    rows = MigrationRecorder(connection).migration_qs.order_by("id")
    return list(rows.values_list("app", "name"))


def _save_sqlite(path: Path) -> dict[str, int]:
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        connection.connection.backup(copy)
        # So that this one file holds the whole database, without a separate log.
        copy.execute("PRAGMA journal_mode = DELETE")
        return {
            table: copy.execute(f"SELECT count(*) FROM {_quoted(table)}").fetchone()[0]  # noqa: S608 - from the schema
            for table in _tables()
        }


def _load_sqlite(path: Path) -> None:
    connection.ensure_connection()
    with closing(sqlite3.connect(path)) as copy:
        [fault] = copy.execute("PRAGMA quick_check").fetchone()
        if fault != "ok":
            raise ValueError(f"{path.name} is damaged: {fault}")
        copy.backup(connection.connection)


def _copy_out(cursor: Any, table: str, folder: Path) -> int:
    with (
        (folder / f"{table}.copy").open("wb") as file,
        cursor.copy(f"COPY {_quoted(table)} TO STDOUT") as rows,
    ):
        for chunk in rows:
            file.write(chunk)
    return int(cursor.rowcount)


def _copy_in(folder: Path) -> None:
    tables = [path.stem for path in sorted(folder.glob("*.copy"))]
    with connection.cursor() as cursor:
        cursor.execute(f"TRUNCATE {', '.join(map(_quoted, _tables()))} CASCADE")
        for table in tables:
            with (
                (folder / f"{table}.copy").open("rb") as file,
                cursor.copy(f"COPY {_quoted(table)} FROM STDIN") as rows,
            ):
                while chunk := file.read(CHUNK):
                    rows.write(chunk)
        for sequence in connection.introspection.sequence_list():
            _continue_sequence(cursor, sequence["table"], sequence["column"])


def _continue_sequence(cursor: Any, table: str, column: str) -> None:
    """Set the sequence so that the next row gets a number above the highest."""
    cursor.execute(
        f"SELECT setval(pg_get_serial_sequence(%s, %s), "  # noqa: S608 - from the schema
        f"coalesce(max({_quoted(column)}), 1), max({_quoted(column)}) IS NOT NULL) "
        f"FROM {_quoted(table)}",
        [_quoted(table), column],
    )


def _drop_all() -> None:
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        if tables:
            cursor.execute(f"DROP TABLE {', '.join(map(_quoted, tables))} CASCADE")


def _latest(migrations: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The last migration of each app, the app that was finished first coming first."""
    last: dict[str, str] = {}
    for app, name in migrations:
        last.pop(app, None)
        last[app] = name
    return list(last.items())


def _tables() -> list[str]:
    return sorted(connection.introspection.table_names())


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
