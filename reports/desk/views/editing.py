"""The page that corrects the fields of a row: it shows the form, then what will change, then
saves."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse

from reports.corrections import StaleEditError, change, history, planned_move
from reports.corrections.targets import FIELDS, Target, encoded, kind_of, parsed_value
from reports.desk.forms import FORM_OF, CorrectionForm
from reports.desk.queue import address_of
from reports.desk.views.common import FormPage
from reports.display import wording
from reports.facts import inferred
from reports.models import Assessment, Correction

# Edited as one item per line.
QUOTING = {field.name for field in inferred.FIELDS if field.quotes}


@dataclass(frozen=True, slots=True)
class Stale:
    """A value that somebody else changed while an editor had the form open."""

    label: str
    seen: str
    now: str
    wanted: str
    by: Correction | None


def current_values(row: Target) -> dict[str, Any]:
    return {name: encoded(row, name) for name in FIELDS[kind_of(row)]}


def edit(
    request: HttpRequest,
    row: Target,
    template: str,
    context: dict[str, Any],
    *,
    asked: Sequence[str] = (),
) -> HttpResponse:
    """Show the form, or the form with what will change, or save and go on."""
    kind = kind_of(row)
    data = _restored(request, row) if request.method == "POST" else None
    form = FORM_OF[kind](current_values(row), data=data, asked=asked)
    page = FormPage(request, template, form, context | {"row": row, "read": _read(row, form)})
    if not form.is_valid():
        return page.shown()
    if form.stale():
        return _refused(page, row, form)
    page.context["changes"] = wording.changes_of(kind, form.current, form.values())
    if not page.context["changes"]:
        form.add_error(None, "You have not changed anything yet.")
        return page.shown()
    wanted = form.wanted()
    try:
        move = planned_move(row, wanted) if isinstance(row, Assessment) else None
    except ValidationError as error:
        form.add_error(None, error.messages)
        return page.shown()
    page.context["move"] = move
    if request.POST.get("step") != "save" or not form.shown_before():
        return page.shown()
    seen = {name: form.current[name] for name in wanted}
    try:
        return page.saved(
            lambda why: change(row, wanted, why, expected=seen),
            "Saved.",
            address_of(move.into) if move else request.path,
        )
    except StaleEditError:
        row.refresh_from_db()
        form.current = {name: encoded(row, name) for name in form.names}
        return _refused(page, row, form)


def _read(row: Target, form: CorrectionForm) -> list[tuple[str, str, str]]:
    """The values from the parser that have been corrected: name, label, value in words."""
    read = {name: parsed_value(row, name) for name in form.names}
    return [
        (name, str(form[name].label), wording.in_words(kind_of(row), name, value))
        for name, value in read.items()
        if value is not None and value != form.current[name]
    ]


def _restored(request: HttpRequest, row: Target) -> Any:
    """The posted data. If a field is to be restored, it has the value that the parser read."""
    name = request.POST.get("restore", "")
    if name not in FIELDS[kind_of(row)]:
        return request.POST
    posted = request.POST.copy()
    value = parsed_value(row, name)
    if isinstance(value, list) and name not in QUOTING:
        posted.setlist(name, value)
    else:
        posted[name] = "\n".join(value) if isinstance(value, list) else str(value)
    return posted


def _refused(page: FormPage, row: Target, form: CorrectionForm) -> HttpResponse:
    """Save nothing, and show the editor all values to decide again."""
    kind, values = kind_of(row), form.values()
    last = {correction.field: correction for correction in history(row)}
    stale = [
        Stale(
            wording.field_label(name).capitalize(),
            wording.in_words(kind, name, form.seen.get(name)),
            wording.in_words(kind, name, form.current[name]),
            wording.in_words(kind, name, values[name]),
            last.get(name),
        )
        for name in form.stale()
    ]
    form.seen = form.current
    changes = wording.changes_of(kind, form.current, values)
    return page.shown(409, stale=stale, changes=changes)
