"""Which document, if any, a new one is a version of."""

from django.db.models import F, Q

from reports import dates
from reports.ingest.storage import Content
from reports.matching import match
from reports.models import Paragraph, SourceDocument
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
    """The version that readers see in the place of `document`."""
    while document.superseded_by:
        document = document.superseded_by
    return document


def all_versions(document: SourceDocument) -> list[SourceDocument]:
    """`document` and every version it came after, the latest first."""
    versions = [document]
    for version in versions:
        versions += version.supersedes.all()
    return versions


def find_predecessor(
    content: Content, record: ReportRecord
) -> tuple[SourceDocument | None, list[SourceDocument]]:
    """The document that this one is a new version of; or else the documents that make the same
    claim (authority, date, statement) with other words."""
    rivals = [
        document
        for document in _candidates(content, record)
        if dates.agree(document.published, record.published) or document.path == content.name
    ]
    texts = [paragraph.text for section in record.sections for paragraph in section.paragraphs]
    kept = {document: _share_kept(document, texts) for document in rivals}
    best = max(rivals, key=lambda document: kept[document], default=None)
    if best and kept[best] > MOST:
        return best, []
    return None, rivals


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
    return list(SourceDocument.objects.current().filter(claim, same_part).distinct())


def _share_kept(document: SourceDocument, texts: list[str]) -> float:
    """How much of a document stands in `texts`, from 0 to 1."""
    old = list(Paragraph.objects.filter(document=document).values_list("text", flat=True))
    return len(match(old, texts)) / len(old) if old else 1.0
