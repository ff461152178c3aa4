"""What follows for findings when a document is withdrawn because it was uploaded by mistake.

The rows stay, so that a withdrawal can be undone and links still say what became of a finding. That
a finding is withdrawn follows from its document and is not a correction: a later version of the
report brings it back under the same address.
"""

from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db.models import Q

from reports.corrections.review import edited_fields, review
from reports.models import Finding, FindingQuerySet, Section, SourceDocument

WITHDRAWN = Q(section__document__withdrawn=True) | Q(paragraph__section__document__withdrawn=True)


def leaving_with(document: SourceDocument) -> FindingQuerySet:
    """The published findings that withdrawing a document takes away."""
    return _of(document.sections.all()).published()


def follow_withdrawal(sections: Iterable[Section]) -> None:
    """Withdraw what these sections publish of withdrawn documents, and publish what was withdrawn
    with a document that is not withdrawn any more."""
    findings = _of(sections)
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
    """Publish what was withdrawn, before a new version of the document is merged into it."""
    withdrawn = _of(sections).filter(status=Finding.Status.WITHDRAWN)
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


def _of(sections: Iterable[Section]) -> FindingQuerySet:
    """The findings in these sections, and those read there that stand elsewhere now. The two are
    looked for apart, because together no index would serve."""
    here = Finding.objects.filter(section__in=sections).order_by().values("pk")
    read_here = Finding.objects.filter(paragraph__section__in=sections).order_by().values("pk")
    return Finding.objects.filter(pk__in=here.union(read_here))
