"""Checks everything that a site needs. Each check says what is wrong and what to do."""

import shutil
import stat
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.checks import WARNING, run_checks
from django.core.files.storage import default_storage
from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from reports.models import Correction, Finding, IndexChange, SourceDocument
from reports.search.engines.configured import current_engine
from reports.search.engines.seam import EngineAwayError, EngineError, IndexMissingError

LEAST_FREE = 1_000_000_000  # bytes
WAITING_LONG = timedelta(minutes=10)
CLOCK_OFF = 60.0  # seconds between this machine's clock and the database's
EARLIEST = datetime(2026, 1, 1, tzinfo=UTC)  # this program is not older
NAMED = 3  # examples


@dataclass(frozen=True, slots=True)
class Fault:
    """`what` is wrong and what `to_do`, in a sentence each."""

    what: str
    to_do: str


Check = Callable[[], Iterator[Fault]]


def check_up() -> Iterator[tuple[str, list[Fault]]]:
    """The name of each check, and what it found. One that cannot run says so."""
    for name, check in CHECKS.items():
        try:
            problems = list(check())
        except (Error, OSError) as error:
            problems = [Fault(f"It could not be checked: {error}".strip(), "See above.")]
        yield name, problems


def settings_fit() -> Iterator[Fault]:
    for message in run_checks(include_deployment_checks=settings.PRODUCTION):
        if message.level >= WARNING and not message.is_silenced():
            yield Fault(str(message.msg), str(message.hint or "See docs/deploying.md."))
    if stat.S_IMODE(Path(settings.VAR_DIR).stat().st_mode) & stat.S_IROTH:
        yield Fault(
            f"Every user of this machine can read {settings.VAR_DIR}.",
            f"Run: chmod 700 {settings.VAR_DIR}",
        )


def database_answers() -> Iterator[Fault]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA quick_check")
            [fault] = cursor.fetchone()
            if fault != "ok":
                yield Fault(f"The database is damaged: {fault}", "Restore the latest backup.")
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        yield Fault("The database is older than this program.", "Run: manage.py migrate")


def index_answers() -> Iterator[Fault]:
    engine = current_engine()
    published = Finding.objects.published().count()
    try:
        indexed = engine.size()
    except (IndexMissingError, EngineError):
        if published:
            yield Fault("There is no index to search.", "Run: manage.py reindex")
        return
    except EngineAwayError as error:
        yield Fault(f"The search engine does not answer: {error}", "See docs/scaling.md.")
        return
    if indexed != published and not IndexChange.objects.exists():
        yield Fault(
            f"The index holds {indexed} findings, the database {published}.",
            "Run: manage.py reindex",
        )


def outbox_is_read() -> Iterator[Fault]:
    old = timezone.now() - WAITING_LONG
    waiting = IndexChange.objects.waiting().filter(created_at__lt=old).count()
    if waiting:
        yield Fault(
            f"{waiting} changes have waited for the index for more than 10 minutes.",
            "Search once, or run: manage.py reindex. If they stay, look for errors in the log.",
        )


def documents_are_kept() -> Iterator[Fault]:
    lost = [
        name
        for names in SourceDocument.objects.values_list("original", "text").iterator()
        for name in names
        if not default_storage.exists(name)
    ]
    if lost:
        yield Fault(
            f"{len(lost)} kept files are missing from {settings.MEDIA_ROOT}: "
            f"{', '.join(lost[:NAMED])}.",
            "Mount the folder, or restore it from a backup.",
        )


def disk_has_room() -> Iterator[Fault]:
    for folder in {Path(settings.VAR_DIR), Path(settings.MEDIA_ROOT)}:
        free = shutil.disk_usage(folder).free
        if free < LEAST_FREE:
            yield Fault(
                f"The disk of {folder} has {free // 1_000_000} MB left.",
                "Make room: below 1 GB an ingest or a rebuild of the index may fail.",
            )


def clock_is_right() -> Iterator[Fault]:
    now = timezone.now()
    to_do = "Set the clock, and keep it set by NTP."
    if now < EARLIEST:
        yield Fault(f"This machine's clock says {now:%d %B %Y}.", to_do)
    latest = Correction.objects.order_by("-made_at").values_list("made_at", flat=True).first()
    if latest and latest > now:
        yield Fault(
            f"A correction was made at {latest:%d %B %Y %H:%M}, which is in the future.", to_do
        )
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT extract(epoch FROM clock_timestamp())")
            [theirs] = cursor.fetchone()
        if abs(float(theirs) - time.time()) > CLOCK_OFF:
            yield Fault("The clocks of this machine and of PostgreSQL differ.", to_do)


CHECKS: dict[str, Check] = {
    "settings": settings_fit,
    "database": database_answers,
    "index": index_answers,
    "outbox": outbox_is_read,
    "documents": documents_are_kept,
    "disk": disk_has_room,
    "clock": clock_is_right,
}
