"""Stores one parsed document as rows: as a new document, or as a new version of a known one."""

from collections.abc import Collection, Sequence
from dataclasses import asdict

from reports.corrections import (
    bring_back,
    find_or_create_assessment,
    follow_withdrawal,
    note_sections,
    renumber,
    review,
    settle,
)
from reports.corrections.targets import PARAGRAPH_FIELDS
from reports.facts.identifiers import scope_of
from reports.ingest.assessments import Identity, follow_identity, identity
from reports.ingest.kept_files import Content
from reports.ingest.results import IngestStatus, Stored
from reports.ingest.sections import create_sections, replace_sections
from reports.ingest.versions import (
    Predecessors,
    find_known,
    find_predecessors,
    held_elsewhere,
    latest_version,
)
from reports.models import Assessment, Authority, Problem, PublishedOutcome, SourceDocument
from reports.parsing import ProblemRecord, ReportRecord, unparsed_characters

# The most characters that the row keeps.
MAX_WORDS = 300


class WithdrawnError(Exception):
    """An editor has withdrawn this document."""


def lock_out_other_ingests() -> None:
    """Make other ingests wait until the transaction ends, so that two runs cannot create one
    document twice. SQLite only has one writer anyway; on other databases the row of the first
    authority is the lock."""
    Authority.objects.select_for_update().order_by("pk").values_list("pk").first()


def store(content: Content, record: ReportRecord) -> Stored:
    """Write `record` in the caller's transaction and return what that did."""
    known = find_known(content)
    if known and known.withdrawn:
        raise WithdrawnError
    if known:
        if known.is_current and (known.authority or not record.identification.authority):
            return Stored(IngestStatus.UNCHANGED, known)
        return _replace(Predecessors((latest_version(known),)), content, record)
    found = find_predecessors(content, record)
    if found.documents or found.sections:
        return _replace(found, content, record)
    return _create(content, record, found.rivals)


def store_again(document: SourceDocument, content: Content, record: ReportRecord) -> Stored:
    """Write a new reading of a current document's own bytes."""
    before = _reading(document)
    held = held_elsewhere(document)
    stored = _replace(Predecessors((document,)), content, record, leaving=held)
    document.refresh_from_db()
    return Stored(IngestStatus.UNCHANGED, document) if _reading(document) == before else stored


def _reading(document: SourceDocument) -> list[object]:
    """All that the parser made of a document."""
    sections = document.sections.values_list(
        "parsed_statement", "printed_score", "position", "tables", "notes"
    )
    paragraphs = document.paragraphs.values_list("spans", *PARAGRAPH_FIELDS)
    return [document.spans, document.authority_id, document.published, *sections, *paragraphs]


def _create(content: Content, record: ReportRecord, rivals: Sequence[SourceDocument]) -> Stored:
    document = _write_document(content, record)
    assessment = find_or_create_assessment(**identity(document), about=document.text_sha256)
    create_sections(document, assessment, enumerate(record.sections))
    _write_outcome(document, assessment, record)
    settle(assessment)
    renumber(document.sections.all())
    note_sections(document.sections.all())
    problems = tuple(
        ProblemRecord(
            "possible-new-version",
            f"“{rival.name}” is about the same quality statement of the same authority and date, "
            "but most of its paragraphs differ. Both are kept: decide which one is right.",
        )
        for rival in rivals
    )
    _add_problems(document, problems)
    return Stored(IngestStatus.CREATED, document, problems)


def _replace(
    old: Predecessors, content: Content, record: ReportRecord, leaving: Collection[str] = ()
) -> Stored:
    """Replace the rows of the predecessor by those of the new version, but keep every row that both
    have. Sections on the statements of `leaving` stay with their document."""
    sections = old.all_sections()
    former = _identity(old)
    bring_back(sections)
    document = _write_document(content, record)
    assessment = follow_identity(sections, former, document)
    numbered = [
        (place, section)
        for place, section in enumerate(record.sections)
        if section.statement not in leaving
    ]
    replace_sections(sections, document, assessment, numbered)
    for replaced in old.documents:
        _supersede(replaced, document)
    follow_withdrawal(sections)
    _write_outcome(document, assessment, record)
    settle(assessment)
    current = list(document.sections.select_related("assessment"))
    for section in current:
        review(section)
        review(section.assessment)
    renumber([*sections, *current])
    note_sections([*sections, *current])
    return Stored(IngestStatus.UPDATED, document)


def _identity(old: Predecessors) -> Identity:
    """The authority, date and kind that the predecessor gives. Call it before its row is
    overwritten."""
    held = [section.document for section in old.sections if section.document]
    return identity([*old.documents, *held][0])


def _supersede(old: SourceDocument, document: SourceDocument) -> None:
    if old != document:
        old.superseded_by = document
        old.save(update_fields=["superseded_by"])
        PublishedOutcome.objects.filter(document=old).delete()


def _write_document(content: Content, record: ReportRecord) -> SourceDocument:
    identification = record.identification
    values = {
        "text_sha256": content.text_sha256,
        "path": content.name,
        "size": len(content.data),
        "original": content.original_name,
        "text": content.text_name,
        "spans": [[span.start, span.end, span.kind] for span in record.spans],
        "unparsed": unparsed_characters(content.text, record),
        "authority": Authority.objects.filter(slug=identification.authority).first(),
        "decided_by": identification.decided_by or "",
        "decided_words": identification.evidence[:MAX_WORDS],
        "published": record.published,
        "kind": record.kind,
        "superseded_by": None,
    }
    document, _ = SourceDocument.objects.update_or_create(
        sha256=content.sha256,
        defaults=values,
        create_defaults=values | {"id_scope": _id_scope(content, record)},
    )
    document.problems.all().delete()
    _add_problems(document, record.problems)
    return document


def _id_scope(content: Content, record: ReportRecord) -> str:
    if content.id_scope is not None:
        return content.id_scope
    texts = (paragraph.text for section in record.sections for paragraph in section.paragraphs)
    return scope_of(record.identification.authority or "", record.published, record.kind, texts)


def _write_outcome(document: SourceDocument, assessment: Assessment, record: ReportRecord) -> None:
    """Store the outcome of the assessment that the document's own summary gives."""
    if record.outcome is None:
        PublishedOutcome.objects.filter(document=document).delete()
        return
    PublishedOutcome.objects.update_or_create(
        document=document,
        defaults={
            "assessment": assessment,
            "rating": record.outcome.rating,
            "percent": record.outcome.percent,
            "scores": dict(record.outcome.scores),
        },
    )


def _add_problems(document: SourceDocument, problems: tuple[ProblemRecord, ...]) -> None:
    Problem.objects.bulk_create(
        Problem(document=document, **asdict(problem)) for problem in problems
    )
