"""Undoing a batch of corrections."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from reports import corrections
from reports.corrections import StaleEditError
from reports.desk.forms import ReasonForm
from reports.desk.views.common import INGEST, editors_only, why_of
from reports.display.events import events_of
from reports.models import Correction

READ_AGAIN = (
    "The report has been read again since, and the value is not what this correction made of it. "
    "Correct the value on its own page instead."
)


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def revert(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Undo a batch of corrections, after showing them again."""
    made = list(Correction.objects.filter(batch=batch))
    if not made:
        raise Http404
    if made[0].target_kind == "document" and not request.user.has_perm(INGEST):
        raise PermissionDenied
    [event] = events_of(made)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    page = {
        "event": event,
        "form": form,
        "back": _back(made[0]),
        "in_the_way": events_of(corrections.in_the_way(batch)),
    }
    if request.method != "POST":
        return render(request, "desk/revert.html", page)
    if event.undone or page["in_the_way"]:
        return render(request, "desk/revert.html", page, status=409)
    if not form.is_valid():
        return render(request, "desk/revert.html", page, status=422)
    try:
        corrections.revert(batch, why_of(request, form, reverts=batch))
    except StaleEditError:
        form.add_error(None, READ_AGAIN)
        return render(request, "desk/revert.html", page, status=409)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return render(request, "desk/revert.html", page, status=409)
    messages.success(request, "Undone.")
    return redirect(_back(made[0]))


def _back(row: Correction) -> str:
    if row.target_kind == "finding":
        return reverse("finding-history", args=[row.target_id])
    return reverse(f"desk-{row.target_kind}", args=[row.target_id])
