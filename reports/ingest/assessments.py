"""Which assessment a document's sections belong to when it is read again."""

from reports.corrections import (
    edited_fields,
    find_or_create_assessment,
    merge,
    outcome_follows,
    settle,
)
from reports.models import Assessment, Authority, Section, SourceDocument

Identity = tuple[Authority | None, str, str]


def identity(document: SourceDocument) -> Identity:
    return document.authority, document.published, document.kind


def follow_identity(
    sections: list[Section], former: Identity, document: SourceDocument
) -> Assessment:
    """The assessment for a new version of a document: the one that its sections have now, unless
    the version gives another authority, date or kind and no editor has set these."""
    if not sections:
        return find_or_create_assessment(
            document.authority, document.published, document.kind, document.text_sha256
        )
    current = sections[0].assessment
    edited = edited_fields("assessment", [current.public_id])[current.public_id]
    authority = merge(
        former[0], document.authority, current.authority, edited="authority" in edited
    )
    published = merge(
        former[1], document.published, current.published, edited="published" in edited
    )
    kind = merge(former[2], document.kind, current.kind, edited="kind" in edited)
    if (authority, published, kind) == (current.authority, current.published, current.kind):
        return current
    target = find_or_create_assessment(authority, published, kind, document.text_sha256)
    for section in sections:
        section.assessment = target
        section.save(update_fields=["assessment"])
        outcome_follows(section)
    settle(current)
    if not (edited or current.sections.exists() or current.outcomes.exists()):
        current.delete()
    return target
