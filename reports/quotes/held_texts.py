"""The texts that quotations are compared with, read once for all quotations of a check."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from reports.facts import framework
from reports.models import Finding, ListedFinding, Section, SourceDocument, listed

MOST_DOCUMENTS = 20  # of one authority, the latest first


@dataclass(frozen=True, slots=True)
class Version:
    """A text of a finding: what readers see, or what CQC printed before an editor corrected it."""

    finding: ListedFinding
    text: str
    printed: bool


@dataclass(frozen=True, slots=True)
class HeldReport:
    """The whole decoded text of one document."""

    name: str
    sha256: str
    text: str


class HeldTexts:
    """Findings and reports, each fetched once, when it is first asked for."""

    def __init__(self) -> None:
        self._findings: dict[str, ListedFinding] = {}
        self.texts = cache(texts_of)
        self.reports = cache(reports_on)
        self.is_complete = cache(is_complete)

    def fetch(self, public_ids: Iterable[str]) -> None:
        """Fetch all findings in one query."""
        if missing := set(public_ids) - self._findings.keys():
            rows = Finding.objects.published().filter(public_id__in=missing).order_by()
            self._findings |= {finding.public_id: finding for finding in listed(rows)}

    def versions(self, public_ids: Iterable[str]) -> list[Version]:
        """The versions in the order of the ids, without findings that are no longer published."""
        public_ids = list(dict.fromkeys(public_ids))
        self.fetch(public_ids)
        findings = (self._findings.get(public_id) for public_id in public_ids)
        return [version for finding in findings if finding for version in _versions(finding)]


def texts_of(authority: str) -> list[tuple[str, str]]:
    """Public id and text of each finding of one authority (its slug)."""
    rows = Finding.objects.published().filter(section__assessment__authority__slug=authority)
    return list(rows.order_by().values_list("public_id", "text"))


def reports_on(authority: str) -> list[HeldReport]:
    """The reports on one authority, including earlier versions."""
    documents = (
        SourceDocument.objects.filter(sections__assessment__authority__slug=authority)
        | SourceDocument.objects.filter(authority__slug=authority)
    ).distinct()
    return [
        HeldReport(document.name, document.sha256, document.read_text())
        for document in documents[:MOST_DOCUMENTS]
    ]


def is_complete(authority: str) -> bool:
    """Whether the text of every quality statement of one authority is held."""
    held = Section.objects.with_text().filter(assessment__authority__slug=authority)
    statements = set(held.order_by().values_list("statement", flat=True))
    return statements >= set(framework.STATEMENT_BY_SLUG)


def _versions(finding: ListedFinding) -> list[Version]:
    current = Version(finding, finding.text, printed=False)
    if finding.read_text and finding.read_text != finding.text:
        return [current, Version(finding, finding.read_text, printed=True)]
    return [current]
