"""Fifty readers at once, while reports are taken in and editors save; then one reader alone.

Works on a copy of the corpus. At the end everything that was written must be in the index, and
nobody may have been told that the database is locked.
"""

import argparse
import csv
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event
from typing import Any

from django.conf import settings
from django.db import connection, connections
from django.test import override_settings
from django.urls import reverse

from benchmarks import environment
from benchmarks.made_reports import write_reports
from benchmarks.meanwhile import meanwhile
from benchmarks.queries import all_queries
from benchmarks.serving import HOST, Server, site
from benchmarks.timing import percentiles
from reports import corrections
from reports.models import Correction, Finding, IndexChange
from reports.search import SearchQuery, catch_up, index_latest, search

USERS = 50
SECONDS = 120.0
ALONE = 30.0
REPORTS = 2_000  # more than can be taken in meanwhile
PAUSE = 1.0  # between two saves
EDITORS = 2
LOCKED = "database is locked"


@dataclass(slots=True)
class Editing:
    """What editors have saved, by public id: a word that stands in no other finding; and the
    milliseconds that saving and indexing it took."""

    words: dict[str, str] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    saving: list[float] = field(default_factory=list)
    indexing: list[float] = field(default_factory=list)


def main(options: argparse.Namespace) -> dict[str, Any]:
    seconds = options.seconds or SECONDS
    with tempfile.TemporaryDirectory() as name, _copied(options.findings, Path(name)) as folder:
        return _measure(folder, Path(name), seconds)


@contextmanager
def _copied(findings: int, parent: Path) -> Iterator[Path]:
    """A copy of the corpus, which may be changed; this process works on it too."""
    corpus, folder = environment.folder_of(findings), parent / "copy"
    folder.mkdir()
    connections.close_all()
    for part in ("db.sqlite3", "index", "documents"):
        source = corpus / part
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / part)
    databases = {**settings.DATABASES["default"], "NAME": str(folder / "db.sqlite3")}
    connection.settings_dict.update(databases)
    with override_settings(
        SEARCH_URL=f"tantivy:///{folder / 'index'}", MEDIA_ROOT=folder / "documents"
    ):
        yield folder
        connections.close_all()


def _measure(folder: Path, parent: Path, seconds: float) -> dict[str, Any]:
    write_reports(parent / "reports", REPORTS, seed=2)
    paths = parent / "paths.json"
    paths.write_text(json.dumps(_paths()), encoding="utf-8")
    log = parent / "site.log"
    with site(folder, log) as server:
        _visit(
            server, users=1, seconds=ALONE / 3, paths=paths, name=parent / "warm", pauses="0 0.1"
        )
        alone = _visit(
            server, users=1, seconds=ALONE, paths=paths, name=parent / "alone", pauses="0 0.1"
        )
        before = Finding.objects.count()
        editing = Editing()
        editors = [partial(_edit, editing, number) for number in range(EDITORS)]
        with _ingesting(folder, parent) as said, meanwhile(*editors):
            crowded = _visit(
                server, users=USERS, seconds=seconds, paths=paths, name=parent / "crowded"
            )
        after = Finding.objects.count()
    catch_up()
    return {
        "users": USERS,
        "seconds": seconds,
        "alone": alone,
        "crowded": crowded,
        "failures": _failures(parent / "crowded"),
        "log": [line for line in log.read_text().splitlines() if "ERROR" in line][:20],
        "findings_taken_in": after - before,
        "corrections": len(editing.words),
        "saving": percentiles(editing.saving),
        "indexing": percentiles(editing.indexing),
        "editors_errors": editing.errors,
        "locked": (log.read_text() + said.read_text() + " ".join(editing.errors)).count(LOCKED),
        "waiting_in_outbox": IndexChange.objects.count(),
        "stale": _stale(editing),
    }


def _paths() -> dict[str, list[str]]:
    queries = (ask.search_query().query_string() for ask in all_queries())
    findings = Finding.objects.published()[:200]
    authorities = Finding.objects.published().authorities()[:50]
    return {
        "search": [f"{reverse('findings')}?{query}" for query in queries],
        "finding": [finding.get_absolute_url() for finding in findings],
        "authority": [authority.get_absolute_url() for authority in authorities],
    }


def _visit(
    server: Server, paths: Path, name: Path, *, users: int, seconds: float, pauses: str = "2 8"
) -> dict[str, Any]:
    """What Locust saw, in milliseconds. `pauses` are the least and most seconds of thought."""
    command = [
        *(sys.executable, "-m", "locust", "--headless", "--only-summary", "--skip-log"),
        *("--locustfile", str(environment.ROOT / "benchmarks" / "locustfile.py")),
        *("--host", f"http://{HOST}:{server.port}", "--csv", str(name)),
        *("--users", str(users), "--spawn-rate", "10", "--run-time", f"{seconds:.0f}s"),
    ]
    subprocess.run(
        command,
        env=os.environ | {"BENCH_PATHS": str(paths), "BENCH_PAUSES": pauses},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,  # Locust's own code tells of failures, which are counted below
    )
    with name.with_name(f"{name.name}_stats.csv").open(encoding="utf-8") as file:
        rows = {row["Name"]: row for row in csv.DictReader(file)}
    return {
        kind: {
            "requests": int(row["Request Count"]),
            "failures": int(row["Failure Count"]),
            "p50": float(row["50%"]),
            "p95": float(row["95%"]),
        }
        for kind, row in rows.items()
        if int(row["Request Count"])
    }


def _failures(name: Path) -> list[str]:
    """What went wrong, as Locust saw it, and how often."""
    with name.with_name(f"{name.name}_failures.csv").open(encoding="utf-8") as file:
        return [f"{row['Occurrences']} x {row['Error']}" for row in csv.DictReader(file)]


@contextmanager
def _ingesting(folder: Path, parent: Path) -> Iterator[Path]:
    said = parent / "ingest.log"
    with said.open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "ingest", str(parent / "reports")],
            env=environment.variables(folder),
            cwd=environment.ROOT,
            stdout=output,
            stderr=output,
        )
        try:
            yield said
        finally:
            process.terminate()
            process.wait()


def _edit(editing: Editing, number: int, ended: Event) -> None:
    """Save one finding after another, each with a different word."""
    why = corrections.Why(f"editor-{number}", Correction.Reason.TYPOGRAPHICAL)
    ids = Finding.objects.published().order_by("pk").values_list("public_id", flat=True)
    for turn, public_id in enumerate(list(ids[number * 1_000 : (number + 1) * 1_000])):
        if ended.wait(PAUSE):
            break
        word = f"zy{'abcdefghij'[number]}{turn}yz"
        try:
            finding = Finding.objects.get(public_id=public_id)
            began = time.perf_counter()
            corrections.change(finding, {"text": f"{finding.text} {word}"}, why)
            saved = time.perf_counter()
            index_latest()
            editing.saving.append(1000 * (saved - began))
            editing.indexing.append(1000 * (time.perf_counter() - saved))
        except Exception as error:  # noqa: BLE001 - whatever it is, it is what is looked for
            editing.errors.append(repr(error))
        else:
            editing.words[public_id] = word
    connections.close_all()


def _stale(editing: Editing) -> list[str]:
    """The corrected findings that a search does not find, and whether the numbers differ."""
    lost = [
        public_id
        for public_id, word in editing.words.items()
        if [hit.finding.public_id for hit in search(SearchQuery(q=word)).hits] != [public_id]
    ]
    total, rows = search(SearchQuery()).total, Finding.objects.published().count()
    return lost if total == rows else [*lost, f"{total} in the index, {rows} in the database"]
