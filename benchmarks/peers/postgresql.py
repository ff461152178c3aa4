"""PostgreSQL: a stored tsvector with a GIN index; one statement for the total, one for the twenty
best with their headlines, and one GROUP BY for each facet."""

import hashlib
import json
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from benchmarks.peers.rows import COLUMNS, MANY, SINGLE, column_of, rows
from benchmarks.queries import Ask, Filters
from tests.support.postgres import INITDB, Server, find_programs, harmless_user

# Room for a machine of this size; nothing that only a throw-away server may leave out.
SETTINGS = (
    "-c shared_buffers=1GB -c work_mem=64MB -c maintenance_work_mem=512MB -c max_wal_size=4GB"
)

TABLE = """
CREATE TABLE findings (
    id text, text text, heading text,
    {single},
    topic text[], evidence text[],
    words tsvector GENERATED ALWAYS AS (to_tsvector('english', text || ' ' || heading)) STORED
)
"""


def _folder_for(user: str | None, folder: Path) -> Path:
    """Where the server keeps its data: in `folder`, unless its user may not go there, as below the
    home of root."""
    own = folder / "postgresql"
    if user is None:
        return own
    enter = ["test", "-x", folder]
    if subprocess.run(enter, user=user, cwd="/", check=False).returncode == 0:
        return own
    name = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"bench-postgresql-{name}"


@contextmanager
def serving(folder: Path) -> Iterator[psycopg.Connection]:
    """A private server with its data in `folder`; the rows are loaded once."""
    programs = find_programs()
    if programs is None:
        raise FileNotFoundError("PostgreSQL is not installed")
    user = harmless_user()
    server = Server(programs, _folder_for(user, folder), user)
    server.folder.mkdir(exist_ok=True)
    if user:
        shutil.chown(server.folder, user)
    try:
        if not (server.data / "PG_VERSION").exists():
            server.call("initdb", *INITDB)
        only_here = f"-c listen_addresses= -c unix_socket_directories={server.folder}"
        server.call("pg_ctl", "start", "--wait", f"--options={SETTINGS} {only_here}")
        with psycopg.connect(server.url, autocommit=True) as connection:
            _load(connection)
            yield connection
    finally:
        if (server.data / "postmaster.pid").exists():
            server.call("pg_ctl", "stop", "--mode=fast")


def _load(connection: psycopg.Connection) -> None:
    if connection.execute("SELECT to_regclass('findings_words')").fetchone() != (None,):
        return
    connection.execute("DROP TABLE IF EXISTS findings")
    connection.execute(TABLE.format(single=", ".join(f"{column} text" for column in SINGLE)))
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY findings ({', '.join(COLUMNS)}) FROM STDIN") as copy,
    ):
        for *columns, topics, evidence in rows():
            copy.write_row([*columns, json.loads(str(topics)), json.loads(str(evidence))])
    connection.execute("CREATE INDEX findings_words ON findings USING gin (words)")
    connection.execute("VACUUM ANALYZE findings")


class PostgreSQL:
    def __init__(self, connection: psycopg.Connection) -> None:
        self._connection = connection

    def answer(self, ask: Ask) -> int:
        """The total."""
        where, values = _where(ask)
        [total] = self._all(f"SELECT count(*) FROM findings {where}", values)
        self._all(
            "SELECT *, ts_headline('english', text, to_tsquery('english', %(asked)s)) FROM ("
            "SELECT id, text, heading, ts_rank(words, to_tsquery('english', %(asked)s)) AS rank "
            f"FROM findings {where} ORDER BY rank DESC LIMIT 20) AS best",
            values,
        )
        for column in (*SINGLE, *MANY):
            self._count(column, ask)
        return int(str(total[0]))

    def _count(self, column: str, ask: Ask) -> None:
        """The facet's own filter left aside."""
        where, values = _where(ask, without=column)
        value = f"unnest({column})" if column in MANY else column
        self._all(f"SELECT {value} AS value, count(*) FROM findings {where} GROUP BY value", values)

    def _all(self, statement: str, values: dict[str, object]) -> list[tuple[object, ...]]:
        return self._connection.execute(statement, values, prepare=False).fetchall()


def _where(ask: Ask, without: str = "") -> tuple[str, dict[str, object]]:
    conditions = ["words @@ to_tsquery('english', %(asked)s)"]
    values: dict[str, object] = {"asked": _asked(ask)}
    for column, some in _filters(ask.filters, without):
        conditions.append(
            f"{column} && %({column})s" if column in MANY else f"{column} = ANY(%({column})s)"
        )
        values[column] = some
    return f"WHERE {' AND '.join(conditions)}", values


def _filters(filters: Filters, without: str) -> Iterator[tuple[str, list[str]]]:
    for facet, some in filters.items():
        if column_of(facet) != without:
            yield column_of(facet), list(some)


def _asked(ask: Ask) -> str:
    groups = [" | ".join(_phrase(word) for word in group) for group in ask.wanted]
    unwanted = [f"!({_phrase(word)})" for word in ask.unwanted]
    return " & ".join([*(f"({group})" for group in groups), *unwanted])


def _phrase(word: str) -> str:
    if word.endswith("*"):
        return f"{word[:-1]}:*"
    return "(" + " <-> ".join(word.replace("-", " ").split()) + ")"
