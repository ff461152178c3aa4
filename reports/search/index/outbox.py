"""Applies the changes in the outbox to the index, and rebuilds the index.

Code that changes a finding writes a row for each index to the outbox (`IndexChange`) in the same
transaction. One process at a time applies the rows of an index to it in short batches, and deletes
a row only after its change can be seen. A process that cannot get the lock, or crashes, leaves the
rows for the next one. The latest change goes first, so that an editor need not wait for thousands
of findings of an ingest.

An index that is being built gets its own outbox rows from just before it reads the database. They
are applied to it at the end, before it replaces the old one. The old one is kept up to date
meanwhile.
"""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TypeVar

from django.db import OperationalError
from django.utils import timezone

from reports.models import BusyError, IndexChange, SearchIndex, short_lock_timeout
from reports.models.locks import held_if_free
from reports.models.outbox import IndexChangeQuerySet, SearchIndexQuerySet
from reports.models.reading_from import PRIMARY, reading_from
from reports.search.engines.configured import current_engine
from reports.search.engines.seam import (
    LOOK_TIMEOUT,
    CannotSearchError,
    Engine,
    Lock,
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

# What writing to an index can raise if the disk is full, or the index is damaged or away.
FAULTS = (OperationalError, OSError, ValueError, CannotSearchError)

Step = TypeVar("Step")
Progress = Callable[[int], None]
Pending = tuple[int, str]  # an outbox row: primary key, public id of the finding

logger = logging.getLogger(__name__)


def catch_up() -> None:
    """Bring the index up to date. Call it after transactions that changed many findings.

    A missing index is built from the whole database.
    """
    place = current_engine().place
    latest = _waiting(place, 1)
    known = _changes(place).filter(pk__lte=latest[0][0] if latest else 0)
    # Rows added meanwhile are left to the process that adds them, or this might never end.
    while index_latest() and known.exists():
        time.sleep(TURN)


def index_latest() -> bool:
    """Bring the latest batch of changes into the index and return whether there were any. This is
    quick enough to run while a person waits for a page to save. A missing index is built from the
    whole database. A fault is logged and not raised, because the person's change is saved and stays
    in the outbox.
    """
    engine = current_engine()
    try:
        if _searched_index(engine) is None:
            rebuild(wait=WAIT, only_if_missing=True)
        if not _waiting(engine.place, 1):
            return False
        _apply_batch(engine, WAIT, BATCH)
    except BusyError:
        logger.info("The search index is in use; changes wait for the next search or command.")
        return False
    except FAULTS as fault:
        _log("The search index cannot be written; changes wait in the outbox", fault)
        return False
    return True


def followed(steps: Iterable[Step]) -> Iterator[Step]:
    """Yields the steps, each of which may change findings. This process brings the index up to date
    between steps and at the end; meanwhile searches do not apply the outbox."""
    with held_if_free(current_engine().held(Lock.FOLLOWING, LOOK_TIMEOUT)):
        indexed = time.monotonic()
        for step in steps:
            yield step
            if time.monotonic() > indexed + BETWEEN:
                catch_up()
                indexed = time.monotonic()
        catch_up()


@reading_from(PRIMARY)
def heal() -> None:
    """Before a search: apply one batch of changes that a crash, a lock or another machine has left
    in the outbox, or see that a missing index is built. Never waits for another process, and never
    fails."""
    engine = current_engine()
    try:
        index = _searched_index(engine)
        if index is None:
            _see_that_it_is_built(engine)
            return
        index.note_seen()
        waiting: bool = index.waiting  # type: ignore[attr-defined]  # by `with_waiting`
        if waiting and not engine.is_held(Lock.FOLLOWING):
            with short_lock_timeout():
                _apply_batch(engine, 0, SMALL_BATCH)
    except BusyError:
        pass
    except FAULTS as fault:
        _log("The search index could not be brought up to date", fault)


def _log(what: str, fault: Exception) -> None:
    """Log a fault in one line, because operators read it between the messages of a command; with
    the traceback at debug level."""
    logger.error("%s: %s", what, fault)
    logger.debug("%s", what, exc_info=fault)


def indexed_until() -> datetime:
    """The moment up to which every stored change is in the index."""
    first = _changes(current_engine().place).order_by("pk").first()
    return first.created_at if first else timezone.now()


def rebuild(
    progress: Progress = lambda _: None, *, wait: float = 0, only_if_missing: bool = False
) -> int:
    """Build a new index from the database and put it in the place of the old one. Returns how many
    findings it holds; `progress` is called from time to time with how many were added since.

    Raises BusyError if another rebuild still runs after `wait` seconds.
    """
    engine = current_engine()
    with engine.rebuilding(wait) as new:
        if only_if_missing and _searched_index(engine):
            return 0  # another process was building it
        index = SearchIndex.objects.begin(engine.place)
        new.fill(_reporting(progress, every_document()))
        with engine.held(Lock.WRITING, WAIT_FOR_WRITERS) as version:
            with new.writer(version) as writer:
                while rows := list(index.changes.values_list("pk", "finding")[:BATCH]):
                    _write(writer, rows)
                    _forget(rows)
            new.publish()
            index.replace_former()
    return engine.size()


def _reporting(progress: Progress, documents: Iterable[SearchDocument]) -> Iterator[SearchDocument]:
    """The documents; `progress` is told of every `STEP` and of the rest."""
    number = 0
    for number, document in enumerate(documents, start=1):
        yield document
        if number % STEP == 0:
            progress(STEP)
    progress(number % STEP)


def _see_that_it_is_built(engine: Engine) -> None:
    if few_findings():
        rebuild(wait=WAIT, only_if_missing=True)
    else:
        start_rebuild(engine)


def _searched_index(engine: Engine) -> SearchIndex | None:
    """The index that is searched, and whether changes wait for it. None if there is no index to
    search, or if no changes were queued for it, so that nobody knows what it lacks."""
    return _index_at(engine.place).first() if engine.ready() else None


@lru_cache(maxsize=4)
def _index_at(place: str) -> SearchIndexQuerySet:
    """Cached, because every search needs this query and building it takes longer than running
    it."""
    return SearchIndex.objects.at(place).with_waiting().order_by("pk")


def _changes(place: str) -> IndexChangeQuerySet:
    return IndexChange.objects.waiting().filter(index__place=place)


def _waiting(place: str, limit: int) -> list[Pending]:
    """The latest changes that wait for the index at `place`, at most `limit`."""
    return list(_changes(place).order_by("-pk").values_list("pk", "finding")[:limit])


def _apply_batch(engine: Engine, wait: float, size: int) -> None:
    """Apply one batch under the lock of the index, waiting for the lock at most this many
    seconds."""
    with engine.held(Lock.WRITING, wait) as version, engine.writer(version) as writer:
        unfinished = list(SearchIndex.objects.filter(place=engine.place, building=True))
        if rows := _waiting(engine.place, size):
            _write(writer, rows)
            _forget(rows)
        if unfinished and not engine.is_held(Lock.REBUILDING):
            SearchIndex.objects.filter(pk__in=[i.pk for i in unfinished], building=True).delete()
        SearchIndex.objects.forget_abandoned()


def _write(writer: Writer, rows: Sequence[Pending]) -> None:
    """Bring the findings of `rows` into the index as they are now; remove deleted ones."""
    public_ids = {public_id for _, public_id in rows}
    writer.replace(public_ids, documents_of(public_ids))


def _forget(rows: Sequence[Pending]) -> None:
    IndexChange.objects.filter(pk__in=[pk for pk, _ in rows]).delete()
