"""Finds the assessment that a report belongs to, and moves its sections there.

Identification, changed dates, ingest and import all use this. The sections with text move to the
assessment of the same authority, kind and date, with the outcome that their document gives.
Sections known only by a score do not move, because they follow from the published scores.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError

from reports.corrections.derived import note_sections
from reports.corrections.review import edited_fields_of
from reports.corrections.targets import encoded
from reports.facts import dates
from reports.facts.identifiers import allocate
from reports.models import (
    Assessment,
    Authority,
    PublishedOutcome,
    Section,
    SectionQuerySet,
    taken_ids,
)

IDENTITY = ("authority", "published", "kind")


@dataclass(frozen=True, slots=True)
class Move:
    """What a new identity moves: sections with text, to an assessment that already exists. `twice`
    are the sections whose quality statement already has text there."""

    into: Assessment
    sections: tuple[Section, ...]
    twice: tuple[Section, ...]


def fitting(
    authority: Authority | None, published: str, kind: str, other_than: int = 0
) -> Assessment | None:
    """The assessment of this authority, date and kind; a date that is less precise fits one that it
    agrees with. None if there is none, or if several fit."""
    if authority is None:
        return None
    agreeing = [
        assessment
        for assessment in authority.assessments.filter(kind=kind).exclude(pk=other_than)
        if dates.agree(assessment.published, published)
    ]
    exact = [assessment for assessment in agreeing if assessment.published == published]
    if exact:
        return exact[0]
    return agreeing[0] if len(agreeing) == 1 else None


def find_or_create_assessment(
    authority: Authority | None, published: str, kind: str, about: str = ""
) -> Assessment:
    """The assessment of this authority, date and kind, with the more precise of two dates unless an
    editor has set one. A report that is not identified always has its own assessment, with a public
    id made from what it is `about`."""
    assessment = fitting(authority, published, kind)
    if assessment is None:
        # Only the year, because the date may become more precise and reports arrive in any order.
        about = f"{authority.slug} {dates.year_of(published)}" if authority else about
        [public_id] = allocate("assessment", kind, [about], taken_ids(Assessment))
        return Assessment.objects.create(
            public_id=public_id, authority=authority, published=published, kind=kind
        )
    is_more_precise = len(published) > len(assessment.published)
    if is_more_precise and "published" not in edited_fields_of(assessment):
        assessment.published = published
        assessment.save()
        note_sections(assessment.sections.all())
    return assessment


def planned_move(assessment: Assessment, values: Mapping[str, Any]) -> Move | None:
    """What would move if an assessment had these values of the record; None if it keeps its
    sections. Raises ValidationError if such an assessment exists already and nothing can move."""
    wanted = {name: values.get(name, encoded(assessment, name)) for name in IDENTITY}
    if all(wanted[name] == encoded(assessment, name) for name in IDENTITY):
        return None
    authority = Authority.objects.filter(slug=wanted["authority"]).first()
    other = fitting(authority, wanted["published"], wanted["kind"], other_than=assessment.pk)
    if other is None:
        return None
    sections = list(_with_text(assessment))
    if not sections:
        raise ValidationError(
            f"“{other}” is there already. This assessment has only published scores, which belong "
            "to the date and the authority of their source, so nothing can move."
        )
    standing = set(_with_text(other).current().values_list("statement", flat=True))
    twice = tuple(section for section in sections if section.statement in standing)
    return Move(other, tuple(sections), twice)


def outcome_follows(section: Section) -> None:
    """Move a document's own summary of the outcome to the assessment of its sections."""
    homes = set(
        Section.objects.filter(document=section.document).values_list("assessment", flat=True)
    )
    if section.document is not None and homes == {section.assessment_id}:
        outcomes = PublishedOutcome.objects.filter(document=section.document)
        outcomes.update(assessment=section.assessment_id)


def _with_text(assessment: Assessment) -> SectionQuerySet:
    return Section.objects.filter(assessment=assessment).exclude(document=None)
