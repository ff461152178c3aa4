"""The state of the data that a release is made of, in a few numbers."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from django.db.models import Max

from reports.models import Correction, Finding


@dataclass(frozen=True, slots=True)
class State:
    """`changed` is the day of the latest addition or correction; `fingerprint` differs with every
    change of what is released."""

    findings: int
    changed: date
    fingerprint: str

    @property
    def version(self) -> str:
        return f"{self.changed.isoformat()}-{self.fingerprint[:8]}"


def state_of(files: Iterable[Path]) -> State:
    """The state that these files hold. It is made from their bytes, so that no column can change
    without it."""
    digest = hashlib.sha256()
    for path in files:
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    moments = [
        Finding.objects.aggregate(last=Max("created_at"))["last"],
        Correction.objects.aggregate(last=Max("made_at"))["last"],
    ]
    latest = max(filter(None, moments), default=datetime(1970, 1, 1, tzinfo=UTC))
    changed = latest.astimezone(UTC).date()
    return State(Finding.objects.published().count(), changed, digest.hexdigest())
