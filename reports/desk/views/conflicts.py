"""The page of a conflict: what was read before, what is read now, what readers see, and the
answer."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods

from reports.corrections import Batch, StaleEditError, Why, correcting, find_target, history
from reports.corrections.targets import Target, encoded
from reports.desk.forms import FORM_OF, CorrectionForm
from reports.desk.queue import address_of
from reports.desk.views.common import QueuePlace, editors_only, say_saved, why_of
from reports.desk.views.editing import current_values
from reports.display import wording
from reports.display.source_text import excerpt_of
from reports.models import Conflict, Finding

KEEP, TAKE, WRITE = "keep", "take", "write"


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Conflict, pk=pk)
    target = find_target(found)
    posted = request.POST if request.method == "POST" else None
    form = _form(found, target, posted)
    if posted is None or not form.is_valid():
        return _page(request, found, target, form, status=422 if posted else 200)
    values = [found.base, found.parsed, encoded(target, found.field)]
    if posted.get("values") != json.dumps(values):
        return _page(request, found, target, _form(found, target, None), status=409)
    why = why_of(request, form)
    try:
        with correcting() as batch:
            _answer(batch, found, posted.get("answer", ""), form, why)
    except StaleEditError:
        return _page(request, found, target, _form(found, target, None), status=409)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return _page(request, found, target, form, status=422)
    say_saved(request, "The conflict is settled.", why)
    return QueuePlace.of(request).onwards(address_of(target))


def _answer(batch: Batch, found: Conflict, answer: str, form: CorrectionForm, why: Why) -> None:
    target = find_target(found)
    seen = {found.field: encoded(target, found.field)}
    wanted = {KEEP: seen, TAKE: {found.field: found.parsed}, WRITE: form.values()}
    if answer not in wanted:
        raise ValidationError("Choose an answer.")
    if answer == KEEP or (answer == WRITE and wanted[WRITE] == seen):
        batch.keep(found, why)
    else:
        batch.change(target, wanted[answer], why, expected=seen)


def _form(found: Conflict, target: Target, data: Any) -> CorrectionForm:
    """The form for the field in conflict. Only the answer “write something else” uses its value."""
    answer = data.get("answer") if data else None
    form = FORM_OF[found.target_kind](current_values(target), data=data, asked=[found.field])
    if data is not None and answer != WRITE and found.field in form.fields:
        form.fields[found.field].required = False
    return form


def _page(
    request: HttpRequest, found: Conflict, target: Target, form: CorrectionForm, *, status: int
) -> HttpResponse:
    kind, field = found.target_kind, found.field
    now = encoded(target, field)
    last = [row for row in history(target) if row.field == field]
    context = {
        "conflict": found,
        "row": target,
        "finding": target if isinstance(target, Finding) else None,
        "label": wording.field_label(field),
        "before": wording.in_words(kind, field, found.base),
        "read": wording.change_of(kind, field, found.base, found.parsed),
        "ours": wording.change_of(kind, field, found.base, now),
        "values": json.dumps([found.base, found.parsed, now]),
        "last": last[-1] if last else None,
        "form": form,
        "place": QueuePlace.of(request),
        "stale": status == 409,
        "excerpt": excerpt_of(target) if isinstance(target, Finding) else None,
        "address": address_of(target),
    }
    return render(request, "desk/conflict.html", context, status=status)
