"""Who corrects and for what reason, and the error if two editors change the same value."""

import uuid
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from reports.models import Correction


class StaleEditError(Exception):
    """Another person changed the value after an editor opened the page and before it was saved."""


@dataclass(frozen=True, slots=True)
class Why:
    """Who corrects, and for what reason. `reason` is one of `Correction.Reason`. Corrections with
    the same `Why` are one batch, which is undone as a whole."""

    editor: str
    reason: str = Correction.Reason.PARSING
    note: str = ""
    batch: uuid.UUID = field(default_factory=uuid.uuid4)
    made_at: datetime = field(default_factory=timezone.now)
    reverts: uuid.UUID | None = None
