"""Sections, paragraphs and findings: created for a new document, merged for a new version."""

from collections.abc import Iterable, Sequence
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
        [public_id] = allocate("section", record.statement, [text], _taken(Section))
        section = Section.objects.create(
            public_id=public_id,
            assessment=assessment,
            document=document,
            position=position,
            statement=record.statement,
            score=record.score,
            parsed_statement=record.statement,
            parsed_score=record.score,
        )
        _create_paragraphs(section, list(enumerate(record.paragraphs)))


def replace_sections(
    old: Sequence[Section],
    document: SourceDocument,
    assessment: Assessment,
    records: Sequence[SectionRecord],
) -> tuple[Problem, ...]:
    """Merge a new version's sections into those of the old one, matched by quality statement and
    order. Returns what an editor must decide."""
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
        _delete_paragraphs(section.paragraphs.all())
        section.delete()
    return tuple(problems)


def _merge_section(
    section: Section,
    document: SourceDocument,
    assessment: Assessment,
    position: int,
    record: SectionRecord,
) -> list[Problem]:
    score = merge(section.parsed_score, record.score, section.score)
    section.document = document
    section.assessment = assessment
    section.position = position
    section.score = score.value
    section.parsed_score = record.score
    section.save()
    problems = [_conflict("score", section.name)] if score.conflict else []
    return problems + _merge_paragraphs(section, record.paragraphs)


def _merge_paragraphs(section: Section, records: Sequence[ParagraphRecord]) -> list[Problem]:
    old = list(section.paragraphs.prefetch_related("findings"))
    pairs = match([paragraph.text for paragraph in old], [record.text for record in records])
    kept = set(pairs.values())
    _delete_paragraphs(
        section.paragraphs.filter(
            pk__in=[paragraph.pk for index, paragraph in enumerate(old) if index not in kept]
        )
    )
    problems: list[Problem] = []
    for position, index in pairs.items():
        problems += _merge_paragraph(old[index], position, records[position])
    _create_paragraphs(
        section, [(position, r) for position, r in enumerate(records) if position not in pairs]
    )
    return problems


def _merge_paragraph(
    paragraph: Paragraph, position: int, record: ParagraphRecord
) -> list[Problem]:
    parsed = _parsed_values(position, record)
    problems: list[Problem] = []
    for finding in paragraph.findings.all():
        for field, value in parsed.items():
            merged = merge(getattr(paragraph, field), value, getattr(finding, field))
            setattr(finding, field, merged.value)
            if merged.conflict:
                problems.append(_conflict(field, str(finding)))
        finding.save()
    for field, value in parsed.items():
        setattr(paragraph, field, value)
    paragraph.spans = _spans(record)
    paragraph.save()
    return problems


def _create_paragraphs(section: Section, numbered: Sequence[Numbered]) -> None:
    """Create paragraphs as parsed, and as many findings that say the same."""
    values = [_parsed_values(position, record) for position, record in numbered]
    paragraphs = Paragraph.objects.bulk_create(
        Paragraph(section=section, spans=_spans(record), **value)
        for (_, record), value in zip(numbered, values, strict=True)
    )
    ids = allocate(
        "finding", section.parsed_statement, [value["text"] for value in values], _taken(Finding)
    )
    Finding.objects.bulk_create(
        Finding(public_id=public_id, section=section, paragraph=paragraph, **value)
        for public_id, paragraph, value in zip(ids, paragraphs, values, strict=True)
    )


def _delete_paragraphs(paragraphs: QuerySet[Paragraph]) -> None:
    Finding.objects.filter(paragraph__in=paragraphs).delete()
    paragraphs.delete()


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


def _taken(model: type[Section] | type[Finding]) -> Any:
    def find_taken(ids: set[str]) -> Iterable[str]:
        return model.objects.filter(public_id__in=ids).values_list("public_id", flat=True)

    return find_taken


def _conflict(field: str, where: str) -> Problem:
    return Problem(
        "conflict",
        f"The {field} was edited here, and the new version of the report changes it too. The edit "
        f"was kept: {where}",
    )
