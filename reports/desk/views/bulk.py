"""One change of several findings: chosen in a section or in the queue, shown, then saved."""

import json
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from reports.corrections import StaleEditError, change_all
from reports.corrections.targets import encoded
from reports.desk.forms import TAGS, BulkForm
from reports.desk.queue import REASON_BY_SLUG
from reports.desk.views.common import editors_only, why
from reports.display import wording
from reports.models import Finding

Changes = list[tuple[Finding, dict[str, Any]]]
MOST = 200


@editors_only
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """First the choice of what to do with the ticked findings, then what will change, then save."""
    step = request.POST.get("step")
    chosen = request.POST.getlist("finding")[:MOST]
    findings = Finding.objects.with_context().filter(public_id__in=chosen)
    back = _back(request)
    if step == "choose":
        form = BulkForm(initial={"finding": chosen})
        page = {"form": form, "findings": findings, "back": back, "nothing": not findings}
        return render(request, "desk/bulk.html", page, status=200 if findings else 422)
    form = BulkForm(request.POST)
    page = {"form": form, "findings": findings, "back": back}
    if not form.is_valid():
        return render(request, "desk/bulk.html", page, status=422)
    changes = [(row, values) for row in findings if (values := _values(form, row))]
    # Only what was shown may be saved. The text is part of it: it says what a finding is about.
    shown = json.dumps([(row.public_id, row.text, values) for row, values in changes])
    if step != "save" or request.POST.get("previewed") != shown:
        stale = step == "save"
        page |= {"changes": list(_shown(changes)), "previewed": shown, "stale": stale}
        return render(request, "desk/bulk.html", page, status=409 if stale else 200)
    try:
        change_all(changes, why(request, form))
    except StaleEditError as error:
        form.add_error(None, str(error))
        return render(request, "desk/bulk.html", page, status=409)
    messages.success(request, f"Saved: {len(changes)} findings changed.")
    return redirect(back)


def _values(form: BulkForm, finding: Finding) -> dict[str, Any]:
    """What changes in one finding; empty where the values are already set."""
    cleaned = form.cleaned_data
    if cleaned["action"] == BulkForm.NOT_A_FINDING:
        wanted: dict[str, Any] = {"status": Finding.Status.NOT_A_FINDING.value}
    else:
        add = cleaned["action"] == BulkForm.ADD
        wanted = {
            tag.name: _tagged(getattr(finding, tag.name), cleaned[tag.name], add=add)
            for tag in TAGS
        }
    return {name: value for name, value in wanted.items() if encoded(finding, name) != value}


def _tagged(slugs: list[str], chosen: list[str], *, add: bool) -> list[str]:
    if add:
        return list(dict.fromkeys([*slugs, *chosen]))
    return [slug for slug in slugs if slug not in chosen]


def _shown(changes: Changes) -> Iterable[tuple[Finding, list[wording.Change]]]:
    for finding, values in changes:
        before = {name: encoded(finding, name) for name in values}
        yield finding, wording.changes_of("finding", before, values)


def _back(request: HttpRequest) -> str:
    """A page of the desk: a section, or a reason of the queue."""
    if request.POST.get("section"):
        return reverse("desk-section", args=[request.POST["section"]])
    reason = request.POST.get("queue", "")
    return reverse("desk") + (f"?reason={reason}" if reason in REASON_BY_SLUG else "")
