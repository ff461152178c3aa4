"""Move, split and join findings, and say whether one is a finding at all."""

import json
import re
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from reports import corrections
from reports.corrections import StaleEditError, Why, change_all
from reports.desk.forms import JoinForm, ReasonForm, SplitForm
from reports.desk.queue import address_of
from reports.desk.views.common import QueuePlace, editors_only, say_saved, why_of
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


@editors_only
@require_POST
def move(request: HttpRequest, public_id: str) -> HttpResponse:
    """Move a finding up or down by one place, past the finding that the editor saw there."""
    found = find_finding(public_id)
    findings = list(found.section.findings.published())
    up = request.POST.get("to") == "up"
    beside = neighbours(found, findings)[0 if up else 1]
    seen = request.POST.get("before" if up else "after")
    if beside is not None and seen not in (None, beside.public_id):
        return _refused(request, found)
    places = moved(findings, found, up=up)
    if places:
        why = Why(editor=request.user.get_username())
        try:
            change_all([(row, {"position": place}) for row, place in places], why)
        except StaleEditError:
            return _refused(request, found)
        say_saved(request, "Moved.", why)
    return redirect(f"{address_of(found)}{QueuePlace.of(request).query}#order")


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def split(request: HttpRequest, public_id: str) -> HttpResponse:
    found = find_finding(public_id)
    seen = _seen(request, found.text)
    posted = request.POST if request.method == "POST" else None
    form = SplitForm(seen, _sentences(seen), data=posted)
    page = context_of(found) | {
        "form": form,
        "place": QueuePlace.of(request),
        "seen": json.dumps(seen),
    }
    if posted is None or not form.is_valid():
        return render(request, "desk/split.html", page, status=422 if posted else 200)
    at = form.cleaned_data["at"]
    if request.POST.get("step") != "save" or request.POST.get("previewed") != str(at):
        page |= {"at": at, "halves": (seen[:at].rstrip(), seen[at:].lstrip())}
        return render(request, "desk/split.html", page)
    found.text = seen
    why = why_of(request, form)
    try:
        corrections.split(found, at, why)
    except StaleEditError:
        return _refused(request, found)
    say_saved(request, "Split in two. The second half is a new finding.", why)
    return QueuePlace.of(request).onwards(address_of(found))


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, public_id: str) -> HttpResponse:
    """Join a finding with the one before or after it. The earlier one keeps its address."""
    found = find_finding(public_id)
    before, after = neighbours(found, list(found.section.findings.published()))
    pairs: dict[str, tuple[Finding, Finding]] = {}
    choices: list[tuple[str, str]] = []
    if before:
        pairs["previous"] = (before, found)
        choices.append(("previous", f"The finding before it: {before}"))
    if after:
        pairs["next"] = (found, after)
        choices.append(("next", f"The finding after it: {after}"))
    posted = request.POST if request.method == "POST" else None
    form = JoinForm(choices, data=posted)
    page = context_of(found) | {"form": form, "place": QueuePlace.of(request), "possible": choices}
    if posted is None or not form.is_valid():
        return render(request, "desk/join.html", page, status=422 if posted else 200)
    first, second = pairs[form.cleaned_data["neighbour"]]
    texts = [first.public_id, first.text, second.public_id, second.text]
    if request.POST.get("step") != "save":
        joined = wording.compare(first.text, f"{first.text} {second.text}")
        page |= {"parts": joined, "seen": json.dumps(texts)}
        return render(request, "desk/join.html", page)
    why = why_of(request, form)
    try:
        if _seen(request, []) != texts:
            raise StaleEditError
        corrections.join(first, second, why)
    except StaleEditError:
        return _refused(request, found)
    say_saved(request, "Joined. The second finding’s address leads to the first.", why)
    return QueuePlace.of(request).onwards(address_of(first))


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest, public_id: str) -> HttpResponse:
    """Say that it is not a finding, or that it is one after all."""
    found = find_finding(public_id)
    published = found.status == Finding.Status.PUBLISHED
    after = Finding.Status.NOT_A_FINDING if published else Finding.Status.PUBLISHED
    posted = request.POST if request.method == "POST" else None
    form = ReasonForm(posted)
    page = context_of(found) | {
        "form": form,
        "place": QueuePlace.of(request),
        "change": wording.change_of("finding", "status", found.status, after.value),
    }
    if posted is None or not form.is_valid():
        return render(request, "desk/status.html", page, status=422 if posted else 200)
    values: dict[str, Any] = {"status": after.value, "joined_into": None}
    why = why_of(request, form)
    try:
        corrections.change(found, values, why, expected={"status": posted.get("seen")})
    except StaleEditError:
        return _refused(request, found)
    except ValidationError as error:
        form.add_error(None, error.messages)
        return render(request, "desk/status.html", page, status=422)
    status_words = wording.in_words("finding", "status", after.value).lower()
    say_saved(request, f"Saved: {status_words}.", why)
    return QueuePlace.of(request).onwards(address_of(found))


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


def _refused(request: HttpRequest, found: Finding) -> HttpResponse:
    """The page that says who saved first, and what the finding is now."""
    found.refresh_from_db()
    last = list(corrections.history(found))[-1:]
    page = {"problem": CHANGED_MEANWHILE, "finding": found, "last": last[0] if last else None}
    return render(request, "desk/refused.html", page, status=409)


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
