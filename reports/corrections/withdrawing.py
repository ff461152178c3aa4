"""Withdraws and brings back the findings of a document that was uploaded by mistake.

The rows stay, so that a withdrawal can be undone and links can say what happened to a finding. The
status of a finding follows from its document and is not a correction: a later version of the report
brings the finding back under the same address.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Q

from reports.corrections.review import edited_fields, review
from reports.models import Finding, FindingQuerySet, Section, SourceDocument

WITHDRAWN = Q(section__document__withdrawn=True) | Q(paragraph__section__document__withdrawn=True)


def leaving_with(document: SourceDocument) -> FindingQuerySet:
    """The published findings that withdrawing a document takes away."""
    return _findings_of(document.sections.all()).published()


def follow_withdrawal(sections: Iterable[Section]) -> None:
    """Withdraw the published findings in these sections whose document is withdrawn, and publish
    those whose document no longer is."""
    findings = _findings_of(sections)
    gone = findings.published().filter(WITHDRAWN)
    back = findings.filter(status=Finding.Status.WITHDRAWN).exclude(WITHDRAWN)
    ids = {
        Finding.Status.WITHDRAWN: list(gone.values_list("public_id", flat=True)),
        Finding.Status.PUBLISHED: list(back.values_list("public_id", flat=True)),
    }
    for status, changed in ids.items():
        Finding.objects.filter(public_id__in=changed).update(status=status)
        edited = edited_fields("finding", changed)
        for finding in Finding.objects.filter(public_id__in=edited):
            review(finding)


def bring_back(sections: Iterable[Section]) -> None:
    """Publish the withdrawn findings of a document before a new version is merged into it."""
    withdrawn = _findings_of(sections).filter(status=Finding.Status.WITHDRAWN)
    withdrawn.update(status=Finding.Status.PUBLISHED)


def refuse_withdrawn(finding: Finding) -> None:
    """Raise ValidationError for a finding that would be published while its document is
    withdrawn."""
    paragraph = finding.paragraph
    sections = (finding.section, paragraph.section if paragraph else finding.section)
    if finding.status == Finding.Status.PUBLISHED and any(
        section.document and section.document.withdrawn for section in sections
    ):
        raise ValidationError(
            "The document of this finding is withdrawn. Undo the withdrawal first, on the "
            "document’s page."
        )


def _findings_of(sections: Iterable[Section]) -> FindingQuerySet:
    """The findings in these sections, and those read there that have moved elsewhere. These are two
    queries, because no index would serve a single one."""
    here = Finding.objects.filter(section__in=sections).order_by().values("pk")
    read_here = Finding.objects.filter(paragraph__section__in=sections).order_by().values("pk")
    return Finding.objects.filter(pk__in=here.union(read_here))
