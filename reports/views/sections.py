from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from reports.display.figures import with_figures
from reports.display.neighbours import neighbours
from reports.facts.inferred import TOPICS
from reports.models import Finding, Section
from reports.views.withdrawn import withdrawn_page


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """A finding as the page of a section shows it."""

    finding: Finding

    @property
    def text(self) -> SafeString:
        return with_figures(self.finding.text, self.finding.quoted_figures)

    @property
    def topics(self) -> str:
        return ", ".join(TOPICS.names(self.finding.topics))


@require_safe
def section(request: HttpRequest, public_id: str) -> HttpResponse:
    """The page of one quality statement of an assessment, with all its findings."""
    found = get_object_or_404(
        Section.objects.select_related("assessment__authority", "document__superseded_by"),
        public_id=public_id,
    )
    document = found.document
    if hidden := withdrawn_page(request, withdrawn=bool(document and document.withdrawn)):
        return hidden
    siblings = list(found.assessment.sections.current().in_report_order())
    previous, next_ = neighbours(found, siblings)
    findings = found.findings.published().select_related("paragraph")
    return render(
        request,
        "section.html",
        {
            "section": found,
            "assessment": found.assessment,
            "document": document,
            "passages": [ShownFinding(finding) for finding in findings],
            "previous": previous,
            "next": next_,
        },
    )
