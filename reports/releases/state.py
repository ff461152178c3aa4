"""The state of the data that a release is made of, in a few numbers."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db.models import Max

from reports.models import Correction, Finding, SourceDocument


@dataclass(frozen=True, slots=True)
class State:
    """`changed` is the day of the latest change; `fingerprint` differs with every change."""

    findings: int
    changed: date
    fingerprint: str

    @property
    def version(self) -> str:
        return f"{self.changed.isoformat()}-{self.fingerprint[:8]}"


def current_state() -> State:
    digest = hashlib.sha256()
    findings = Finding.objects.published().order_by("public_id")
    rows = findings.values_list("public_id", "text", "heading", "section__score")
    for row in rows.iterator(chunk_size=2_000):
        digest.update(repr(row).encode())
    documents = SourceDocument.objects.current().order_by("sha256")
    for sha256 in documents.values_list("sha256", flat=True):
        digest.update(sha256.encode())
    moments = [
        Finding.objects.aggregate(last=Max("created_at"))["last"],
        Correction.objects.aggregate(last=Max("made_at"))["last"],
    ]
    latest = max(filter(None, moments), default=datetime(1970, 1, 1, tzinfo=UTC))
    return State(findings.count(), latest.astimezone(UTC).date(), digest.hexdigest())
