"""What becomes of an edit if its report is read again, and when an editor is asked about it."""

from collections import defaultdict
from collections.abc import Collection
from typing import TypeVar

from django.db.models import QuerySet

from reports.corrections.targets import FIELDS, Target, encoded, kind_of, parsed_value
from reports.models import Conflict, Correction, Finding

Value = TypeVar("Value")


def merge(base: Value, parsed: Value, current: Value, *, edited: bool = False) -> Value:
    """The value that readers see from now on, from what the parser read last time, what it reads
    now, and what readers see. An untouched field follows the parser; an edited one stays. `edited`
    is true if the record holds an edit, even one that the parser agrees with now, because the edit
    must stay if the parser reads something else later. `review` decides whether to ask the editor.
    """
    return current if edited or current != base else parsed


def edited_fields(kind: str, public_ids: Collection[str]) -> defaultdict[str, set[str]]:
    """The fields of each row that an editor has set, and that do not follow the parser again."""
    edited: defaultdict[str, set[str]] = defaultdict(set)
    for correction in Correction.objects.filter(target_kind=kind, target_id__in=public_ids):
        if _follows_parser(correction):
            edited[correction.target_id].discard(correction.field)
        else:
            edited[correction.target_id].add(correction.field)
    return edited


def edited_fields_of(target: Target) -> set[str]:
    """`edited_fields` of one row."""
    return edited_fields(kind_of(target), [target.public_id])[target.public_id]


def review(target: Target) -> None:
    """Update the conflicts of one row. A field is in conflict while the parser reads something else
    than at the last correction, and something else than readers see. Conflicts follow from the
    record, so a rebuilt database has the same ones.
    """
    last = {correction.field: correction for correction in history(target)}
    wanted = {}
    for field in FIELDS[kind_of(target)]:
        correction = last.get(field)
        if correction is None or _follows_parser(correction):
            continue
        now = parsed_value(target, field)
        if now not in (correction.parsed, encoded(target, field)):
            wanted[field] = (correction.parsed, now)
    if _lost_an_edit(target, last):
        wanted["status"] = (Finding.Status.PUBLISHED.value, Finding.Status.GONE.value)
    _set_conflicts(target, wanted)


def _follows_parser(correction: Correction) -> bool:
    """Whether a correction gave a field the parser's own value, so that it is edited no longer."""
    return correction.after == correction.parsed and correction.action != Correction.Action.KEEP


def _lost_an_edit(target: Target, last: dict[str, Correction]) -> bool:
    """Whether the latest version lacks the paragraph of an edited finding, and no editor has
    decided about it yet. Until then readers see it."""
    return (
        isinstance(target, Finding)
        and target.status == Finding.Status.PUBLISHED
        and parsed_value(target, "status") == Finding.Status.GONE
        and bool(last)
        and "status" not in last
    )


def history(target: Target) -> QuerySet[Correction]:
    """All corrections of one row, the first one first."""
    return Correction.objects.filter(target_kind=kind_of(target), target_id=target.public_id)


def _set_conflicts(target: Target, wanted: dict[str, tuple[object, object]]) -> None:
    standing = Conflict.objects.filter(target_kind=kind_of(target), target_id=target.public_id)
    standing.exclude(field__in=wanted).delete()
    for field, (base, parsed) in wanted.items():
        Conflict.objects.update_or_create(
            target_kind=kind_of(target),
            target_id=target.public_id,
            field=field,
            defaults={"base": base, "parsed": parsed},
        )
