"""Search and page beside the bare engine, and beside what people would otherwise use.

First the answers of the engine and of the search are found equal; then all are timed side by side.
"""

import argparse
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.urls import reverse

from benchmarks import environment, keeping, machine
from benchmarks.equal import check_equal
from benchmarks.floor import Floor
from benchmarks.peers import datasette, fts5, opensearch, postgresql
from benchmarks.queries import Ask, all_queries
from benchmarks.serving import site
from benchmarks.timing import Peer, side_by_side, warm_up
from reports.search import search

NAMES = (
    "floor",
    "search",
    "exact",
    "page",
    "empty_page",
    "opensearch",
    "datasette",
    "fts5",
    "postgresql",
)
SECONDS = 60.0  # for each slow peer
NOTHING = "zzyzzyxqj"


def main(options: argparse.Namespace) -> dict[str, Any]:
    folder = environment.folder_of(options.findings)
    figures: dict[str, Any] = {}
    if not options.only:
        figures["keeping"] = keeping.measure(folder, options.findings)
    asks = all_queries()
    floor = Floor(environment.index_of(folder))
    totals = check_equal(floor, asks)
    figures["matches"] = {"least": min(totals), "most": max(totals)}
    with ExitStack() as servers:
        peers = list(_peers(folder, floor, options.only or NAMES, servers, figures))
        warm_up(peers, asks)
        seconds = SECONDS if options.seconds is None else options.seconds
        times = side_by_side(peers, asks, options.rounds, seconds)
    return figures | {name: some.figures() for name, some in times.items()}


def _peers(
    folder: Path, floor: Floor, wanted: list[str], servers: ExitStack, figures: dict[str, Any]
) -> Iterator[Peer]:
    """With their servers, which stop when `servers` is closed."""
    in_process: dict[str, Callable[[Ask], object]] = {
        "floor": floor.answer,
        "search": lambda ask: search(ask.search_query()),
        "exact": lambda ask: search(ask.search_query(exact=True)),
    }
    yield from (Peer(name, answer) for name, answer in in_process.items() if name in wanted)
    if {"page", "empty_page"} & set(wanted):
        ours = servers.enter_context(site(folder))
        servers.callback(lambda: figures.update(memory=machine.memory_of_workers(ours.pid)))
        path = reverse("findings")
        yield Peer("page", lambda ask: ours.get(f"{path}?{ask.search_query().query_string()}"))
        yield Peer("empty_page", lambda ask: ours.get(f"{path}?q={quote(NOTHING)}"))
    if "opensearch" in wanted:
        built = servers.enter_context(opensearch.serving())
        figures["opensearch_built"] = built.figures
        yield Peer("opensearch", built.answer)
    if {"datasette", "fts5"} & set(wanted):
        database = fts5.make_database(folder)
    if "datasette" in wanted:
        theirs = servers.enter_context(datasette.serving(database))
        yield Peer("datasette", lambda ask: theirs.get(datasette.path(ask)), slow=True)
    if "fts5" in wanted:
        yield Peer("fts5", fts5.Fts5(database).answer, slow=True)
    if "postgresql" in wanted:
        connection = servers.enter_context(postgresql.serving(folder))
        yield Peer("postgresql", postgresql.PostgreSQL(connection).answer, slow=True)


def table(figures: dict[str, Any]) -> str:
    """For reading, with each one's p95 as a multiple of the floor's."""
    floor = figures.get("floor", {}).get("p95")
    title = f"{figures['findings']} findings; milliseconds"
    lines = [title + "".join(f"{column:>10}" for column in ("p50", "p95", "p99", "floors"))]
    for name in NAMES:
        if name in figures:
            own = figures[name]
            times = "".join(f"{own[share]:10.1f}" for share in ("p50", "p95", "p99"))
            ratio = f"{own['p95'] / floor:10.2f}" if floor else ""
            lines.append(f"{name:<{len(title)}}{times}{ratio}")
    for name in ("matches", "memory", "opensearch_built", *figures.get("keeping", {})):
        value = figures.get(name) or figures.get("keeping", {}).get(name)
        lines.append(f"{name}: {json.dumps(value)}")
    return "\n".join(lines)
