"""The record of corrections, for everyone: of one finding, and of all."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reports import corrections, roles
from reports.display.events import events_of
from reports.models import Correction, Finding

PAGE_SIZE = 30


@require_safe
def finding_history(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every correction of a finding, the latest first. Names and notes are for editors only."""
    found = get_object_or_404(
        Finding.objects.with_context().select_related("joined_into"), public_id=public_id
    )
    paragraph = found.paragraph
    return render(
        request,
        "finding_history.html",
        {
            "finding": found,
            "section": found.section,
            "assessment": found.section.assessment,
            "events": events_of(list(corrections.history(found))[::-1]),
            "printed": paragraph.text if paragraph else None,
            "answered": found.reader_reports.answered(),
            "editor": roles.may_correct(request.user),
        },
    )


@require_safe
def all_corrections(request: HttpRequest) -> HttpResponse:
    """The public record: every correction, the latest first."""
    page = Paginator(Correction.objects.order_by("-pk"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "corrections.html",
        {
            "page": page,
            "events": events_of(list(page.object_list)),
            "editor": roles.may_correct(request.user),
        },
    )
