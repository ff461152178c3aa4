"""The state of the site when quotations were checked, so that others can repeat the check."""

import hashlib
from dataclasses import dataclass

from reports.models import Correction, Finding, SourceDocument


@dataclass(frozen=True, slots=True)
class CorpusState:
    """`fingerprint` changes with every report that is added, removed or corrected: it is the
    SHA-256 of the hashes of the current reports, in order, and of the number of corrections."""

    findings: int
    reports: int
    corrections: int
    fingerprint: str


def corpus_state() -> CorpusState:
    hashes = list(
        SourceDocument.objects.current().order_by("sha256").values_list("sha256", flat=True)
    )
    corrections = Correction.objects.count()
    digest = hashlib.sha256("\n".join([*hashes, str(corrections)]).encode()).hexdigest()
    return CorpusState(Finding.objects.published().count(), len(hashes), corrections, digest)
