"""Says in an export where rows came from, and checks it in an import.

A site is rebuilt from its original documents, which are kept under the hashes of their content. The
export holds what the hashes do not say: names, order, and the scores that came from a table. Every
correction names its owner, the report that its row was read from, so that it cannot be made on a
row of another authority.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError

from reports.corrections.moving import IDENTITY, fitting
from reports.corrections.settle import create_section_without_text
from reports.corrections.targets import encoded, parsed_value, rows_of
from reports.models import (
    Assessment,
    Authority,
    Correction,
    Finding,
    PublishedOutcome,
    Section,
    SourceDocument,
)

ExportedRow = dict[str, Any]


def published_scores() -> Iterator[ExportedRow]:
    """The rows of the table of published scores, with the identity that the table gave them."""
    outcomes = PublishedOutcome.objects.filter(document=None)
    for outcome in outcomes.select_related("assessment__authority"):
        names = ("rating", "percent", "scores", "sources")
        yield _identity(outcome.assessment) | {name: getattr(outcome, name) for name in names}


def assessments() -> Iterator[ExportedRow]:
    """The ids of all assessments that a document or the table identified."""
    for assessment in Assessment.objects.select_related("authority").order_by("pk"):
        identity = _identity(assessment)
        if identity["authority"]:
            yield {"public_id": assessment.public_id, **identity}


def adopt_assessment_ids(rows: Iterable[ExportedRow]) -> None:
    """Give assessments the ids that they have in the file, because the record names assessments by
    their ids and an older version of this program made the ids by other rules."""
    for row in rows:
        if Assessment.objects.filter(public_id=row["public_id"]).exists():
            continue
        authority = Authority.objects.filter(slug=row["authority"]).first()
        found = fitting(authority, row["published"], row["kind"])
        if found and not Correction.objects.filter(target_id=found.public_id).exists():
            found.public_id = row["public_id"]
            found.save(update_fields=["public_id"])


def check_place(correction: ExportedRow, owner: str | None) -> None:
    """Raise ValidationError if a correction cannot be made again: its row is not here, was read
    from another report than `owner` says (None is not checked), or has been given another value."""
    kind, public_id, field = (correction[key] for key in ("target_kind", "target_id", "field"))
    here = rows_of(kind, [public_id])
    if not field:
        if here.exists():
            raise ValidationError("a finding with this address is here already.")
        return
    if not here.exists():
        _create_missing(kind, public_id)
    now = owner_of(kind, public_id)
    if owner is not None and now is not None and now != owner:
        raise ValidationError(f"it belongs to another report here ({now}) than there ({owner}).")
    row = here.get()
    value = encoded(row, field)
    if value not in (correction["before"], correction["after"], parsed_value(row, field)):
        raise ValidationError("the value has been corrected here in another way.")


def _create_missing(kind: str, public_id: str) -> None:
    """A section known only by its score has an id that follows from its assessment. If the text was
    read first, it was never created, but a correction from before can need it."""
    if kind == "section":
        for assessment in Assessment.objects.order_by("pk"):
            if create_section_without_text(assessment, public_id):
                return
    raise ValidationError(f"this {kind} is not here: read the report that it came from first.")


def owner_of(kind: str, public_id: str) -> str | None:
    """The report that a row was first read from: what it says of itself, or the hash of its text.
    None for rows without a document."""
    document = _document_of(kind, public_id)
    if document is None:
        return None
    if document.authority:
        return f"{document.authority.slug} {document.kind}"
    return document.id_scope or None


def _document_of(kind: str, public_id: str) -> SourceDocument | None:
    if kind == "assessment":
        return None
    if kind == "document":
        return SourceDocument.objects.select_related("authority").get(sha256=public_id)
    if kind == "section":
        section = Section.objects.select_related("document__authority").get(public_id=public_id)
        return section.document
    finding = Finding.objects.select_related(
        "paragraph__document__authority", "section__document__authority"
    ).get(public_id=public_id)
    return finding.paragraph.document if finding.paragraph else finding.section.document


def _identity(assessment: Assessment) -> ExportedRow:
    """Authority, date and kind as they were before any editor changed them."""
    identity = {name: encoded(assessment, name) for name in IDENTITY}
    first = Correction.objects.filter(target_kind="assessment", target_id=assessment.public_id)
    for correction in first.filter(field__in=identity).order_by("-pk"):
        identity[correction.field] = correction.before
    return identity
