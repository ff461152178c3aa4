"""What an editor can do with a row: change it, split, join, promote, identify, keep, revert.

All of it goes through `correcting()`.
"""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from reports.corrections.correcting import Batch, correcting
from reports.corrections.joining import planned_move
from reports.corrections.targets import (
    Target,
    encoded,
    find,
    parsed_value,
)
from reports.corrections.why import Why
from reports.facts import inferred
from reports.models import Assessment, Authority, Conflict, Correction, Finding, Section


def change(
    target: Target,
    values: Mapping[str, Any],
    why: Why,
    *,
    action: str = Correction.Action.EDIT,
    expected: Mapping[str, Any] | None = None,
) -> list[Correction]:
    """Set fields of one row: see `Batch.change`. Returns what was written down."""
    with correcting() as batch:
        return batch.change(target, values, why, action=action, expected=expected)


def change_all(changes: Iterable[tuple[Finding, Mapping[str, Any]]], why: Why) -> None:
    """Change several findings, all or none. Raises StaleEditError where one of the values to change
    is not what its row, as it was loaded, says."""
    with correcting() as batch:
        for row, values in changes:
            batch.change(row, values, why, expected={name: encoded(row, name) for name in values})


def split(finding: Finding, at: int, why: Why) -> Finding:
    """Split a finding before the character `at`; returns the second half, a finding of its own."""
    first, second = finding.text[:at].rstrip(), finding.text[at:].lstrip()
    if not first or not second:
        raise ValidationError({"text": "Split inside the text, so that both parts have words."})
    quoting = [field for field in inferred.FIELDS if field.quotes]
    # What the finding has from its paragraph, its second half has from there too.
    own = {
        field: encoded(finding, field)
        for field in ("heading", "position", *inferred.NAMES)
        if encoded(finding, field) != parsed_value(finding, field)
    }
    parts = {
        half: {field.name: field.within(getattr(finding, field.name), half) for field in quoting}
        for half in (first, second)
    }
    with correcting() as batch:
        batch.change(
            finding,
            {"text": first, **parts[first]},
            why,
            action=Correction.Action.SPLIT,
            expected={"text": finding.text},
        )
        return batch.create(
            finding.section,
            {**own, "text": second, **parts[second], "split_from": finding.public_id},
            why,
            action=Correction.Action.SPLIT,
        )


def join(first: Finding, second: Finding, why: Why) -> None:
    """Join the second finding's words to the first; the second's permalink then leads to it."""
    if first == second or first.section_id != second.section_id:
        raise ValidationError("Join two different findings of one section.")
    both: dict[str, Any] = {"text": f"{first.text} {second.text}"} | {
        field.name: field.joined(getattr(first, field.name), getattr(second, field.name))
        for field in inferred.FIELDS
    }
    with correcting() as batch:
        batch.change(first, both, why, action=Correction.Action.JOIN, expected={"text": first.text})
        batch.change(
            second,
            {"joined_into": first.public_id, "status": Finding.Status.JOINED.value},
            why,
            action=Correction.Action.JOIN,
            expected={"text": second.text},
        )


def promote(section: Section, text: str, heading: str, position: int, why: Why) -> Finding:
    """Make a finding of text that the parser did not understand."""
    words = " ".join(text.split())
    if not words:
        raise ValidationError({"text": "Give the finding some words."})
    values = {"text": words, "heading": heading, "position": position}
    with correcting() as batch:
        return batch.create(section, values, why, action=Correction.Action.PROMOTE)


def identify(assessment: Assessment, authority: Authority, why: Why) -> Assessment:
    """Say whose an assessment is. Where that authority has one of the same date and kind, the
    sections move there; the assessment that they end up in is returned."""
    values = {"authority": authority.slug}
    move = planned_move(assessment, values)
    change(assessment, values, why)
    return move.into if move else Assessment.objects.get(pk=assessment.pk)


def keep(conflict: Conflict, why: Why) -> None:
    """Answer a conflict with what readers see already."""
    with correcting() as batch:
        batch.keep(conflict, why)


def take(conflict: Conflict, why: Why) -> None:
    """Answer a conflict with what the parser reads now."""
    change(find_target(conflict), {conflict.field: conflict.parsed}, why)


def find_target(row: Conflict | Correction) -> Target:
    with transaction.atomic():
        return find(row.target_kind, row.target_id)


def revert(batch: UUID, why: Why) -> None:
    """Undo all changes of one batch, the last one first. Raises StaleEditError where one of them
    has been changed again since."""
    with correcting() as undoing:
        for correction in Correction.objects.filter(batch=batch).reverse():
            _revert_one(undoing, correction, why)


def _revert_one(undoing: Batch, correction: Correction, why: Why) -> None:
    target = find_target(correction)
    if correction.field:
        values = {correction.field: correction.before}
        expected = {correction.field: correction.after}
    else:
        values, expected = {"status": Finding.Status.NOT_A_FINDING.value}, {}
    undoing.change(target, values, why, action=Correction.Action.REVERT, expected=expected)
