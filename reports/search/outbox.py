"""Keeps the index in step with the database.

Whoever changes a finding notes it in the outbox (`IndexChange`) in the same transaction. From there
it comes into the index in short batches, by one process at a time: a row is taken away only after
its change can be seen. Who finds the index locked, or dies, leaves the rows to the next. The latest
change goes first, so that an editor need not wait for thousands of findings of an ingest.

A rebuild reads the database while others go on changing the index in use. They mark the rows they
have applied and leave them, so that the rebuild can repeat them in the new index before it takes
the old one's place.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from typing import TypeVar

from django.db import OperationalError
from django.db.models import QuerySet

from reports.models import Finding, IndexChange
from reports.search.documents import documents_of, every_document
from reports.search.engine import current_engine
from reports.search.seam import BusyError, Engine, NewIndex, SearchDocument, Writer

BATCH = 500
SMALL_BATCH = 100  # while a reader waits
WAIT = 5.0  # seconds for the lock, which is held for short batches
BETWEEN = 0.5  # seconds of other work, then the index follows
TURN = 0.02  # seconds between two batches, in which another can take the lock
WAIT_FOR_WRITERS = 60.0  # what a rebuild gives them to finish
STEP = 1_000  # findings of a rebuild between two words on its progress
SMALL = 5_000  # findings that can be indexed while a reader waits: less than a second

NOT_READY = (
    "The search index is missing, so nothing can be found. It is built by “manage.py reindex”."
)

Step = TypeVar("Step")
Row = tuple[int, str]  # primary key, public id of the finding

logger = logging.getLogger(__name__)


def catch_up() -> None:
    """Bring the index up to date. Call it after transactions that changed many findings.

    An index that is missing is built, from all there is.
    """
    latest = _waiting(1)
    known = IndexChange.objects.filter(applied=False, pk__lte=latest[0][0] if latest else 0)
    # Not what others add meanwhile, or it might never end.
    while index_latest() and known.exists():
        time.sleep(TURN)


def index_latest() -> bool:
    """Bring one batch of changes into the index, among them those of the transaction that has just
    ended: what a person who saved something can wait for. Whether there were any.

    An index that is missing is built, from all there is.
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
    return True


def followed(steps: Iterable[Step]) -> Iterator[Step]:
    """The same steps, each of which may change findings. The index follows meanwhile and at the
    end, and readers leave it to this process."""
    with current_engine().tending():
        indexed = time.monotonic()
        for step in steps:
            yield step
            if time.monotonic() > indexed + BETWEEN:
                catch_up()
                indexed = time.monotonic()
        catch_up()


def heal() -> tuple[str, ...]:
    """Before a search: take in what a crash or a lock has left waiting, one batch of it. Never
    keeps a reader waiting for others, never fails. Returns what a reader should know."""
    engine = current_engine()
    try:
        if not engine.ready():
            return _build_if_small(engine)
        if _waiting(1) and not engine.tended():
            with engine.lock(timeout=0), engine.writer() as writer:
                _apply_batch(engine, writer, SMALL_BATCH)
    except BusyError:
        pass
    except (OperationalError, OSError, ValueError):
        logger.exception("The search index could not be brought up to date.")
    return ()


def rebuild(progress: Callable[[int], None] | None = None) -> int:
    """Build a new index from the database and put it in the place of the old one. Returns how many
    findings it took in; `progress` hears from time to time how many more they are.

    Raises BusyError while another rebuild runs.
    """
    return _rebuild(current_engine(), progress)


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
            pass  # those who did not know of this rebuild have finished
        documents = _Counted(every_document(), progress)
        new.fill(documents)
        with engine.lock(WAIT_FOR_WRITERS):
            repeated = _repeat_changes(new)
            new.publish()
            _forget(repeated)
    return documents.total


class _Counted:
    """Documents, and how many have gone by."""

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


def _build_if_small(engine: Engine) -> tuple[str, ...]:
    if Finding.objects.all()[: SMALL + 1].count() > SMALL:
        logger.error(NOT_READY)
    else:
        _rebuild(engine, wait=WAIT, only_if_missing=True)
    return () if engine.ready() else (NOT_READY,)


def _waiting(limit: int) -> list[Row]:
    return list(_all_waiting()[:limit])


@cache
def _all_waiting() -> QuerySet[IndexChange, Row]:
    """Asked at every search; most of the time would go into writing the query."""
    rows = IndexChange.objects.filter(applied=False).order_by("-pk")
    return rows.values_list("pk", "finding")


def _apply_batch(engine: Engine, writer: Writer, size: int) -> None:
    rows = _waiting(size)
    if rows:
        _write(writer, rows)
    if not engine.rebuild_under_way():
        _forget(rows)
        # Left by a rebuild that never came to its end.
        IndexChange.objects.filter(applied=True).delete()
    elif rows:
        IndexChange.objects.filter(pk__in=[pk for pk, _ in rows]).update(applied=True)


def _repeat_changes(new: NewIndex) -> list[Row]:
    """In the new index, all that changed since the rebuild began to read."""
    repeated: list[Row] = []
    if not IndexChange.objects.exists():
        return repeated
    with new.writer() as writer:
        last = 0
        while rows := _rows_after(last):
            _write(writer, rows)
            repeated += rows
            last = rows[-1][0]
    return repeated


def _rows_after(pk: int) -> list[Row]:
    return list(IndexChange.objects.filter(pk__gt=pk).values_list("pk", "finding")[:BATCH])


def _write(writer: Writer, rows: Sequence[Row]) -> None:
    """The findings of `rows` as they are now; those that are no more are forgotten."""
    public_ids = {public_id for _, public_id in rows}
    writer.replace(public_ids, documents_of(public_ids))


def _forget(rows: Sequence[Row]) -> None:
    for start in range(0, len(rows), BATCH):
        keys = [pk for pk, _ in rows[start : start + BATCH]]
        IndexChange.objects.filter(pk__in=keys).delete()
