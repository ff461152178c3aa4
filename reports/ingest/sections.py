"""Sections, paragraphs and findings: created for a new document, merged for a new version."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from reports.corrections import merge
from reports.identifiers import allocate
from reports.matching import match
from reports.models import (
    Assessment,
    Finding,
    IndexChange,
    Paragraph,
    Section,
    SourceDocument,
    taken_ids,
)
from reports.parsing import Problem
from reports.parsing.records import ParagraphRecord, SectionRecord

Numbered = tuple[int, ParagraphRecord]


def finding_ids(document: SourceDocument) -> list[str]:
    return list(
        Finding.objects.filter(section__document=document).values_list("public_id", flat=True)
    )


def record_changes(sections: QuerySet[Section]) -> None:
    """Tell the index that something about all findings of these sections has changed."""
    IndexChange.objects.record(
        Finding.objects.filter(section__in=sections).values_list("public_id", flat=True)
    )


def create_sections(
    document: SourceDocument,
    assessment: Assessment,
    records: Iterable[tuple[int, SectionRecord]],
) -> None:
    """Create sections with all they hold; `records` come with their place in the document."""
    for position, record in records:
        text = "\n\n".join(paragraph.text for paragraph in record.paragraphs)
        # A statement whose score was known before its text keeps its row, and any edit on it.
        section = (
            Section.objects.filter(
                assessment=assessment, document=None, statement=record.statement
            ).first()
            or Section(assessment=assessment, statement=record.statement)
        )
        [section.public_id] = allocate("section", record.statement, [text], taken_ids(Section))
        section.document = document
        section.position = position
        section.parsed_statement = record.statement
        section.printed_score = record.score
        section.save()
        _create_paragraphs(section, list(enumerate(record.paragraphs)))


def replace_sections(
    old: Sequence[Section],
    document: SourceDocument,
    assessment: Assessment,
    records: Sequence[SectionRecord],
) -> tuple[Problem, ...]:
    """Merge a new version's sections into those of the old one, matched by quality statement and
    order. Returns what an editor must decide. A section that the version lacks stays with the
    version that had it."""
    waiting = list(old)
    problems: list[Problem] = []
    for position, record in enumerate(records):
        section = next((s for s in waiting if s.parsed_statement == record.statement), None)
        if section is None:
            create_sections(document, assessment, [(position, record)])
            continue
        waiting.remove(section)
        problems += _merge_section(section, document, assessment, position, record)
    for section in waiting:
        _withdraw(section.paragraphs.all())
    return tuple(problems)


def _merge_section(
    section: Section,
    document: SourceDocument,
    assessment: Assessment,
    position: int,
    record: SectionRecord,
) -> list[Problem]:
    section.document = document
    section.assessment = assessment
    section.position = position
    section.printed_score = record.score
    section.save()
    return _merge_paragraphs(section, record.paragraphs)


def _merge_paragraphs(section: Section, records: Sequence[ParagraphRecord]) -> list[Problem]:
    paragraphs = list(section.paragraphs.select_related("document").prefetch_related("findings"))
    standing = [paragraph for paragraph in paragraphs if _stands(paragraph)]
    gone = [paragraph for paragraph in paragraphs if not _stands(paragraph)]
    found = _find(standing, dict(enumerate(records)))
    _withdraw([paragraph for paragraph in standing if paragraph not in found.values()])
    missing = {place: record for place, record in enumerate(records) if place not in found}
    found |= _find(gone, missing)
    problems: list[Problem] = []
    for place, paragraph in found.items():
        problems += _merge_paragraph(paragraph, section.document, place, records[place])
    _create_paragraphs(section, [item for item in missing.items() if item[0] not in found])
    return problems


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


def _withdraw(paragraphs: Iterable[Paragraph]) -> None:
    """The new version lacks these. They keep their rows, so that a permalink can still say what
    stood there, and come back to life if a later version has them again."""
    Finding.objects.filter(paragraph__in=paragraphs).update(status=Finding.Status.GONE)


def _merge_paragraph(
    paragraph: Paragraph, document: SourceDocument, position: int, record: ParagraphRecord
) -> list[Problem]:
    parsed = _parsed_values(position, record)
    problems: list[Problem] = []
    for finding in paragraph.findings.all():
        for field, value in parsed.items():
            merged = merge(getattr(paragraph, field), value, getattr(finding, field))
            setattr(finding, field, merged.value)
            if merged.conflict:
                problems.append(_conflict(field, str(finding)))
        if finding.status == Finding.Status.GONE:
            finding.status = Finding.Status.PUBLISHED
        finding.save()
    for field, value in parsed.items():
        setattr(paragraph, field, value)
    paragraph.document = document
    paragraph.spans = _spans(record)
    paragraph.save()
    return problems


def _create_paragraphs(section: Section, numbered: Sequence[Numbered]) -> None:
    """Create paragraphs as parsed, and as many findings that say the same."""
    values = [_parsed_values(position, record) for position, record in numbered]
    paragraphs = Paragraph.objects.bulk_create(
        Paragraph(section=section, document=section.document, spans=_spans(record), **value)
        for (_, record), value in zip(numbered, values, strict=True)
    )
    ids = allocate(
        "finding", section.parsed_statement, [value["text"] for value in values], taken_ids(Finding)
    )
    Finding.objects.bulk_create(
        Finding(public_id=public_id, section=section, paragraph=paragraph, **value)
        for public_id, paragraph, value in zip(ids, paragraphs, values, strict=True)
    )


def _parsed_values(position: int, record: ParagraphRecord) -> dict[str, Any]:
    """The fields that a paragraph and its finding have in common."""
    return {
        "position": position,
        "heading": record.heading,
        "text": record.text,
        "topics": list(record.topics),
        "evidence": list(record.evidence),
    }


def _spans(record: ParagraphRecord) -> list[list[int]]:
    return [list(span) for span in record.spans]


def _conflict(field: str, where: str) -> Problem:
    return Problem(
        "conflict",
        f"The {field} was edited here, and the new version of the report changes it too. The edit "
        f"was kept: {where}",
    )
