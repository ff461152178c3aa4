"""What waits for an editor: by reason, in order, one after the other."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reports.desk import queue
from reports.desk.views.common import Place, editors_only

PAGE_SIZE = 25


@editors_only
@require_safe
def desk(request: HttpRequest) -> HttpResponse:
    """The queue, of one reason or of all."""
    chosen = queue.REASON_BY_SLUG.get(request.GET.get("reason", ""))
    counts = queue.counts()
    listed = tuple((reason, count) for reason, count in counts if chosen in (None, reason))
    items: Any = queue.Listing(listed)  # What a paginator asks of it: its length, and slices.
    page = Paginator(items, PAGE_SIZE).get_page(request.GET.get("page"))
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
    """The item that comes after one, of the same reason."""
    place = Place.of(request)
    if place.reason is None:
        return redirect("desk")
    item = place.reason.after(place.at)
    if item is not None:
        return redirect(item.address)
    messages.info(request, f"Nothing more waits here: {place.reason.label.lower()}.")
    return redirect(f"{reverse('desk')}?reason={place.reason.slug}")
