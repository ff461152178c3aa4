"""The page of a conflict: what was read before, what is read now, what readers see, and the
answer."""

import json
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from reports.corrections import StaleEditError, Why, correcting, find_target, history
from reports.corrections.targets import Target, encoded
from reports.desk.forms import FORM_OF, CorrectionForm
from reports.desk.queue import address_of
from reports.desk.views.common import FormPage, editors_only, get_or_post, posted
from reports.desk.views.editing import current_values
from reports.display import wording
from reports.display.source_text import excerpt_of
from reports.models import Conflict, Finding

KEEP, TAKE, WRITE = "keep", "take", "write"


@editors_only
@get_or_post
def conflict(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Conflict, pk=pk)
    target = find_target(found)
    form = _form(found, target, posted(request))
    page = _page(request, found, target, form)
    if not form.is_valid():
        return page.shown()
    answer = request.POST.get("answer", "")
    try:
        if request.POST.get("values") != page.context["values"]:
            raise StaleEditError
        return page.saved(
            lambda why: _answer(found, answer, form, why),
            "The conflict is settled.",
            address_of(target),
        )
    except StaleEditError:
        return _page(request, found, target, _form(found, target, None)).shown(409, stale=True)


def _answer(found: Conflict, answer: str, form: CorrectionForm, why: Why) -> None:
    with correcting() as batch:
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


def _page(request: HttpRequest, found: Conflict, target: Target, form: CorrectionForm) -> FormPage:
    kind, field = found.target_kind, found.field
    now = encoded(target, field)
    context = {
        "conflict": found,
        "row": target,
        "finding": target if isinstance(target, Finding) else None,
        "label": wording.field_label(field),
        "before": wording.in_words(kind, field, found.base),
        "read": wording.change_of(kind, field, found.base, found.parsed),
        "ours": wording.change_of(kind, field, found.base, now),
        "values": json.dumps([found.base, found.parsed, now]),
        "last": history(target).filter(field=field).last(),
        "excerpt": excerpt_of(target) if isinstance(target, Finding) else None,
        "address": address_of(target),
    }
    return FormPage(request, "desk/conflict.html", form, context)
