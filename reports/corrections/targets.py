"""The rows and fields that can be corrected, what the parser reads there, and their values as JSON.

A value in the record of corrections must mean the same in a rebuilt database, so rows are named
by their public ids and authorities by their slugs, never by row numbers.
"""

from collections.abc import Collection, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet

from reports.facts import inferred
from reports.models import Assessment, Authority, Finding, Section, SourceDocument

Target = Assessment | Section | Finding | SourceDocument
MODELS: dict[str, type[Target]] = {
    "assessment": Assessment,
    "section": Section,
    "finding": Finding,
    "document": SourceDocument,
}
# Merged on every reading of the report. `Paragraph` has fields of the same names.
PARAGRAPH_FIELDS = ("text", "heading", "position", *inferred.NAMES)
FIELDS = {
    "assessment": ("authority", "published", "kind", "status", "rating", "percent"),
    "section": ("statement", "score", "assessment"),
    "finding": (*PARAGRAPH_FIELDS, "section", "status", "joined_into"),
    "document": ("withdrawn",),
}
RELATED: dict[str, tuple[type[Any], str]] = {
    "authority": (Authority, "slug"),
    "assessment": (Assessment, "public_id"),
    "section": (Section, "public_id"),
    "joined_into": (Finding, "public_id"),
}


_KIND_OF: dict[type[Target], str] = {model: kind for kind, model in MODELS.items()}


def kind_of(target: Target) -> str:
    return _KIND_OF[type(target)]


def rows_of(kind: str, public_ids: Collection[str]) -> QuerySet[Any]:
    """The rows that have these ids in the record."""
    key = "sha256" if kind == "document" else "public_id"
    return MODELS[kind]._default_manager.filter(**{f"{key}__in": public_ids})


def find(kind: str, public_id: str) -> Target:
    """The row with this name, locked until the transaction ends. Raises its model's
    DoesNotExist."""
    found: Target = rows_of(kind, [public_id]).select_for_update(of=("self",)).get()
    return found


def encoded(target: Target, field: str) -> Any:
    """The current value as JSON."""
    return as_json(field, getattr(target, field))


def assign(target: Target, field: str, value: Any) -> None:
    """Set a field from JSON. Raises ValidationError if the value names a row that does not
    exist."""
    if field in RELATED and value is not None:
        model, key = RELATED[field]
        try:
            value = model._default_manager.get(**{key: value})
        except model.DoesNotExist:
            raise ValidationError({field: f"There is no {field} “{value}”."}) from None
    setattr(target, field, value)


def clean(target: Target, fields: Iterable[str]) -> None:
    """Raise ValidationError if a corrected field has a value that its model does not allow."""
    names = {field.name for field in target._meta.fields}
    target.clean_fields(exclude=names - set(fields))
    if isinstance(target, Assessment):
        target.validate_constraints()


def parsed_value(target: Target, field: str) -> Any:
    """What the parser reads there now, as JSON; None if it reads no such value."""
    if isinstance(target, Finding):
        return _parsed_of_finding(target, field)
    if isinstance(target, SourceDocument):
        return False
    if isinstance(target, Section):
        return {"score": target.parsed_score, "statement": target.parsed_statement}.get(field)
    if field in ("rating", "percent"):
        return getattr(target, f"parsed_{field}")
    section = target.sections.exclude(document=None).order_by("pk").first()
    if section is None or section.document is None or field == "status":
        return None
    return as_json(field, getattr(section.document, field))


def finding_ids(target: Target) -> list[str]:
    """The findings whose search documents depend on the target."""
    if isinstance(target, Finding):
        return [target.public_id]
    path = {
        "section": "section",
        "assessment": "section__assessment",
        "document": "section__document",
    }[kind_of(target)]
    return list(Finding.objects.filter(**{path: target}).values_list("public_id", flat=True))


def _parsed_of_finding(finding: Finding, field: str) -> Any:
    if finding.paragraph is None:
        return None
    if field in PARAGRAPH_FIELDS:
        return getattr(finding.paragraph, field)
    if field == "section":
        return finding.paragraph.section.public_id
    if field == "status":
        status = Finding.Status.GONE if finding.paragraph.gone else Finding.Status.PUBLISHED
        return status.value
    return None


def as_json(field: str, value: Any) -> Any:
    """A field's value, as a row holds it, as JSON."""
    if field in RELATED and value is not None:
        return getattr(value, RELATED[field][1])
    return value
