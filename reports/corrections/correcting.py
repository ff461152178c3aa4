"""The one way to correct. Every change of a correctable value is made inside `correcting()`:

    with correcting() as batch:
        batch.change(finding, {"heading": "Waiting times"}, why)

It opens the transaction, writes the record, queues the findings for the search index, updates the
scores, ratings and conflicts that follow, and updates the index after the commit.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import transaction

from reports import search
from reports.corrections import record
from reports.corrections.derived import note_changes, renumber
from reports.corrections.moving import IDENTITY, Move, outcome_follows, planned_move
from reports.corrections.review import review
from reports.corrections.settle import settle
from reports.corrections.targets import (
    PARAGRAPH_FIELDS,
    Target,
    assign,
    clean,
    encoded,
    find,
    finding_ids,
    kind_of,
)
from reports.corrections.why import StaleEditError, Why
from reports.corrections.withdrawing import follow_withdrawal, refuse_withdrawn
from reports.facts.identifiers import allocate
from reports.models import (
    Assessment,
    Conflict,
    Correction,
    Finding,
    PublishedOutcome,
    Section,
    SourceDocument,
    taken_ids,
)

Values = Mapping[str, Any]


@contextmanager
def correcting() -> Iterator["Batch"]:
    """Corrections that are saved together or not at all.

    When the block ends, the assessments that it touched are settled; after the commit the index is
    updated. A failure of that update is logged and not raised, because the correction is saved and
    the change stays in the outbox.
    """
    with transaction.atomic():
        batch = Batch()
        yield batch
        batch.settle()
        transaction.on_commit(search.index_latest, robust=True)


class Batch:
    """What can be done inside `correcting()`."""

    def __init__(self) -> None:
        self._touched: dict[int, None] = {}
        self._changed_order: dict[int, None] = {}

    def change(
        self,
        target: Target,
        values: Values,
        why: Why,
        *,
        action: str = Correction.Action.EDIT,
        expected: Values | None = None,
    ) -> list[Correction]:
        """Set fields of one row to values of the record, and record each that changed. `expected`
        holds the values that the editor saw. Raises StaleEditError if one has changed since, and
        ValidationError for values that the row cannot have.
        """
        row = find(kind_of(target), target.public_id)
        _refuse_stale(row, expected or {})
        if isinstance(row, Assessment) and (move := planned_move(row, values)):
            return self._join(row, move, values, why, action)
        before = {name: encoded(row, name) for name in values}
        changed = [name for name, value in values.items() if before[name] != value]
        self._set(row, {name: values[name] for name in changed})
        written = [
            record.append(
                row, why, action=action, name=name, before=before[name], after=values[name]
            )
            for name in changed
        ]
        review(row)
        return written

    def _join(
        self, row: Assessment, move: Move, values: Values, why: Why, action: str
    ) -> list[Correction]:
        """If an assessment with the new identity already exists, the sections move into it, and so
        do the other changes."""
        written: list[Correction] = []
        for section in move.sections:
            place = {"assessment": move.into.public_id}
            written += self.change(section, place, why, action=action)
        rest = {
            name: value
            for name, value in values.items()
            if name not in IDENTITY and value != encoded(row, name)
        }
        return written + self.change(move.into, rest, why, action=action)

    def create(self, section: Section, values: Values, why: Why, *, action: str) -> Finding:
        """Create a finding and record that. `values["split_from"]` names the finding that it was
        split from, if any."""
        [public_id] = allocate(
            "finding",
            section.parsed_statement,
            [values["text"]],
            taken_ids(Finding),
            section.assessment.public_id,
        )
        after = {**values, "section": section.public_id}
        finding = _create_finding(public_id, after)
        self._touch(finding)
        record.append(finding, why, action=action, name="", before=None, after=after)
        return finding

    def keep(self, conflict: Conflict, why: Why) -> None:
        """Answer a conflict with what readers see already."""
        target = find(conflict.target_kind, conflict.target_id)
        value = encoded(target, conflict.field)
        record.append(
            target,
            why,
            action=Correction.Action.KEEP,
            name=conflict.field,
            before=value,
            after=value,
        )
        self._touch(target)
        review(target)

    def replay(self, rows: Sequence[dict[str, Any]]) -> None:
        """Make corrections of one target in an exported record again; a row has the columns of
        `Correction`. Raises ObjectDoesNotExist or ValidationError if they cannot be made."""
        first = rows[0]
        if first["field"]:
            target = find(first["target_kind"], first["target_id"])
            wanted = {row["field"]: row["after"] for row in rows}
            self._set(target, {n: v for n, v in wanted.items() if encoded(target, n) != v})
        else:
            target = _create_finding(first["target_id"], first["after"])
        for row in rows:
            record.append_again(row)
        self._touch(target)
        review(target)

    def settle(self) -> None:
        """Update the scores, ratings, problems and numbers of everything that was touched so
        far."""
        for assessment in Assessment.objects.filter(pk__in=self._touched):
            settle(assessment)
        self._touched.clear()
        renumber(Section.objects.filter(pk__in=self._changed_order))
        self._changed_order.clear()

    def _set(self, row: Target, values: Values) -> None:
        if not values:
            return
        self._touch(row)
        for name, value in values.items():
            assign(row, name, value)
        clean(row, values)
        if isinstance(row, Finding):
            refuse_withdrawn(row)
        # A document keeps the time at which it was read.
        row.save(update_fields=list(values) if isinstance(row, SourceDocument) else None)
        self._touch(row)
        if isinstance(row, Section) and "assessment" in values:
            outcome_follows(row)
        if isinstance(row, SourceDocument):
            follow_withdrawal(row.sections.all())
        note_changes(finding_ids(row))

    def _touch(self, row: Target) -> None:
        """Note that a row was touched. This is called before and after a change, because a section
        that moves affects both its assessments."""
        if isinstance(row, Section):
            self._touched[row.assessment_id] = None
        elif isinstance(row, Assessment):
            self._touched[row.pk] = None
        elif isinstance(row, SourceDocument):
            for assessment, section in row.sections.values_list("assessment", "pk"):
                self._touched[assessment] = self._changed_order[section] = None
            outcomes = PublishedOutcome.objects.filter(document=row)
            self._touched |= dict.fromkeys(outcomes.values_list("assessment", flat=True))
        else:
            self._changed_order[row.section_id] = None


def _create_finding(public_id: str, values: Values) -> Finding:
    """The row that `values` of the record describe. Raises ObjectDoesNotExist if the section, or
    the finding it was split from, does not exist."""
    fields = dict(values)
    section = Section.objects.get(public_id=fields.pop("section"))
    split_from = fields.pop("split_from", None)
    origin = Finding.objects.get(public_id=split_from) if split_from else None
    paragraph = origin.paragraph if origin else None
    if "source" in fields:
        fields["source"] = SourceDocument.objects.filter(sha256=fields["source"]).first()
    elif origin:
        fields |= {"source": origin.source, "spans": origin.spans}
    if paragraph:
        fields = {field: getattr(paragraph, field) for field in PARAGRAPH_FIELDS} | fields
    finding = Finding(public_id=public_id, section=section, paragraph=paragraph, **fields)
    finding.full_clean(exclude=["section", "paragraph", "source", "spans"])
    refuse_withdrawn(finding)
    finding.save()
    note_changes([public_id])
    return finding


def _refuse_stale(row: Target, expected: Values) -> None:
    stale = [name for name, value in expected.items() if encoded(row, name) != value]
    if stale:
        raise StaleEditError(
            f"Somebody else has changed {' and '.join(stale)} since you opened this page. "
            "Nothing was saved: look at the new value and try again."
        )
