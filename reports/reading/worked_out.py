"""Results that take too long to work out for each page. Kept until the corpus changes.

A result is a function of what is stored. `state()` says cheaply whether that has changed. A result
that was made from another state is made again on the next request, if that is quick. If not,
readers get the old result, with the time it was made, until `manage.py work_out` makes it again.
"""

import json
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import OperationalError
from django.db.models import Count, Max, Sum
from django.utils import timezone

from reports.models import Correction, Section, SourceDocument, WorkedOut

logger = logging.getLogger(__name__)

# Raise it when a result is worked out differently, so that kept results are made again.
VERSION = 2
QUICK = 0.25  # seconds of work that a reader may wait for when a result is out of date


@dataclass(frozen=True, slots=True)
class Made:
    """When a result was made, and whether the corpus has changed since."""

    at: datetime
    changed_since: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """`data` is JSON."""

    data: Any
    made: Made


def state() -> str:
    """A text that changes with every new document, new reading, correction or score. Three queries
    over indexes and the narrow table of sections."""
    documents = SourceDocument.objects.aggregate(count=Count("pk"), last=Max("ingested_at"))
    sections = Section.objects.aggregate(count=Count("pk"), last=Max("pk"), scores=Sum("score"))
    corrections = Correction.objects.order_by().aggregate(last=Max("pk"))
    last = documents["last"].isoformat() if documents["last"] else ""
    parts = (VERSION, documents["count"], last, *sections.values(), corrections["last"])
    return " ".join(map(str, parts))


def worked_out(name: str, make: Callable[[], Any], *, renew: bool = False) -> Result:
    """The result kept under `name`; it is made now if there is none. A result that is out of date
    is made again if that took at most `QUICK` seconds last time, or with `renew`."""
    now = state()
    kept = WorkedOut.objects.filter(name=name).first()
    if kept and kept.state == now:
        return Result(kept.data, Made(kept.made_at))
    if kept and not renew and kept.seconds > QUICK and _version(kept.state) == _version(now):
        return Result(kept.data, Made(kept.made_at, changed_since=True))
    began = time.thread_time()
    data = json.loads(json.dumps(make()))  # so that it is the same now and when it is read again
    fresh = {"state": now, "data": data, "seconds": time.thread_time() - began}
    try:
        WorkedOut.objects.update_or_create(name=name, defaults=fresh)
    except OperationalError:
        # A page must not fail because another process writes, or the database is read-only.
        logger.warning("What was worked out as %r could not be kept.", name, exc_info=True)
    return Result(data, Made(timezone.now()))


def _version(state: str) -> str:
    """The version of the shape of results: one kept by another version cannot be shown."""
    return state.partition(" ")[0]
