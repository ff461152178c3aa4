"""Items of the queue that editors mark as correct."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from reports.desk.queue import REASON_BY_SLUG
from reports.desk.views.common import QueuePlace, editors_only
from reports.display.paging import page_of
from reports.models import Dismissal

PAGE_SIZE = 50
MOST = 200
LONGEST_NOTE = 2_000
CHANGED = (
    "The item has changed or was decided since you opened the page, so it was not marked as "
    "correct."
)


@editors_only
@require_POST
def dismiss(request: HttpRequest) -> HttpResponse:
    """Mark the item on the page as correct and go on, or several that are selected in the queue."""
    place = QueuePlace.of(request)
    reason = place.reason or REASON_BY_SLUG.get(request.POST.get("queue", ""))
    if reason is None or not reason.target or not (place.reason or reason.in_bulk):
        return redirect("desk")
    if place.reason:
        rows = reason.waiting().filter(pk=place.at)
    else:
        ticked = [value for value in request.POST.getlist("finding")[:MOST] if value.isalnum()]
        rows = reason.waiting().filter(public_id__in=ticked)
    decided = [
        Dismissal(
            reason=reason.slug,
            target=target,
            seen=seen,
            note=request.POST.get("note", "").replace("\x00", "")[:LONGEST_NOTE],
            editor=request.user.get_username(),
        )
        for target, seen in reason.seen_of(rows)
        if seen == _shown(request, "seen" if place.reason else f"seen-{target}")
    ]
    Dismissal.objects.bulk_create(decided)
    if not decided:
        messages.error(request, CHANGED)
    elif not place.reason:
        messages.success(request, f"{len(decided)} items marked as correct.")
    else:
        messages.success(request, "Marked as correct.")
    return place.onwards(f"{reverse('desk')}?reason={reason.slug}")


def _shown(request: HttpRequest, field: str) -> str:
    """What the editor saw, with line feeds at the ends of lines, although browsers send CRLF."""
    return request.POST.get(field, "").replace("\r\n", "\n")


@editors_only
@require_safe
def dismissals(request: HttpRequest) -> HttpResponse:
    page = page_of(Dismissal.objects.all(), request.GET.get("page"), PAGE_SIZE)
    rows = [(row, REASON_BY_SLUG.get(row.reason)) for row in page]
    return render(request, "desk/dismissals.html", {"page": page, "rows": rows})


@editors_only
@require_POST
def restore(request: HttpRequest, pk: int) -> HttpResponse:
    """Put an item back into the queue."""
    found = get_object_or_404(Dismissal, pk=pk)
    Dismissal.objects.filter(reason=found.reason, target=found.target, seen=found.seen).delete()
    messages.success(request, "It is back in the queue, if its problem still exists.")
    return redirect("desk-dismissals")
