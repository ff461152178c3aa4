"""Runs the site on a primary and a standby, takes each away in turn, and prints as JSON what
readers and editors got.

    python -m tests.support.replicated_site
"""

import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django
import psycopg

from tests.support.postgres import Server, find_programs, primary_and_standby

ROOT = Path(__file__).parents[2]
PATIENCE = 20.0  # seconds
RETRY_AFTER = 1.0  # seconds; the site itself waits longer, which the story need not


def main() -> None:
    programs = find_programs()
    if programs is None:
        sys.exit("PostgreSQL is not found.")
    with primary_and_standby(programs) as (primary, standby), tempfile.TemporaryDirectory() as var:
        os.environ |= {
            "DJANGO_SETTINGS_MODULE": "cqc_site.settings",
            "DATABASE_URL": primary.url,
            "DATABASE_REPLICA_URLS": standby.url,
            "VAR_DIR": var,
            "LOG_LEVEL": "CRITICAL",
        }
        django.setup()
        print(json.dumps(_story(primary, standby)))


def _story(primary: Server, standby: Server) -> dict[str, Any]:
    from django.core.management import call_command  # noqa: PLC0415 (needs the settings above)
    from django.test import Client  # noqa: PLC0415

    from cqc_site import replicas  # noqa: PLC0415

    replicas.RETRY_AFTER = RETRY_AFTER
    call_command("migrate", verbosity=0)
    call_command("ingest", str(ROOT / "seeds"), stdout=sys.stderr)
    client = Client(HTTP_HOST="localhost")
    told: dict[str, Any] = {}

    def look(name: str, client: Client = client) -> None:
        with _asked() as asked:
            response = client.get("/findings/?q=carers")
        told[name] = {
            "status": response.status_code,
            "read from": sorted(asked),
            "notice": "cannot be changed" in response.content.decode(),
            "found": "Haringey" in response.content.decode(),
        }

    _until(lambda: _reads_from(client, "replica1"))
    look("both there")
    look("just after sending", _with_cookie("wrote"))
    look("signed in", _with_cookie("sessionid"))
    _replay(standby, paused=True)
    call_command("load_scores", stdout=sys.stderr)
    _until(lambda: not _reads_from(client, "replica1"))
    look("replica behind")
    _replay(standby, paused=False)
    _until(lambda: _reads_from(client, "replica1"))
    standby.stop()
    look("replica lost")
    standby.start()
    _until(lambda: _reads_from(client, "replica1"))
    look("replica back")
    primary.stop()
    _until(lambda: _has_notice(client))
    look("primary lost")
    told["primary lost"]["editor"] = _with_cookie("sessionid").get("/findings/").status_code
    primary.start()
    _until(lambda: not _has_notice(client))
    look("primary back")
    return told


def _replay(standby: Server, *, paused: bool) -> None:
    word = "pause" if paused else "resume"
    with psycopg.connect(standby.url, autocommit=True) as connection:
        connection.execute(f"SELECT pg_wal_replay_{word}()")


def _with_cookie(name: str) -> Any:
    from django.test import Client  # noqa: PLC0415

    client = Client(HTTP_HOST="localhost")
    client.cookies[name] = "1"
    return client


def _has_notice(client: Any) -> bool:
    return "cannot be changed" in client.get("/findings/").content.decode()


def _reads_from(client: Any, alias: str) -> bool:
    with _asked() as asked:
        client.get("/findings/?q=carers")
    return alias in asked


@contextmanager
def _asked() -> Iterator[set[str]]:
    """Which databases the findings of a page were read from."""
    from django.db import connections  # noqa: PLC0415

    asked: set[str] = set()

    def note(alias: str) -> Any:
        def wrapper(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
            if "reports_finding" in sql:
                asked.add(alias)
            return execute(sql, params, many, context)

        return wrapper

    wrappers = {alias: note(alias) for alias in ("default", "replica1")}
    for alias, wrapper in wrappers.items():
        connections[alias].execute_wrappers.append(wrapper)
    try:
        yield asked
    finally:
        for alias, wrapper in wrappers.items():
            connections[alias].execute_wrappers.remove(wrapper)


def _until(happened: Any) -> None:
    """Ask again until it is so: replicas are looked at once a second."""
    end = time.monotonic() + PATIENCE
    while not happened():
        if time.monotonic() > end:
            sys.exit("It did not happen in time.")
        time.sleep(0.2)


if __name__ == "__main__":
    main()
