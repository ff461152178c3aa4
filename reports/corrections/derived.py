"""Updates what is derived from findings: their figures, their numbers, and the search index."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict

from reports.inference import quantities
from reports.models import Figure, Finding, IndexChange, Section

BATCH = 500


def note_changes(public_ids: Iterable[str]) -> None:
    """Update what is derived from these findings: their figures at once, the search index through
    the outbox. Call it in the transaction that changes, creates or withdraws them."""
    ids = list(public_ids)
    IndexChange.objects.record(ids)
    for start in range(0, len(ids), BATCH):
        _rebuild_figures(ids[start : start + BATCH])


def note_sections(sections: Iterable[Section]) -> None:
    """`note_changes` for all findings of some sections."""
    findings = Finding.objects.filter(section__in=sections)
    note_changes(findings.values_list("public_id", flat=True))


def renumber(sections: Iterable[Section]) -> None:
    """Number the published findings of each section 1, 2, 3 ... in their order, as readers see
    them. One that is no longer published keeps its last number. Call it in the transaction that
    adds, removes or moves them."""
    changed: list[Finding] = []
    before, number = 0, 0
    findings = Finding.objects.published().filter(section__in=sections)
    for finding in findings.order_by("section", "position", "pk").only(
        "public_id", "number", "section"
    ):
        number = number + 1 if finding.section_id == before else 1
        before = finding.section_id
        if finding.number != number:
            finding.number = number
            changed.append(finding)
    Finding.objects.bulk_update(changed, ["number"], batch_size=BATCH)
    note_changes(finding.public_id for finding in changed)


def _rebuild_figures(public_ids: Iterable[str]) -> None:
    findings = Finding.objects.filter(public_id__in=public_ids)
    Figure.objects.filter(finding__in=findings).delete()
    quoting = findings.published().exclude(figures=[]).only("text", "figures")
    Figure.objects.bulk_create(row for finding in quoting for row in _figures_of(finding))


def _figures_of(finding: Finding) -> Iterator[Figure]:
    for position, quantity in enumerate(quantities(finding.text, finding.figures)):
        yield Figure(finding=finding, position=position, **asdict(quantity))
