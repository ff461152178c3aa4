"""Results that take too long to work out for each page. Kept until the corpus changes.

A result is a function of what is stored. `state()` says cheaply whether that has changed; a result
made from another state is made again when it is next asked for, or by `manage.py work_out`.
"""

import json
import logging
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
VERSION = 1


@dataclass(frozen=True, slots=True)
class Result:
    """`data` is JSON."""

    data: Any
    made_at: datetime


def state() -> str:
    """A text that changes with every new document, new reading, correction or score. Three queries
    over indexes and the narrow table of sections."""
    documents = SourceDocument.objects.aggregate(count=Count("pk"), last=Max("ingested_at"))
    sections = Section.objects.aggregate(count=Count("pk"), last=Max("pk"), scores=Sum("score"))
    corrections = Correction.objects.order_by().aggregate(last=Max("pk"))
    last = documents["last"].isoformat() if documents["last"] else ""
    parts = (VERSION, documents["count"], last, *sections.values(), corrections["last"])
    return " ".join(map(str, parts))


def worked_out(name: str, make: Callable[[], Any]) -> Result:
    """The result kept under `name`; if the corpus has changed since, it is made again and kept."""
    now = state()
    kept = WorkedOut.objects.filter(name=name).first()
    if kept and kept.state == now:
        return Result(kept.data, kept.made_at)
    data = json.loads(json.dumps(make()))  # so that it is the same now and when it is read again
    try:
        WorkedOut.objects.update_or_create(name=name, defaults={"state": now, "data": data})
    except OperationalError:
        # A page must not fail because another process writes, or the database is read-only.
        logger.warning("What was worked out as %r could not be kept.", name, exc_info=True)
    return Result(data, timezone.now())
