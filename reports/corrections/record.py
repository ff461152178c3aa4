"""The record: the only place where `Correction` rows are written."""

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from reports.corrections.derived import note_changes
from reports.corrections.review import review
from reports.corrections.targets import (
    FIELDS,
    Target,
    assign,
    clean,
    encoded,
    find,
    finding_ids,
    kind_of,
    parsed_value,
)
from reports.models import Correction


class StaleEditError(Exception):
    """Somebody else changed the value between an editor's reading and saving it."""


@dataclass(frozen=True, slots=True)
class Why:
    """Who corrects, and for what reason. `reason` is one of `Correction.Reason`."""

    editor: str
    reason: str = Correction.Reason.PARSING
    note: str = ""
    batch: uuid.UUID = field(default_factory=uuid.uuid4)
    made_at: datetime = field(default_factory=timezone.now)
    reverts: uuid.UUID | None = None


def change(
    target: Target,
    values: Mapping[str, Any],
    why: Why,
    *,
    action: str = Correction.Action.EDIT,
    expected: Mapping[str, Any] | None = None,
) -> list[Correction]:
    """Set fields of one target and write down each that changed; nothing where none did.

    `expected` holds what the editor saw: where a value has changed since, StaleEditError is raised
    and nothing is saved. Raises ValidationError for values that the target cannot have.
    """
    with transaction.atomic():
        row = find(kind_of(target), target.public_id)
        _refuse_stale(row, expected or {})
        before = {name: encoded(row, name) for name in values}
        changed = [name for name, value in values.items() if before[name] != value]
        affected = set(finding_ids(row)) if changed else set()
        for name in changed:
            assign(row, name, values[name])
        clean(row, changed)
        if changed:
            row.save()
            note_changes(sorted(affected | set(finding_ids(row))))
        written = [
            write(row, why, action=action, name=name, before=before[name], after=values[name])
            for name in changed
        ]
        review(row)
        return written


def write(
    target: Target, why: Why, *, action: str, name: str, before: Any, after: Any
) -> Correction:
    """Append one row to the record."""
    if name and name not in FIELDS[kind_of(target)]:
        raise ValueError(f"{name} of a {kind_of(target)} cannot be corrected.")
    return Correction.objects.create(
        batch=why.batch,
        action=action,
        target_kind=kind_of(target),
        target_id=target.public_id,
        field=name,
        before=before,
        after=after,
        parsed=parsed_value(target, name) if name else None,
        reason=why.reason,
        note=why.note,
        editor=why.editor,
        made_at=why.made_at,
        reverts=why.reverts,
    )


def history(target: Target) -> Iterable[Correction]:
    """All corrections of one target, the first one first."""
    return Correction.objects.filter(target_kind=kind_of(target), target_id=target.public_id)


def _refuse_stale(row: Target, expected: Mapping[str, Any]) -> None:
    stale = [name for name, value in expected.items() if encoded(row, name) != value]
    if stale:
        raise StaleEditError(
            f"Somebody else has changed {' and '.join(stale)} since you opened this page. "
            "Nothing was saved: look at the new value and try again."
        )
