"""Finds the edits that the parser has disagreed with since they were made."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import QuerySet

from reports.corrections.targets import FIELDS, Target, encoded, kind_of, parsed_value
from reports.models import Conflict, Correction, Finding


def edited_fields(kind: str, public_ids: Collection[str]) -> defaultdict[str, set[str]]:
    """The fields of each row that an editor has set, and that do not follow the parser again."""
    edited: defaultdict[str, set[str]] = defaultdict(set)
    for correction in Correction.objects.filter(target_kind=kind, target_id__in=public_ids):
        if correction.after == correction.parsed and correction.action != Correction.Action.KEEP:
            edited[correction.target_id].discard(correction.field)
        else:
            edited[correction.target_id].add(correction.field)
    return edited


def review(target: Target) -> None:
    """Update the conflicts of one row. A field is in conflict while the parser reads something else
    than at the last correction, and something else than readers see. Conflicts follow from the
    record, so a rebuilt database has the same ones.
    """
    last = {correction.field: correction for correction in history(target)}
    wanted = {}
    for field in FIELDS[kind_of(target)]:
        correction = last.get(field)
        if correction is None:
            continue
        now = parsed_value(target, field)
        handed_back = correction.after == correction.parsed and (
            correction.action != Correction.Action.KEEP
        )
        if not handed_back and now not in (correction.parsed, encoded(target, field)):
            wanted[field] = (correction.parsed, now)
    if _lost_an_edit(target, last):
        wanted["status"] = (Finding.Status.PUBLISHED.value, Finding.Status.GONE.value)
    _set_conflicts(target, wanted)


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
