"""A made-up corpus of N findings, the same each time, in the real tables and the real index."""

import json
import os
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import count, islice
from multiprocessing import get_context
from pathlib import Path
from random import Random
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction

from benchmarks.made_rows import SEED, TABLES, TEXT, Part, assessments, columns, rows_of
from reports import search
from reports.models import Authority

FINDINGS = 144  # in an assessment, roughly: nine sections of 8 to 24
A_PART = 14  # assessments made and written at once
WORTH_SHARING = 20_000  # findings: fewer are made before other processes have started

Rows = dict[str, list[tuple[Any, ...]]]


@dataclass(frozen=True, slots=True)
class Built:
    """What it took, in seconds."""

    rows: float
    index: float


def ensure(findings: int, folder: Path) -> Path:
    """The corpus in `folder`, made now unless it is there. Django must be set up to work there."""
    mark = folder / "corpus.json"
    if not mark.exists():
        for left in folder.glob("db.sqlite3*"):  # left by a build that did not end
            left.unlink()
    call_command("migrate", verbosity=0)
    if not mark.exists():
        built = build(findings)
        report = {"findings": findings, "rows_seconds": built.rows, "index_seconds": built.index}
        mark.write_text(json.dumps(report), encoding="utf-8")
    search.rebuild(only_if_missing=True)  # that of an older version of this program is not searched
    return folder


def build(findings: int) -> Built:
    """Fill an empty database, whose tables are there, and index it."""
    began = time.perf_counter()
    default_storage.save(TEXT, ContentFile(b"Made up.\n"))
    write(findings)
    written = time.perf_counter()
    search.rebuild()
    return Built(written - began, time.perf_counter() - written)


def write(findings: int) -> None:
    """The rows, without an index."""
    waiting = findings
    for made in _made(findings):
        rows = _first(waiting, made)
        with transaction.atomic():
            _save(rows)
        waiting -= len(rows["Finding"])
        if not waiting:
            break
    _refresh_statistics()


def _made(findings: int) -> Iterator[Rows]:
    """Batches of rows, more than enough for so many findings."""
    random = Random(SEED)
    authorities = list(Authority.objects.all())
    drawn = assessments(random, random.sample(authorities, len(authorities)))
    size = max(1, min(A_PART, findings // FINDINGS))
    parts = (Part(number, list(islice(drawn, size))) for number in count())
    if findings < WORTH_SHARING:
        yield from map(rows_of, parts)
        return
    # While this process writes, the others make what comes next.
    processes = 1 + (os.cpu_count() or 1)
    with ProcessPoolExecutor(processes, get_context("fork")) as pool:
        coming = [pool.submit(rows_of, part) for part in islice(parts, 2 * processes)]
        for part in parts:
            yield coming.pop(0).result()
            coming.append(pool.submit(rows_of, part))


def _first(most: int, made: Rows) -> Rows:
    """The rows without the findings beyond the first `most`."""
    kept = {row[0] for row in made["Finding"][:most]}
    findings = {name: made[name][:most] for name in ("Paragraph", "Finding")}
    return made | findings | {"Figure": [row for row in made["Figure"] if row[1] in kept]}


def _save(rows: Rows) -> None:
    """Insert rows by plain SQL, because `bulk_create` takes twice as long."""
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        for model in TABLES:
            fields = columns(model)
            cursor.executemany(
                f"INSERT INTO {quote(model._meta.db_table)} "
                f"({', '.join(quote(str(field.column)) for field in fields)}) "
                f"VALUES ({', '.join(['%s'] * len(fields))})",
                rows[model.__name__],
            )


def _refresh_statistics() -> None:
    """Collect the statistics that a database in use for a while has."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
