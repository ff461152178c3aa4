"""The list of the queue, and the step from one item to the next."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reports.desk import queue
from reports.desk.views.common import QueuePlace, editors_only
from reports.display.paging import page_of

PAGE_SIZE = 25


@editors_only
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The items of one reason, or of all."""
    chosen = queue.REASON_BY_SLUG.get(request.GET.get("reason", ""))
    counts = queue.counts()
    listed = tuple((reason, count) for reason, count in counts if chosen in (None, reason))
    page = page_of(queue.Listing(listed), request.GET.get("page"), PAGE_SIZE)
    return render(
        request,
        "desk/queue.html",
        {
            "counts": counts,
            "total": sum(count for _, count in counts),
            "chosen": chosen,
            "page": page,
            "first": page.object_list[0] if page.object_list else None,
        },
    )


@editors_only
@require_safe
def next_item(request: HttpRequest) -> HttpResponse:
    """Redirect to the next item of the same reason."""
    place = QueuePlace.of(request)
    if place.reason is None:
        return redirect("desk")
    item = place.reason.after(place.at)
    if item is not None:
        return redirect(item.address)
    messages.info(request, f"No more items wait here: {place.reason.label.lower()}.")
    return redirect(f"{reverse('desk')}?reason={place.reason.slug}")
