"""The record of corrections: of one finding and of all, for everyone; undoing, for editors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from reports import corrections
from reports.corrections import StaleEditError, find_target
from reports.desk.forms import ReasonForm
from reports.desk.saving import follow_up
from reports.desk.views import words
from reports.desk.views.common import editors_only, may_correct, why
from reports.models import Assessment, Correction, Finding, Section

PAGE_SIZE = 30
MODELS: dict[str, Any] = {
    "finding": Finding.objects.select_related("section__assessment__authority"),
    "section": Section.objects.select_related("assessment__authority"),
    "assessment": Assessment.objects.select_related("authority"),
}
Rows = dict[tuple[str, str], Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One correction in words, and the row it is about (None where it is not there any more)."""

    correction: Correction
    change: words.Change
    row: Any

    @property
    def title(self) -> str:
        if self.row is None:
            return f"A {self.correction.target_kind} that is not here"
        if isinstance(self.row, Finding):
            return f"{self.row.section}, finding {self.row.position + 1}"
        return str(self.row)

    @property
    def url(self) -> str:
        if isinstance(self.row, Assessment):
            return self.row.authority.get_absolute_url() if self.row.authority else ""
        return self.row.get_absolute_url() if self.row else ""


@dataclass(frozen=True, slots=True)
class Event:
    """What was changed in one go."""

    entries: tuple[Entry, ...]
    undone: bool

    @property
    def first(self) -> Correction:
        return self.entries[0].correction


@require_safe
def finding_history(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every correction of a finding, the latest first. Names and notes are for editors only."""
    found = get_object_or_404(
        Finding.objects.with_context().select_related("joined_into"), public_id=public_id
    )
    paragraph = found.paragraph
    return render(
        request,
        "desk/history.html",
        {
            "finding": found,
            "section": found.section,
            "assessment": found.section.assessment,
            "events": _events(list(corrections.history(found))[::-1]),
            "printed": paragraph.text if paragraph else None,
            "answered": found.reader_reports.answered(),
            "editor": may_correct(request),
        },
    )


@require_safe
def all_corrections(request: HttpRequest) -> HttpResponse:
    """The public record: every correction, the latest first."""
    page = Paginator(Correction.objects.order_by("-made_at", "-pk"), PAGE_SIZE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "desk/corrections.html",
        {"page": page, "events": _events(list(page.object_list)), "editor": may_correct(request)},
    )


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def revert(request: HttpRequest, batch: UUID) -> HttpResponse:
    """Undo what was changed in one go, after another look at it."""
    made = list(Correction.objects.filter(batch=batch))
    if not made:
        raise Http404
    [event] = _events(made)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    page = {"event": event, "form": form, "back": _back(made[0])}
    if request.method != "POST" or not form.is_valid():
        return render(request, "desk/revert.html", page)
    if event.undone:
        return render(request, "desk/revert.html", page, status=409)
    try:
        with transaction.atomic():
            before = [find_target(row) for row in made]
            corrections.revert(batch, why(request, form, reverts=batch))
            # A section that moves back matters to the assessment it leaves as well.
            follow_up([*before, *(find_target(row) for row in made)])
    except (StaleEditError, ValidationError) as error:
        said = error.messages if isinstance(error, ValidationError) else [str(error)]
        form.add_error(None, said)
        return render(request, "desk/revert.html", page, status=409)
    messages.success(request, "Undone.")
    return redirect(_back(made[0]))


def _events(rows: Sequence[Correction]) -> list[Event]:
    """Corrections in the order given, those of one batch together."""
    targets = _targets(rows)
    undone = set(
        Correction.objects.filter(reverts__in={row.batch for row in rows}).values_list(
            "reverts", flat=True
        )
    )
    return [
        Event(tuple(_entry(row, targets) for row in batch), key in undone)
        for key, batch in groupby(rows, key=lambda row: row.batch)
    ]


def _entry(row: Correction, targets: Rows) -> Entry:
    kind = row.target_kind
    if row.field:
        change = words.change_of(kind, row.field, row.before, row.after)
    else:
        change = words.change_of(kind, "text", "", (row.after or {}).get("text", ""))
    return Entry(row, change, targets.get((kind, row.target_id)))


def _targets(rows: Iterable[Correction]) -> Rows:
    """The rows that corrections are about, in one query for each kind."""
    return {
        (kind, found.public_id): found
        for kind, model in MODELS.items()
        for found in model.filter(
            public_id__in={row.target_id for row in rows if row.target_kind == kind}
        )
    }


def _back(row: Correction) -> str:
    if row.target_kind == "finding":
        return reverse("finding-history", args=[row.target_id])
    return reverse(f"desk-{row.target_kind}", args=[row.target_id])
