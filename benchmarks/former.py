"""The search beside that of an older checkout, on the same findings.

What was found must be found still, in no more than one and a half times the time. Rows are copied
into a database of the older checkout, which builds its own index. Each of the two answers in a
process of its own; every question goes to both in turn, and to the new one again with `exact=1`.

    git worktree add /tmp/older fedc79b
    python -m benchmarks former --checkout /tmp/older --findings 1000000
"""

import argparse
import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import environment, machine
from benchmarks.lost import Asking, compare_found
from benchmarks.queries import all_queries
from benchmarks.timing import percentiles

SLOWEST = 5  # questions whose names are printed


def main(options: argparse.Namespace) -> None:
    if not options.checkout:
        sys.exit("Name the older checkout: --checkout /tmp/older (git worktree add makes one).")
    folder = environment.folder_of(options.findings)
    older = folder / "older"
    _fill(options.checkout, folder, older)
    queries = [ask.search_query().query_string() for ask in all_queries()]
    with ExitStack() as processes:
        new = processes.enter_context(_answering(environment.ROOT, folder))
        old = processes.enter_context(_answering(options.checkout, older))
        asking: dict[str, Callable[[str], dict[str, Any]]] = {
            "older": old,
            "exact": lambda query: new(f"{query}&exact=1"),
            "widened": new,
        }
        found = [compare_found(query, old, new) for query in queries]
        figures = _times(queries, asking, options.rounds)
    figures = {
        "n": options.findings,
        "machine": machine.describe(),
        "questions": len(queries),
        "lost": [one.query for one in found if one.lost],
        "exact_differs": [one.query for one in found if one.exact_differs],
        "found_more": sum(one.more > 0 for one in found),
        **figures,
    }
    print(json.dumps(figures, indent=1))
    if options.out:
        options.out.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def _fill(checkout: Path, corpus: Path, folder: Path) -> None:
    """The corpus in the older checkout's tables and index, unless it is there."""
    mark = folder / "filled"
    if mark.exists():
        return
    folder.mkdir(exist_ok=True)
    _manage(checkout, folder, "migrate", "--verbosity=0")
    with closing(sqlite3.connect(folder / "db.sqlite3")) as database:
        database.execute("ATTACH ? AS corpus", [str(corpus / "db.sqlite3")])
        for table in _shared_tables(database):
            columns = ", ".join(
                sorted(_columns(database, "main", table) & _columns(database, "corpus", table))
            )
            database.execute(f"DELETE FROM main.{table}")
            database.execute(
                f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM corpus.{table}"
            )
        database.commit()
        database.execute("ANALYZE")
        database.commit()
    _manage(checkout, folder, "reindex")
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


def _manage(checkout: Path, folder: Path, *arguments: str) -> None:
    command = [sys.executable, "manage.py", *arguments]
    subprocess.run(command, cwd=checkout, env=environment.variables(folder), check=True)


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


def _times(
    queries: list[str], asking: dict[str, Callable[[str], dict[str, Any]]], rounds: int
) -> dict[str, Any]:
    """Milliseconds, and how many times the older one's: by processor time, which other work on the
    machine disturbs least."""
    clock: dict[str, list[float]] = {name: [] for name in asking}
    work: dict[str, list[float]] = {name: [] for name in asking}
    by_query: dict[str, list[float]] = {name: [] for name in asking}
    for query in queries:
        asked: dict[str, list[float]] = {name: [] for name in asking}
        for number in range(rounds + 1):
            for name, ask in asking.items():
                answer = ask(query)
                if number:  # the first warms up
                    clock[name].append(answer["ms"])
                    asked[name].append(answer["cpu"])
        for name, times in asked.items():
            work[name] += times
            by_query[name].append(median(times))
    figures: dict[str, Any] = {
        name: {"clock": percentiles(clock[name]), "processor": percentiles(work[name])}
        for name in asking
    }
    for name in ("exact", "widened"):
        times = [
            now / before for now, before in zip(by_query[name], by_query["older"], strict=True)
        ]
        figures[f"{name}_times_older"] = {
            "p50": round(
                figures[name]["processor"]["p50"] / figures["older"]["processor"]["p50"], 2
            ),
            "p95": round(
                figures[name]["processor"]["p95"] / figures["older"]["processor"]["p95"], 2
            ),
            "median_question": round(median(times), 2),
            "slowest_questions": {
                query: round(ratio, 2)
                for ratio, query in sorted(zip(times, queries, strict=True), reverse=True)[:SLOWEST]
            },
            "total": round(sum(work[name]) / sum(work["older"]), 2),
        }
    return figures
