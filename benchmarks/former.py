"""The search beside that of an older checkout, on the same findings.

What was found must be found still, in no more than one and a half times the time. Rows are copied
into a database of the older checkout, which builds its own index. Each of the two answers in a
separate process; every question goes to both in turn, and to the new one again with `exact=1`.

    git worktree add /tmp/older fedc79b
    python -m benchmarks former --checkout /tmp/older --findings 1000000
"""

import argparse
import json
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from itertools import chain
from operator import truediv
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import environment
from benchmarks.queries import all_queries
from benchmarks.timing import percentiles

SLOWEST = 5  # questions whose names are printed

# Answers the query of a URL; with `ids`, a path, it writes all public ids there.
Asking = Callable[..., dict[str, Any]]


def main(options: argparse.Namespace) -> dict[str, Any]:
    if not options.checkout:
        sys.exit("Name the older checkout: --checkout /tmp/older (git worktree add makes one).")
    folder = environment.folder_of(options.findings)
    older = folder / "older"
    _fill(options.checkout, folder, older)
    queries = [ask.search_query().query_string() for ask in all_queries()]
    with ExitStack() as processes:
        new = processes.enter_context(_answering(environment.ROOT, folder))
        old = processes.enter_context(_answering(options.checkout, older))
        asking: dict[str, Asking] = {
            "older": old,
            "exact": lambda query: new(f"{query}&exact=1"),
            "widened": new,
        }
        found = [compare_found(query, old, new) for query in queries]
        figures = _times(queries, asking, options.rounds)
    return {
        "questions": len(queries),
        "lost": [one.query for one in found if one.lost],
        "exact_differs": [one.query for one in found if one.exact_differs],
        "found_more": sum(one.more > 0 for one in found),
        **figures,
    }


def _fill(checkout: Path, corpus: Path, folder: Path) -> None:
    """The corpus in the older checkout's tables and index, unless it is there."""
    mark = folder / "filled"
    if mark.exists():
        return
    folder.mkdir(exist_ok=True)
    environment.manage(folder, "migrate", checkout=checkout)
    with closing(sqlite3.connect(folder / "db.sqlite3")) as database:
        database.execute("ATTACH ? AS corpus", [str(corpus / "db.sqlite3")])
        for table in _shared_tables(database):
            both = (_columns(database, schema, table) for schema in ("main", "corpus"))
            columns = ", ".join(sorted(set.intersection(*both)))
            database.execute(f"DELETE FROM main.{table}")
            database.execute(
                f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM corpus.{table}"
            )
        database.commit()
        database.execute("ANALYZE")
        database.commit()
    environment.manage(folder, "reindex", checkout=checkout)
    mark.touch()


def _shared_tables(database: sqlite3.Connection) -> list[str]:
    names = [
        {
            name
            for [name] in database.execute(
                f"SELECT name FROM {schema}.sqlite_master WHERE type = 'table'"
            )
        }
        for schema in ("main", "corpus")
    ]
    return sorted(name for name in names[0] & names[1] if name.startswith("reports_"))


def _columns(database: sqlite3.Connection, schema: str, table: str) -> set[str]:
    return {row[1] for row in database.execute(f"PRAGMA {schema}.table_info({table})")}


@contextmanager
def _answering(checkout: Path, folder: Path) -> Iterator[Asking]:
    """Asks a process that works in `checkout` on the data in `folder`."""
    script = Path(__file__).with_name("answering.py")
    with subprocess.Popen(
        [sys.executable, str(script)],
        cwd=checkout,
        env=environment.variables(folder),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:

        def ask(query: str, **more: str) -> dict[str, Any]:
            assert process.stdin
            assert process.stdout
            process.stdin.write(json.dumps({"query": query, **more}) + "\n")
            process.stdin.flush()
            answer: dict[str, Any] = json.loads(process.stdout.readline())
            if "problems" in answer:
                raise ValueError(answer["problems"])
            return answer

        yield ask
        if process.stdin:
            process.stdin.close()


def _times(queries: list[str], asking: Mapping[str, Asking], rounds: int) -> dict[str, Any]:
    """Milliseconds, and how many times the older one's: by processor time, which other work on the
    machine disturbs least."""
    taken: dict[str, list[list[dict[str, Any]]]] = {name: [] for name in asking}
    for query in queries:
        asked = [[ask(query) for ask in asking.values()] for _ in range(rounds + 1)]
        for name, answers in zip(asking, zip(*asked[1:], strict=True), strict=True):  # 0 warms up
            taken[name].append(list(answers))
    times = {
        name: {
            kind: [[answer[kind] for answer in answers] for answers in by_query]
            for kind in ("clock", "processor")
        }
        for name, by_query in taken.items()
    }
    figures: dict[str, Any] = {
        name: {kind: percentiles(chain(*by_query)) for kind, by_query in kinds.items()}
        for name, kinds in times.items()
    }
    older = times["older"]["processor"]
    for name in ("exact", "widened"):
        own = times[name]["processor"]
        ratios = list(map(truediv, map(median, own), map(median, older)))
        slowest = sorted(zip(ratios, queries, strict=True), reverse=True)[:SLOWEST]
        figures[f"{name}_times_older"] = {
            **{
                share: round(now / figures["older"]["processor"][share], 2)
                for share, now in figures[name]["processor"].items()
            },
            "median_question": round(median(ratios), 2),
            "slowest_questions": {query: round(ratio, 2) for ratio, query in slowest},
            "total": round(sum(chain(*own)) / sum(chain(*older)), 2),
        }
    return figures


@dataclass(frozen=True, slots=True)
class Compared:
    """How many findings the new search lost and found beside those of the older one, and whether
    with `exact=1` it finds others than the older one did."""

    query: str
    lost: int
    more: int
    exact_differs: bool


def compare_found(query: str, old: Asking, new: Asking) -> Compared:
    before, now = _ids(query, old), _ids(query, new)
    exact = _ids(f"{query}&exact=1", new)
    return Compared(query, len(before - now), len(now - before), exact != before)


def _ids(query: str, asking: Asking) -> set[str]:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "ids"
        asking(query, ids=str(path))
        return set(path.read_text("ascii").split())
