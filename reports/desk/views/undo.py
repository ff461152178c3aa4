"""Undoing a batch of corrections."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from reports import corrections
from reports.corrections import StaleEditError
from reports.desk.forms import ReasonForm
from reports.desk.views.common import (
    INGEST,
    FormPage,
    editors_only,
    get_or_post,
    posted,
    why_of,
)
from reports.display.events import events_of
from reports.models import Correction

READ_AGAIN = (
    "The report has been read again since, and the value is not what this correction made of it. "
    "Correct the value on its own page instead."
)


@editors_only
@get_or_post
def revert(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Undo a batch of corrections, after showing them again."""
    made = list(Correction.objects.filter(batch=batch))
    if not made:
        raise Http404
    if made[0].target_kind == "document" and not request.user.has_perm(INGEST):
        raise PermissionDenied
    [event] = events_of(made)
    in_the_way = events_of(corrections.in_the_way(batch))
    form = ReasonForm(posted(request))
    context = {"event": event, "back": _back(made[0]), "in_the_way": in_the_way}
    page = FormPage(request, "desk/revert.html", form, context)
    if form.is_bound and (event.undone or in_the_way):
        return page.shown(409)
    if not form.is_valid():
        return page.shown()
    try:
        corrections.revert(batch, why_of(request, form, reverts=batch))
    except (StaleEditError, ValidationError) as error:
        problems = error.messages if isinstance(error, ValidationError) else READ_AGAIN
        form.add_error(None, problems)
        return page.shown(409)
    messages.success(request, "Undone.")
    return redirect(_back(made[0]))


def _back(row: Correction) -> str:
    if row.target_kind == "finding":
        return reverse("finding-history", args=[row.target_id])
    return reverse(f"desk-{row.target_kind}", args=[row.target_id])
