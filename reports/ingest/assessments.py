"""Which assessment a document's sections belong to when it is read again."""

from typing import Any

from reports.corrections import (
    edited_fields_of,
    find_or_create_assessment,
    merge,
    outcome_follows,
    settle,
)
from reports.corrections.moving import IDENTITY
from reports.models import Assessment, Section, SourceDocument

Identity = dict[str, Any]


def identity(row: SourceDocument | Assessment) -> Identity:
    """The authority, date and kind that a document gives or an assessment has."""
    return {name: getattr(row, name) for name in IDENTITY}


def follow_identity(
    sections: list[Section], former: Identity, document: SourceDocument
) -> Assessment:
    """The assessment for a new version of a document: the one that its sections have now, unless
    the version gives another authority, date or kind and no editor has set these."""
    given = identity(document)
    if not sections:
        return find_or_create_assessment(**given, about=document.text_sha256)
    current = sections[0].assessment
    shown = identity(current)
    edited = edited_fields_of(current)
    wanted = {
        name: merge(former[name], given[name], shown[name], edited=name in edited) for name in given
    }
    if wanted == shown:
        return current
    target = find_or_create_assessment(**wanted, about=document.text_sha256)
    for section in sections:
        section.assessment = target
        section.save(update_fields=["assessment"])
        outcome_follows(section)
    settle(current)
    if not (edited or current.sections.exists() or current.outcomes.exists()):
        current.delete()
    return target
