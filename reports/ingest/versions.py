"""Finds the document, if any, that a new one is a version of."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from reports.facts import dates
from reports.ingest.kept_files import Content
from reports.ingest.pairing import match
from reports.models import Paragraph, Section, SourceDocument
from reports.parsing import ReportRecord

# A version keeps more than this share of its predecessor's paragraphs.
MOST = 0.5


def find_known(content: Content) -> SourceDocument | None:
    """The document with these bytes or this text, the current one first."""
    return (
        SourceDocument.objects.filter(Q(sha256=content.sha256) | Q(text_sha256=content.text_sha256))
        .order_by(F("superseded_by").asc(nulls_first=True), "-pk")
        .first()
    )


def latest_version(document: SourceDocument) -> SourceDocument:
    """The version of `document` that readers see."""
    while document.superseded_by:
        document = document.superseded_by
    return document


def all_versions(document: SourceDocument) -> list[SourceDocument]:
    """`document` and every earlier version, the latest first."""
    versions = [document]
    for version in versions:
        versions += version.supersedes.all()
    return versions


@dataclass(frozen=True, slots=True)
class Predecessors:
    """What a new document replaces: whole documents, and single sections of documents that stay
    (the page of a statement, saved beside the whole report). `rivals` are about the same authority,
    date and statement, but have mostly other words."""

    documents: tuple[SourceDocument, ...] = ()
    sections: tuple[Section, ...] = ()
    rivals: tuple[SourceDocument, ...] = ()

    def all_sections(self) -> list[Section]:
        """The sections of every version of the documents, and the single ones."""
        versions = (version for document in self.documents for version in all_versions(document))
        whole = [section for version in versions for section in version.sections.all()]
        return [*whole, *self.sections]


def find_predecessors(content: Content, record: ReportRecord) -> Predecessors:
    """What the new document is a version of."""
    texts = [paragraph.text for section in record.sections for paragraph in section.paragraphs]
    documents: list[SourceDocument] = []
    sections: list[Section] = []
    rivals: list[SourceDocument] = []
    for document in _candidates(content, record):
        if _is_mostly_in(document.paragraphs.all(), texts):
            documents.append(document)
        elif shared := _shared_sections(document, record):
            sections += shared
        elif not document.withdrawn:
            rivals.append(document)
    return Predecessors(tuple(documents), tuple(sections), tuple(rivals))


def held_elsewhere(document: SourceDocument) -> set[str]:
    """The statements whose sections a later document has taken over from this one."""
    own = set(document.sections.values_list("parsed_statement", flat=True))
    others = (
        Section.objects.current()
        .filter(assessment__sections__document=document)
        .exclude(document=None)
        .exclude(document=document)
    )
    return set(others.values_list("parsed_statement", flat=True)) - own


def _candidates(content: Content, record: ReportRecord) -> list[SourceDocument]:
    authority = record.identification.authority
    same_path = Q(path=content.name)
    if authority:
        about = Q(authority__slug=authority) | Q(sections__assessment__authority__slug=authority)
        claim = about | (same_path & Q(authority=None))
    else:
        claim = same_path
    statements = [section.statement for section in record.sections]
    # A summary page saved by itself holds no statement's section, only the outcome.
    same_part = (
        Q(sections__parsed_statement__in=statements)
        if statements
        else Q(sections=None) & ~Q(outcome=None)
    )
    # A withdrawn document counts too, so that a correct one keeps the addresses of what both share.
    found = (
        SourceDocument.objects.last_versions().filter(claim, same_part, kind=record.kind).distinct()
    )
    return [
        document
        for document in found.order_by("pk")
        if dates.agree(document.published, record.published) or document.path == content.name
    ]


def _shared_sections(document: SourceDocument, record: ReportRecord) -> list[Section]:
    """The sections of a document, most of whose paragraphs are in the same section of the new
    one."""
    texts = {
        section.statement: [paragraph.text for paragraph in section.paragraphs]
        for section in record.sections
    }
    return [
        section
        for section in document.sections.filter(parsed_statement__in=texts)
        if _is_mostly_in(
            section.paragraphs.filter(document=document), texts[section.parsed_statement]
        )
    ]


def _is_mostly_in(paragraphs: QuerySet[Paragraph], texts: list[str]) -> bool:
    old = list(paragraphs.values_list("text", flat=True))
    return len(match(old, texts)) > MOST * len(old) if old else True
