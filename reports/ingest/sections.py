"""Creates sections, paragraphs and findings for a new document, and merges them for a new
version."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from reports.corrections import edited_fields, merge, review
from reports.corrections.targets import PARAGRAPH_FIELDS
from reports.facts import inferred
from reports.facts.identifiers import allocate, normalise
from reports.ingest.pairing import match
from reports.models import Assessment, Finding, Paragraph, Section, SourceDocument, taken_ids
from reports.parsing.records import ParagraphRecord, SectionRecord

Numbered = tuple[int, ParagraphRecord]
Edited = Mapping[str, Collection[str]]


def create_sections(
    document: SourceDocument,
    assessment: Assessment,
    records: Iterable[tuple[int, SectionRecord]],
) -> None:
    """Create sections with their paragraphs, tables and findings; `records` come with their place
    in the document."""
    for position, record in records:
        text = "\n\n".join(paragraph.text for paragraph in record.paragraphs)
        [public_id] = allocate(
            "section",
            record.statement,
            [text],
            taken_ids(Section),
            assessment.public_id,
            scope=document.id_scope,
        )
        section = Section.objects.create(
            public_id=public_id,
            statement=record.statement,
            parsed_statement=record.statement,
            **_values_of_section(document, assessment, position, record),
        )
        _create_paragraphs(section, document, list(enumerate(record.paragraphs)))


def replace_sections(
    old: Sequence[Section],
    document: SourceDocument,
    assessment: Assessment,
    records: Iterable[tuple[int, SectionRecord]],
) -> None:
    """Merge a new version's sections into those of the old one, matched by quality statement and
    order. A section that the new version lacks stays with the old version."""
    waiting = list(old)
    for position, record in records:
        section = next((s for s in waiting if s.parsed_statement == record.statement), None)
        if section is None:
            create_sections(document, assessment, [(position, record)])
            continue
        waiting.remove(section)
        for field, value in _values_of_section(document, assessment, position, record).items():
            setattr(section, field, value)
        section.save()
        _merge_paragraphs(section, document, record.paragraphs)
    for section in waiting:
        _withdraw(section, section.paragraphs.all())


def _values_of_section(
    document: SourceDocument, assessment: Assessment, position: int, record: SectionRecord
) -> dict[str, Any]:
    """The fields of a section that follow every version of its document."""
    return {
        "document": document,
        "assessment": assessment,
        "position": position,
        "printed_score": record.score,
        "tables": [
            {"after": table.after, "rows": list(map(list, table.rows))} for table in record.tables
        ],
        "notes": list(record.notes),
    }


def _merge_paragraphs(
    section: Section, document: SourceDocument, records: Sequence[ParagraphRecord]
) -> None:
    paragraphs = list(section.paragraphs.prefetch_related("findings"))
    standing = [paragraph for paragraph in paragraphs if _stands(paragraph)]
    gone = [paragraph for paragraph in paragraphs if not _stands(paragraph)]
    found = _find(standing, dict(enumerate(records)))
    _withdraw(section, [paragraph for paragraph in standing if paragraph not in found.values()])
    missing = {place: record for place, record in enumerate(records) if place not in found}
    found |= _find(gone, missing)
    ids = [each.public_id for paragraph in found.values() for each in paragraph.findings.all()]
    edited = edited_fields("finding", ids)
    for place, paragraph in found.items():
        _merge_paragraph(paragraph, document, place, records[place], edited)
    _create_paragraphs(
        section, document, [item for item in missing.items() if item[0] not in found]
    )


def _find(
    paragraphs: Sequence[Paragraph], records: Mapping[int, ParagraphRecord]
) -> dict[int, Paragraph]:
    """The paragraph that each record is a version of, by the record's place."""
    places = list(records)
    pairs = match(
        [paragraph.text for paragraph in paragraphs], [records[place].text for place in places]
    )
    return {places[new]: paragraphs[old] for new, old in pairs.items()}


def _stands(paragraph: Paragraph) -> bool:
    return any(finding.status != Finding.Status.GONE for finding in paragraph.findings.all())


def _withdraw(section: Section, paragraphs: Iterable[Paragraph]) -> None:
    """Mark findings that the new version lacks. They keep their rows, so that permalinks can still
    show them, and are published again if a later version has them. Findings that an editor has
    corrected stay published until an editor answers the conflict that `review` raises."""
    section.paragraphs.filter(pk__in=[paragraph.pk for paragraph in paragraphs]).update(gone=True)
    leaving = Finding.objects.published().filter(paragraph__section=section, paragraph__gone=True)
    edited = edited_fields("finding", list(leaving.values_list("public_id", flat=True)))
    kept = [public_id for public_id, fields in edited.items() if fields]
    leaving.exclude(public_id__in=kept).update(status=Finding.Status.GONE)
    for finding in Finding.objects.filter(public_id__in=edited):
        review(finding)


def _merge_paragraph(
    paragraph: Paragraph,
    document: SourceDocument,
    position: int,
    record: ParagraphRecord,
    edited: Edited,
) -> None:
    parsed = _parsed_values(position, record)
    findings = list(paragraph.findings.all())
    for finding in findings:
        kept = edited.get(finding.public_id, set())
        for field, value in parsed.items():
            base, current = getattr(paragraph, field), getattr(finding, field)
            setattr(finding, field, merge(base, value, current, edited=field in kept))
        if finding.status == Finding.Status.GONE and "status" not in kept:
            finding.status = Finding.Status.PUBLISHED
        finding.save()
    for field, value in parsed.items():
        setattr(paragraph, field, value)
    paragraph.document = document
    paragraph.gone = False
    paragraph.spans = _spans(record)
    paragraph.save()
    for finding in findings:
        if finding.public_id in edited:
            review(finding)


def _create_paragraphs(
    section: Section, document: SourceDocument, numbered: Sequence[Numbered]
) -> None:
    """Create paragraphs as parsed, and a finding with the same words for each, unless an editor has
    made a finding of exactly these words before the parser understood them."""
    values = [_parsed_values(position, record) for position, record in numbered]
    paragraphs = Paragraph.objects.bulk_create(
        Paragraph(section=section, document=document, spans=_spans(record), **value)
        for (_, record), value in zip(numbered, values, strict=True)
    )
    promoted = {normalise(f.text): f for f in section.findings.filter(paragraph=None)}
    new = []
    for paragraph in paragraphs:
        if finding := promoted.pop(normalise(paragraph.text), None):
            finding.paragraph = paragraph
            finding.save()
        else:
            new.append(paragraph)
    _create_findings(section, document, new)


def _create_findings(
    section: Section, document: SourceDocument, paragraphs: Sequence[Paragraph]
) -> None:
    ids = allocate(
        "finding",
        section.parsed_statement,
        [paragraph.text for paragraph in paragraphs],
        taken_ids(Finding),
        section.assessment.public_id,
        scope=document.id_scope,
    )
    Finding.objects.bulk_create(
        Finding(
            public_id=public_id,
            section=section,
            paragraph=paragraph,
            **{field: getattr(paragraph, field) for field in PARAGRAPH_FIELDS},
        )
        for public_id, paragraph in zip(ids, paragraphs, strict=True)
    )


def _parsed_values(position: int, record: ParagraphRecord) -> dict[str, Any]:
    """The fields that a paragraph and its finding have in common."""
    return {
        "position": position,
        "heading": record.heading,
        "text": record.text,
        **inferred.values_of(record.labels),
    }


def _spans(record: ParagraphRecord) -> list[list[int]]:
    return [list(span) for span in record.spans]
