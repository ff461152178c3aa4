"""The numbers that readers see: 1, 2, 3 ... through the published findings of a section."""

from collections.abc import Iterable

from reports.corrections.derived import note_changes
from reports.models import Finding, Section


def renumber(sections: Iterable[Section]) -> None:
    """Number the published findings of some sections in their order. One that is no longer
    published keeps its last number. Call it in the transaction that adds, removes or moves them."""
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
    Finding.objects.bulk_update(changed, ["number"], batch_size=500)
    note_changes(finding.public_id for finding in changed)
