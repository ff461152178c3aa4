"""Datasette's page of a table: full-text search, its filters, its facets, twenty rows. A facet's
counts there follow its own filter, and nothing is highlighted: it does less."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.peers.fts5 import expression
from benchmarks.peers.rows import MANY, SINGLE, column_of
from benchmarks.queries import Ask
from benchmarks.serving import Server, running

# No time limits, or it would leave facets out; no suggestions of more facets, which cost time.
SETTINGS = {
    "sql_time_limit_ms": 600_000,
    "facet_time_limit_ms": 600_000,
    "suggest_facets": "off",
    "default_page_size": 20,
    "default_facet_size": 200,
}


@contextmanager
def serving(database: Path) -> Iterator[Server]:
    settings = [
        word for name, value in SETTINGS.items() for word in ("--setting", name, f"{value}")
    ]
    command = [sys.executable, "-m", "datasette", "serve", str(database), *settings]
    with running(command, "--port") as server:
        yield server


def path(ask: Ask) -> str:
    params = [("_search", expression(ask)), ("_searchmode", "raw")]
    for facet, values in ask.filters.items():
        column = column_of(facet)
        if facet in MANY:
            params += [(f"{column}__arraycontains", values[0])]
        elif len(values) == 1:
            params.append((column, values[0]))
        else:
            params.append((f"{column}__in", ",".join(values)))
    params += [("_facet", column) for column in SINGLE]
    params += [("_facet_array", column) for column in MANY]
    return f"/peers/findings?{urlencode(params)}"
