"""Applies the changes in the outbox to the index, and rebuilds the index.

Code that changes a finding writes a row to the outbox (`IndexChange`) in the same transaction. One
process at a time applies the rows to the index in short batches, and deletes a row only after its
change can be seen. A process that cannot get the lock, or crashes, leaves its rows in the outbox
for the next one. The latest change goes first, so that an editor need not wait for thousands of
findings of an ingest.

A rebuild reads the database while other processes go on changing the index in use. They mark the
rows that they have applied and keep them, so that the rebuild can repeat them in the new index
before it replaces the old one.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import TypeVar

from django.db import OperationalError
from django.db.models import QuerySet

from reports.models import IndexChange, impatient
from reports.models.reading_from import PRIMARY, reading_from
from reports.search.engines.configured import current_engine
from reports.search.engines.seam import (
    BusyError,
    Engine,
    IndexMissingError,
    NewIndex,
    SearchDocument,
    Writer,
)
from reports.search.index.search_documents import documents_of, every_document
from reports.search.index.unavailable import few_findings, start_rebuild

BATCH = 500
SMALL_BATCH = 100  # while a reader waits
WAIT = 5.0  # seconds for the lock, which is held for short batches
BETWEEN = 0.5  # seconds between two updates of the index
TURN = 0.02  # seconds between two batches, in which another process can take the lock
WAIT_FOR_WRITERS = 60.0  # how long a rebuild waits for them
STEP = 1_000  # findings between two reports of a rebuild's progress

# What writing to an index can raise if the disk is full, or the index is damaged or missing.
FAULTS = (OperationalError, OSError, ValueError, IndexMissingError)

Step = TypeVar("Step")
Pending = tuple[int, str]  # an outbox row: primary key, public id of the finding

logger = logging.getLogger(__name__)


def catch_up() -> None:
    """Bring the index up to date. Call it after transactions that changed many findings.

    A missing index is built from the whole database.
    """
    latest = _waiting(1)
    known = IndexChange.objects.filter(applied=False, pk__lte=latest[0][0] if latest else 0)
    # Rows added meanwhile are left to the process that adds them, or this might never end.
    while index_latest() and known.exists():
        time.sleep(TURN)


def index_latest() -> bool:
    """Bring the latest batch of changes into the index and return whether there were any. It is
    short enough to run while a person who has saved something waits.

    A missing index is built from the whole database. A fault is logged and not raised: the
    person's change is saved, and stays in the outbox.
    """
    engine = current_engine()
    try:
        if not engine.ready():
            _rebuild(engine, wait=WAIT, only_if_missing=True)
        if not _waiting(1):
            return False
        with engine.lock(WAIT), engine.writer() as writer:
            _apply_batch(engine, writer, BATCH)
    except BusyError:
        logger.info("The search index is in use; changes wait for the next search or command.")
        return False
    except FAULTS:
        logger.exception("The search index cannot be written; changes wait in the outbox.")
        return False
    return True


def followed(steps: Iterable[Step]) -> Iterator[Step]:
    """Yields the steps, each of which may change findings. This process brings the index up to date
    between steps and at the end; meanwhile searches do not apply the outbox."""
    with current_engine().tending():
        indexed = time.monotonic()
        for step in steps:
            yield step
            if time.monotonic() > indexed + BETWEEN:
                catch_up()
                indexed = time.monotonic()
        catch_up()


@reading_from(PRIMARY)
def heal() -> None:
    """Before a search: apply one batch of changes that a crash or a lock has left in the outbox,
    or see that a missing index is built. Never waits for another process, and never fails."""
    engine = current_engine()
    try:
        if not engine.ready():
            _see_that_it_is_built(engine)
        elif _waiting(1) and not engine.tended():
            with impatient(), engine.lock(timeout=0), engine.writer() as writer:
                _apply_batch(engine, writer, SMALL_BATCH)
    except BusyError:
        pass
    except FAULTS:
        logger.exception("The search index could not be brought up to date.")


def rebuild(progress: Callable[[int], None] | None = None, *, only_if_missing: bool = False) -> int:
    """Build a new index from the database and put it in the place of the old one. Returns how many
    findings it holds; `progress` is called from time to time with how many were added since.

    Raises BusyError while another rebuild runs.
    """
    return _rebuild(current_engine(), progress, only_if_missing=only_if_missing)


def _rebuild(
    engine: Engine,
    progress: Callable[[int], None] | None = None,
    wait: float = 0,
    *,
    only_if_missing: bool = False,
) -> int:
    with engine.rebuilding(wait) as new:
        if only_if_missing and engine.ready():
            return 0  # another process was building it
        with engine.lock(WAIT_FOR_WRITERS):
            pass  # writers that did not know of this rebuild have finished
        documents = _Counted(every_document(), progress)
        new.fill(documents)
        with engine.lock(WAIT_FOR_WRITERS):
            repeated = _repeat_changes(new)
            new.publish()
            _forget(repeated)
    return documents.total


class _Counted:
    """Passes documents on and counts them."""

    def __init__(
        self,
        documents: Iterable[SearchDocument],
        progress: Callable[[int], None] | None,
    ) -> None:
        self.total = 0
        self._documents = documents
        self._progress = progress or (lambda _: None)

    def __iter__(self) -> Iterator[SearchDocument]:
        for document in self._documents:
            yield document
            self.total += 1
            if self.total % STEP == 0:
                self._progress(STEP)
        self._progress(self.total % STEP)


def _see_that_it_is_built(engine: Engine) -> None:
    if few_findings():
        _rebuild(engine, wait=WAIT, only_if_missing=True)
    else:
        start_rebuild(engine)


def _waiting(limit: int) -> list[Pending]:
    return list(_all_waiting()[:limit])


@cache
def _all_waiting() -> QuerySet[IndexChange, Pending]:
    """Kept, because every search needs it and composing it takes longer than running it."""
    rows = IndexChange.objects.filter(applied=False).order_by("-pk")
    return rows.values_list("pk", "finding")


def _apply_batch(engine: Engine, writer: Writer, size: int) -> None:
    rows = _waiting(size)
    if rows:
        _write(writer, rows)
    if not engine.rebuild_under_way():
        _forget(rows)
        # Left by a rebuild that did not finish.
        IndexChange.objects.filter(applied=True).delete()
    elif rows:
        IndexChange.objects.filter(pk__in=[pk for pk, _ in rows]).update(applied=True)


def _repeat_changes(new: NewIndex) -> list[Pending]:
    """Repeat in the new index all changes made since the rebuild began to read."""
    repeated: list[Pending] = []
    if not IndexChange.objects.exists():
        return repeated
    with new.writer() as writer:
        last = 0
        while rows := _rows_after(last):
            _write(writer, rows)
            repeated += rows
            last = rows[-1][0]
    return repeated


def _rows_after(pk: int) -> list[Pending]:
    return list(IndexChange.objects.filter(pk__gt=pk).values_list("pk", "finding")[:BATCH])


def _write(writer: Writer, rows: Sequence[Pending]) -> None:
    """Bring the findings of `rows` into the index as they are now; remove deleted ones."""
    public_ids = {public_id for _, public_id in rows}
    writer.replace(public_ids, documents_of(public_ids))


def _forget(rows: Sequence[Pending]) -> None:
    for start in range(0, len(rows), BATCH):
        keys = [pk for pk, _ in rows[start : start + BATCH]]
        IndexChange.objects.filter(pk__in=keys).delete()
