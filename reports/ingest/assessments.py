"""Which assessment a document's sections belong to."""

from reports.corrections import edited_fields, merge
from reports.facts import dates
from reports.facts.identifiers import allocate
from reports.ingest.sections import record_changes
from reports.models import Assessment, Authority, Section, SourceDocument, taken_ids

Identity = tuple[Authority | None, str, str]


def find_or_create_assessment(
    authority: Authority | None, published: str, kind: str, about: str = ""
) -> Assessment:
    """The assessment of this authority, date and kind. Dates known to different precision join
    where only one assessment fits. What is not identified always stands alone, with a public id
    made from what it is `about`."""
    if authority is None:
        return _create_assessment(None, published, kind, about)
    fitting = [
        assessment
        for assessment in Assessment.objects.filter(authority=authority, kind=kind)
        if dates.agree(assessment.published, published)
    ]
    exact = [assessment for assessment in fitting if assessment.published == published]
    if exact or len(fitting) == 1:
        assessment = (exact or fitting)[0]
        edited = edited_fields("assessment", [assessment.public_id])[assessment.public_id]
        if len(published) > len(assessment.published) and "published" not in edited:
            assessment.published = published
            assessment.save()
            record_changes(assessment.sections.all())
        return assessment
    return _create_assessment(authority, published, kind, f"{authority.slug} {published}")


def _create_assessment(
    authority: Authority | None, published: str, kind: str, about: str
) -> Assessment:
    [public_id] = allocate("assessment", kind, [about], taken_ids(Assessment))
    return Assessment.objects.create(
        public_id=public_id, authority=authority, published=published, kind=kind
    )


def identity(document: SourceDocument) -> Identity:
    return document.authority, document.published, document.kind


def follow_identity(
    sections: list[Section], former: Identity, document: SourceDocument
) -> Assessment:
    """The assessment for a new version: where its sections are now, unless the version says
    otherwise about authority, date or kind and no editor has."""
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
    Section.objects.filter(pk__in=[section.pk for section in sections]).update(assessment=target)
    if not current.sections.exists() and not edited:
        current.delete()
    return target
