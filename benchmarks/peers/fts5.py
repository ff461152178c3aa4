"""SQLite's FTS5: one statement for the total, one for the twenty best with their snippets, and one
GROUP BY for each facet."""

import sqlite3
import tempfile
import time
from pathlib import Path
from typing import Any

from benchmarks.peers.rows import COLUMNS, MANY, SINGLE, column_of, rows
from benchmarks.queries import Ask, Filters

TOKENIZE = "tokenize = 'porter unicode61 remove_diacritics 2'"
TABLES = f"""
CREATE TABLE findings ({", ".join(COLUMNS)});
CREATE VIRTUAL TABLE findings_fts USING fts5(text, heading, content = 'findings', {TOKENIZE});
"""


def make_database(folder: Path) -> Path:
    """Made once; Datasette serves the same."""
    path = folder / "peers.db"
    if not path.exists():
        new = path.with_suffix(".new")
        new.unlink(missing_ok=True)
        with sqlite3.connect(new) as database:
            database.executescript(f"PRAGMA synchronous = OFF; {TABLES}")
            marks = ", ".join("?" * len(COLUMNS))
            database.executemany(f"INSERT INTO findings VALUES ({marks})", rows())
            database.execute("INSERT INTO findings_fts (findings_fts) VALUES ('rebuild')")
            database.execute("INSERT INTO findings_fts (findings_fts) VALUES ('optimize')")
            database.execute("ANALYZE")
        database.close()
        new.rename(path)
    return path


def seconds_to_index(database: Path) -> float:
    """Of the words alone, without facets, in a file that is thrown away."""
    with tempfile.TemporaryDirectory() as folder, sqlite3.connect(database) as connection:
        connection.execute("ATTACH ? AS made", [str(Path(folder) / "made.db")])
        connection.execute("PRAGMA made.synchronous = OFF")
        connection.execute(
            f"CREATE VIRTUAL TABLE made.words USING fts5(text, heading, content = '', {TOKENIZE})"
        )
        began = time.perf_counter()
        connection.execute(
            "INSERT INTO made.words (rowid, text, heading) "
            "SELECT rowid, text, heading FROM findings"
        )
        connection.commit()
        seconds = time.perf_counter() - began
    connection.close()
    return seconds


class Fts5:
    def __init__(self, database: Path) -> None:
        self._connection = sqlite3.connect(database)
        self._connection.executescript(
            "PRAGMA query_only = ON; PRAGMA mmap_size = 268435456; PRAGMA cache_size = -20000;"
        )

    def answer(self, ask: Ask) -> int:
        """The total."""
        where, values = _where(ask.filters)
        match = expression(ask)
        found = f"FROM findings JOIN findings_fts ON findings_fts.rowid = findings.rowid {where}"
        [[total]] = self._all(f"SELECT count(*) {found}", match, *values)
        self._all(
            "SELECT findings.*, snippet(findings_fts, 0, '<mark>', '</mark>', '…', 48) "
            f"{found} ORDER BY findings_fts.rank LIMIT 20",
            match,
            *values,
        )
        for column in (*SINGLE, *MANY):
            self._count(column, ask, match)
        return int(total)

    def _count(self, column: str, ask: Ask, match: str) -> None:
        """The facet's own filter left aside."""
        others = {name: some for name, some in ask.filters.items() if column_of(name) != column}
        where, values = _where(others)
        value, also = column, ""
        if column in MANY:
            value, also = "each.value", f", json_each(findings.{column}) AS each"
        self._all(
            f"SELECT {value}, count(*) FROM findings "
            f"JOIN findings_fts ON findings_fts.rowid = findings.rowid{also} {where} GROUP BY 1",
            match,
            *values,
        )

    def _all(self, statement: str, *values: str) -> list[tuple[Any, ...]]:
        return self._connection.execute(statement, values).fetchall()


def expression(ask: Ask) -> str:
    """As FTS5 writes it."""
    groups = [" OR ".join(_quoted(word) for word in group) for group in ask.wanted]
    wanted = " AND ".join(f"({group})" for group in groups)
    return " NOT ".join([wanted, *(_quoted(word) for word in ask.unwanted)])


def _quoted(word: str) -> str:
    return f'"{word[:-1]}" *' if word.endswith("*") else f'"{word}"'


def _where(filters: Filters) -> tuple[str, list[str]]:
    conditions = ["findings_fts MATCH ?"]
    values: list[str] = []
    for facet, some in filters.items():
        column, marks = column_of(facet), ", ".join("?" * len(some))
        if facet in MANY:
            conditions.append(
                f"EXISTS (SELECT 1 FROM json_each(findings.{column}) WHERE value IN ({marks}))"
            )
        else:
            conditions.append(f"findings.{column} IN ({marks})")
        values += some
    return f"WHERE {' AND '.join(conditions)}", values
