"""What an editor can do beyond changing a value: split, join, promote, identify, keep, revert."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from reports.corrections.derived import note_changes
from reports.corrections.record import Why, change, write
from reports.corrections.review import review
from reports.corrections.targets import (
    PARAGRAPH_FIELDS,
    Target,
    encoded,
    find,
    parsed_value,
)
from reports.facts import dates, inferred
from reports.facts.identifiers import allocate
from reports.models import (
    Assessment,
    Authority,
    Conflict,
    Correction,
    Finding,
    Section,
    taken_ids,
)


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
    with transaction.atomic():
        change(
            finding,
            {"text": first, **parts[first]},
            why,
            action=Correction.Action.SPLIT,
            expected={"text": finding.text},
        )
        return make(
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
    with transaction.atomic():
        change(first, both, why, action=Correction.Action.JOIN, expected={"text": first.text})
        change(
            second,
            {"status": Finding.Status.JOINED.value, "joined_into": first.public_id},
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
    return make(section, values, why, action=Correction.Action.PROMOTE)


def identify(assessment: Assessment, authority: Authority, why: Why) -> Assessment:
    """Say whose an assessment is. Where that authority has one of the same date and kind, the
    sections move there; the assessment that they end up in is returned."""
    fitting = [
        other
        for other in authority.assessments.filter(kind=assessment.kind).exclude(pk=assessment.pk)
        if dates.agree(other.published, assessment.published)
    ]
    if len(fitting) != 1:
        change(assessment, {"authority": authority.slug}, why)
        return Assessment.objects.get(pk=assessment.pk)
    with transaction.atomic():
        for section in assessment.sections.all():
            change(section, {"assessment": fitting[0].public_id}, why)
    return fitting[0]


def keep(conflict: Conflict, why: Why) -> None:
    """Answer a conflict with what readers see already."""
    with transaction.atomic():
        target = find(conflict.target_kind, conflict.target_id)
        value = encoded(target, conflict.field)
        write(
            target,
            why,
            action=Correction.Action.KEEP,
            name=conflict.field,
            before=value,
            after=value,
        )
        review(target)


def take(conflict: Conflict, why: Why) -> None:
    """Answer a conflict with what the parser reads now."""
    change(find_target(conflict), {conflict.field: conflict.parsed}, why)


def find_target(row: Conflict | Correction) -> Target:
    with transaction.atomic():
        return find(row.target_kind, row.target_id)


def revert(batch: UUID, why: Why) -> None:
    """Undo all changes of one batch, the last one first. Raises StaleEditError where one of them
    has been changed again since."""
    with transaction.atomic():
        for correction in Correction.objects.filter(batch=batch).reverse():
            _revert_one(correction, why)


def make(section: Section, values: dict[str, Any], why: Why, *, action: str) -> Finding:
    """Create a finding and write that down. `values["split_from"]` names the finding of whose
    paragraph it is a part, if any."""
    statement = section.parsed_statement
    [public_id] = allocate(
        "finding",
        statement,
        [values["text"]],
        taken_ids(Finding),
        section.assessment.public_id,
    )
    after = {**values, "section": section.public_id}
    with transaction.atomic():
        finding = create_finding(public_id, after)
        write(finding, why, action=action, name="", before=None, after=after)
    return finding


def create_finding(public_id: str, values: dict[str, Any]) -> Finding:
    """The row that `values` of the record describe. Raises ObjectDoesNotExist where the section or
    the finding it was split from is not there."""
    fields = dict(values)
    section = Section.objects.get(public_id=fields.pop("section"))
    split_from = fields.pop("split_from", None)
    paragraph = Finding.objects.get(public_id=split_from).paragraph if split_from else None
    if paragraph:
        fields = {field: getattr(paragraph, field) for field in PARAGRAPH_FIELDS} | fields
    finding = Finding(public_id=public_id, section=section, paragraph=paragraph, **fields)
    finding.full_clean(exclude=["section", "paragraph"])
    finding.save()
    note_changes([public_id])
    return finding


def _revert_one(correction: Correction, why: Why) -> None:
    target = find_target(correction)
    if not correction.field:
        values: dict[str, Any] = {"status": Finding.Status.NOT_A_FINDING.value}
        change(target, values, why, action=Correction.Action.REVERT)
        return
    change(
        target,
        {correction.field: correction.before},
        why,
        action=Correction.Action.REVERT,
        expected={correction.field: correction.after},
    )
