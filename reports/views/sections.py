from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reports.display.neighbours import neighbours
from reports.models import Section


@require_safe
def section(request: HttpRequest, public_id: str) -> HttpResponse:
    """One quality statement of an assessment, to read through."""
    found = get_object_or_404(
        Section.objects.select_related("assessment__authority", "document__superseded_by"),
        public_id=public_id,
    )
    siblings = list(found.assessment.sections.current().in_report_order())
    previous, next_ = neighbours(found, siblings)
    return render(
        request,
        "section.html",
        {
            "section": found,
            "assessment": found.assessment,
            "document": found.document,
            "findings": list(found.findings.published().select_related("paragraph")),
            "previous": previous,
            "next": next_,
        },
    )
