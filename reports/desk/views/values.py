"""The pages where the values of an assessment, a section or a finding are corrected."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from reports.desk.views.common import editors_only, get_or_post
from reports.desk.views.editing import edit
from reports.desk.views.shape import context_of, find_finding
from reports.display import source_text
from reports.facts.inferred import TOPICS
from reports.models import Assessment, Section, SourceDocument
from reports.parsing.records import SpanKind

HEAD = {SpanKind.TITLE, SpanKind.METADATA, SpanKind.SCORE}
CONTEXT = 900
ASKED_OF_FINDINGS = ("text", "heading", "topics", "evidence", "figures")


@editors_only
@get_or_post
def assessment(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct the authority, date, kind and outcome of an assessment."""
    found = get_object_or_404(Assessment.objects.select_related("authority"), public_id=public_id)
    sections = list(
        found.sections.current().in_report_order().select_related("document", "assessment")
    )
    documents = list(dict.fromkeys(section.document for section in sections if section.document))
    context = {
        "assessment": found,
        "sections": sections,
        "outcomes": found.outcomes.select_related("document"),
        "problems": found.problems.all(),
        "document": documents[0] if documents else None,
        "documents": documents,
        "excerpt": _head_of(documents[0]) if documents else None,
    }
    return edit(request, found, "desk/assessment.html", context)


@editors_only
@get_or_post
def section(request: HttpRequest, public_id: str) -> HttpResponse:
    """Correct the quality statement and the score of a section, or choose among its findings."""
    found = get_object_or_404(
        Section.objects.select_related("assessment__authority", "document"), public_id=public_id
    )
    findings = list(found.findings.select_related("joined_into"))
    context = {
        "section": found,
        "assessment": found.assessment,
        "findings": [(row, TOPICS.names(row.topics)) for row in findings],
        "document": found.document,
        "problems": found.assessment.problems.filter(statement=found.statement),
        "excerpt": _head_of(found.document, found) if found.document else None,
    }
    return edit(request, found, "desk/section.html", context)


@editors_only
@get_or_post
def finding(request: HttpRequest, public_id: str) -> HttpResponse:
    found = find_finding(public_id)
    return edit(request, found, "desk/finding.html", context_of(found), asked=ASKED_OF_FINDINGS)


def _head_of(
    document: SourceDocument, section: Section | None = None
) -> source_text.Excerpt | None:
    """The beginning of the document, or of the section, where it says what it is about."""
    spans: list[Any] = [span for span in document.spans if span[2] in HEAD]
    if section is not None:
        begin = _beginning_of(section)
        spans = [span for span in spans if span[1] <= begin][-2:] or spans[:2]
    marks = [(start, end) for start, end, _ in (spans or document.spans)[:4]]
    return source_text.excerpt(document.read_text(), marks, CONTEXT) if marks else None


def _beginning_of(section: Section) -> int:
    """Where the first finding of a section begins; after everything if it has none."""
    starts = [
        start
        for spans in section.paragraphs.filter(document=section.document).values_list(
            "spans", flat=True
        )
        for start, _ in spans
    ]
    return min(starts, default=0)
