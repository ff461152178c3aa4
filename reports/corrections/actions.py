"""What an editor can do with a row: change it, split, join, promote, withdraw, revert.

All of it goes through `correcting()`.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from reports.corrections.correcting import Batch, correcting
from reports.corrections.review import edited_fields_of
from reports.corrections.targets import Target, encoded, find, parsed_value
from reports.corrections.why import Why
from reports.facts import inferred
from reports.inference import infer
from reports.models import Conflict, Correction, Finding, Section, SourceDocument


def change(
    target: Target,
    values: Mapping[str, Any],
    why: Why,
    *,
    action: str = Correction.Action.EDIT,
    expected: Mapping[str, Any] | None = None,
) -> list[Correction]:
    """Set fields of one row: see `Batch.change`. Returns the corrections recorded."""
    with correcting() as batch:
        return batch.change(target, values, why, action=action, expected=expected)


def change_all(changes: Iterable[tuple[Finding, Mapping[str, Any]]], why: Why) -> None:
    """Change several findings, all or none. Raises StaleEditError if one of the values to change is
    no longer the one that the row had when it was loaded."""
    with correcting() as batch:
        for row, values in changes:
            batch.change(row, values, why, expected={name: encoded(row, name) for name in values})


def split(finding: Finding, at: int, why: Why) -> Finding:
    """Split a finding before the character `at`; returns the second half, a new finding. Labels are
    inferred again for each half, except those that an editor has decided."""
    first, second = finding.text[:at].rstrip(), finding.text[at:].lstrip()
    if not first or not second:
        raise ValidationError({"text": "Split inside the text, so that both parts have words."})
    decided = edited_fields_of(finding)
    now = Finding.objects.get(pk=finding.pk)
    # The second half has the values of the paragraph too, like the finding.
    place = {
        field: encoded(finding, field)
        for field in ("heading", "position")
        if encoded(finding, field) != parsed_value(finding, field)
    }
    with correcting() as batch:
        batch.change(
            finding,
            {"text": first, **_inferred_of_part(now, first, decided)},
            why,
            action=Correction.Action.SPLIT,
            expected={"text": finding.text},
        )
        values = {"text": second, **_inferred_of_part(now, second, decided)}
        return batch.create(
            finding.section,
            {**place, **values, "split_from": finding.public_id},
            why,
            action=Correction.Action.SPLIT,
        )


def _inferred_of_part(finding: Finding, part: str, decided: Collection[str]) -> dict[str, Any]:
    labels = infer(part, finding.heading, finding.section.statement)
    return inferred.values_of(labels) | {
        field.name: field.within(getattr(finding, field.name), part)
        for field in inferred.FIELDS
        if field.name in decided
    }


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


def promote(
    section: Section,
    text: str,
    heading: str,
    position: int,
    why: Why,
    *,
    spans: Sequence[tuple[int, int]] = (),
) -> Finding:
    """Make a finding of text that the parser did not understand. `spans` say where it is in the
    text of the section's document."""
    words = " ".join(text.split())
    if not words:
        raise ValidationError({"text": "Give the finding some words."})
    values: dict[str, Any] = {"text": words, "heading": heading, "position": position}
    if spans and section.document:
        values |= {"source": section.document.sha256, "spans": [list(span) for span in spans]}
    values |= inferred.values_of(infer(words, heading, section.statement))
    with correcting() as batch:
        return batch.create(section, values, why, action=Correction.Action.PROMOTE)


def withdraw(document: SourceDocument, why: Why) -> None:
    """Withdraw a document that was uploaded by mistake, so that it is no longer shown. Raises
    StaleEditError if somebody has withdrawn it already."""
    values, expected = {"withdrawn": True}, {"withdrawn": False}
    change(document, values, why, action=Correction.Action.WITHDRAW, expected=expected)


def find_target(row: Conflict | Correction) -> Target:
    with transaction.atomic():
        return find(row.target_kind, row.target_id)


def revert(batch: UUID, why: Why) -> None:
    """Undo all changes of one batch, the last one first. Raises StaleEditError if one of them has
    been changed again since."""
    with correcting() as undoing:
        for correction in Correction.objects.filter(batch=batch).reverse():
            _revert_one(undoing, correction, why)


def in_the_way(batch: UUID) -> list[Correction]:
    """The first correction of each later batch that changed the same values again and is not
    undone. These batches must be undone before this one."""
    found: dict[UUID, Correction] = {}
    for row in Correction.objects.filter(batch=batch):
        later = Correction.objects.standing().filter(
            target_kind=row.target_kind, target_id=row.target_id, pk__gt=row.pk
        )
        for again in later.filter(field=row.field) if row.field else later:
            if again.batch != batch:
                found.setdefault(again.batch, again)
    return sorted(found.values(), key=lambda row: -row.pk)


def _revert_one(undoing: Batch, correction: Correction, why: Why) -> None:
    target = find_target(correction)
    if correction.field:
        values = {correction.field: correction.before}
        expected = {correction.field: correction.after}
    else:
        values, expected = {"status": Finding.Status.NOT_A_FINDING.value}, {}
    undoing.change(target, values, why, action=Correction.Action.REVERT, expected=expected)
