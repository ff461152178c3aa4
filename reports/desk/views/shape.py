"""Move, split and join findings, and say whether one is a finding at all."""

import json
import re
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from reports import corrections
from reports.corrections import StaleEditError, Why, change_all
from reports.desk.forms import JoinForm, ReasonForm, SplitForm
from reports.desk.queue import address_of
from reports.desk.views.common import (
    FormPage,
    QueuePlace,
    editors_only,
    get_or_post,
    posted,
    say_saved,
)
from reports.desk.views.order import moved
from reports.display import wording
from reports.display.neighbours import neighbours
from reports.display.source_text import excerpt_of
from reports.models import Finding

SENTENCE_END = re.compile(r"(?<=[.!?:;])[”’\"')\]]*\s+(?=\S)|\n+(?=\S)")
CHANGED_MEANWHILE = (
    "Somebody else has changed this since you opened the page. Nothing was saved: look at it as "
    "it is now."
)


def of_a_finding(
    view: Callable[[HttpRequest, Finding], HttpResponse],
) -> Callable[[HttpRequest, str], HttpResponse]:
    """A page for editors about one finding. If the finding was changed since the editor saw it, the
    page says who changed it, and shows it as it is now."""

    @editors_only
    @wraps(view)
    def guarded(request: HttpRequest, public_id: str) -> HttpResponse:
        found = find_finding(public_id)
        try:
            return view(request, found)
        except StaleEditError:
            found.refresh_from_db()
            last = corrections.history(found).last()
            page = {"problem": CHANGED_MEANWHILE, "finding": found, "last": last}
            return render(request, "desk/refused.html", page, status=409)

    return guarded


@of_a_finding
@require_POST
def move(request: HttpRequest, found: Finding) -> HttpResponse:
    """Move a finding up or down by one place, past the finding that the editor saw there."""
    findings = list(found.section.findings.published())
    up = request.POST.get("to") == "up"
    beside = neighbours(found, findings)[0 if up else 1]
    seen = request.POST.get("before" if up else "after")
    if beside is not None and seen not in (None, beside.public_id):
        raise StaleEditError
    places = moved(findings, found, up=up)
    if places:
        why = Why(editor=request.user.get_username())
        change_all([(row, {"position": place}) for row, place in places], why)
        say_saved(request, "Moved.", why)
    return redirect(f"{address_of(found)}{QueuePlace.of(request).query}#order")


@of_a_finding
@get_or_post
def split(request: HttpRequest, found: Finding) -> HttpResponse:
    seen = _seen(request, found.text)
    form = SplitForm(seen, _sentences(seen), data=posted(request))
    page = FormPage(
        request, "desk/split.html", form, context_of(found) | {"seen": json.dumps(seen)}
    )
    if not form.is_valid():
        return page.shown()
    at = form.cleaned_data["at"]
    if request.POST.get("step") != "save" or request.POST.get("previewed") != str(at):
        return page.shown(at=at, changes=(seen[:at].rstrip(), seen[at:].lstrip()))
    found.text = seen
    return page.saved(
        lambda why: corrections.split(found, at, why),
        "Split in two. The second half is a new finding.",
        address_of(found),
    )


@of_a_finding
@get_or_post
def join(request: HttpRequest, found: Finding) -> HttpResponse:
    """Join a finding with the one before or after it. The earlier one keeps its address."""
    before, after = neighbours(found, list(found.section.findings.published()))
    pairs: dict[str, tuple[Finding, Finding]] = {}
    choices: list[tuple[str, str]] = []
    if before:
        pairs["previous"] = (before, found)
        choices.append(("previous", f"The finding before it: {before}"))
    if after:
        pairs["next"] = (found, after)
        choices.append(("next", f"The finding after it: {after}"))
    form = JoinForm(choices, data=posted(request))
    page = FormPage(request, "desk/join.html", form, context_of(found) | {"possible": choices})
    if not form.is_valid():
        return page.shown()
    first, second = pairs[form.cleaned_data["neighbour"]]
    texts = [first.public_id, first.text, second.public_id, second.text]
    if request.POST.get("step") != "save":
        joined = wording.compare(first.text, f"{first.text} {second.text}")
        return page.shown(changes=joined, seen=json.dumps(texts))
    if _seen(request, []) != texts:
        raise StaleEditError
    return page.saved(
        lambda why: corrections.join(first, second, why),
        "Joined. The second finding’s address leads to the first.",
        address_of(first),
    )


@of_a_finding
@get_or_post
def status(request: HttpRequest, found: Finding) -> HttpResponse:
    """Say that it is not a finding, or that it is one after all."""
    published = found.status == Finding.Status.PUBLISHED
    after = Finding.Status.NOT_A_FINDING if published else Finding.Status.PUBLISHED
    change = wording.change_of("finding", "status", found.status, after.value)
    form = ReasonForm(posted(request))
    page = FormPage(request, "desk/status.html", form, context_of(found) | {"change": change})
    if not form.is_valid():
        return page.shown()
    values: dict[str, Any] = {"status": after.value, "joined_into": None}
    seen = {"status": request.POST.get("seen")}
    return page.saved(
        lambda why: corrections.change(found, values, why, expected=seen),
        f"Saved: {change.after.lower()}.",
        address_of(found),
    )


def find_finding(public_id: str) -> Finding:
    return get_object_or_404(
        Finding.objects.with_context().select_related("joined_into"), public_id=public_id
    )


def context_of(found: Finding) -> dict[str, Any]:
    before, after = neighbours(found, list(found.section.findings.published()))
    return {
        "finding": found,
        "section": found.section,
        "assessment": found.section.assessment,
        "document": found.paragraph.document if found.paragraph else None,
        "excerpt": excerpt_of(found),
        "published": found.status == Finding.Status.PUBLISHED,
        "before": before,
        "after": after,
    }


def _seen(request: HttpRequest, otherwise: Any) -> Any:
    """What the editor saw when the page was made. It is JSON, so that the browser returns the text
    unchanged."""
    try:
        seen = json.loads(request.POST.get("seen", ""))
    except json.JSONDecodeError:
        return otherwise
    return seen if isinstance(seen, type(otherwise)) else otherwise


def _sentences(text: str) -> list[tuple[str, str]]:
    """Where a second half could begin, and its first words."""
    places = [match.end() for match in SENTENCE_END.finditer(text)]
    return [(str(place), f"“{text[place : place + 90].strip()}…”") for place in places]
