"""A query for each reason why items wait, and what the queue says about each row."""

from typing import Any, cast

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Concat, Length, Replace
from django.urls import reverse
from django.utils.text import Truncator

from reports.corrections.targets import encoded, rows_of
from reports.desk.queue.items import address_of
from reports.display import wording
from reports.models import (
    Assessment,
    Conflict,
    Correction,
    Finding,
    Problem,
    ReaderReport,
    Section,
    SourceDocument,
)

WORDS = 160  # characters of a value in conflict
# What the title of a conflict names, so that a page of them does not ask for each name by itself.
NAMED = {
    "finding": ["section__assessment__authority"],
    "section": ["assessment__authority"],
    "assessment": ["authority"],
}
DISAGREEMENTS = ("score-disagreement", "rating-disagreement", "percent-disagreement")
# Several problems of one document can have the same message.
PLACE_AND_MESSAGE = Concat(
    Value("line "),
    Coalesce(Cast("line", TextField()), Value("?"), output_field=TextField()),
    Value(": "),
    "message",
    output_field=TextField(),
)


def unidentified() -> QuerySet[Any]:
    sections = Section.objects.current().filter(assessment=OuterRef("pk"))
    return Assessment.objects.filter(Exists(sections), authority=None)


def about_assessment(assessment: Assessment) -> tuple[str, str, str]:
    names = [section.name for section in assessment.sections.current().in_report_order()]
    detail = f"{assessment.display_date.capitalize()}: {', '.join(names)}."
    return "Whose assessment is this?", detail, address_of(assessment)


def disagreements() -> QuerySet[Any]:
    """Disagreements of sources that no editor has decided. Until one does, readers see no value."""
    return problems_of_assessments(*DISAGREEMENTS).filter(
        Q(code="percent-disagreement", assessment__percent=None)
        | Q(code="rating-disagreement", assessment__rating="")
        | _score_not_shown()
    )


def _score_not_shown() -> Q:
    sections = Section.objects.current().filter(
        assessment=OuterRef("assessment"), statement=OuterRef("statement"), score=None
    )
    return Q(code="score-disagreement") & Q(Exists(sections))


def problems_of_assessments(*codes: str) -> QuerySet[Any]:
    return Problem.objects.filter(code__in=codes).select_related("assessment__authority")


def about_assessment_problem(problem: Problem) -> tuple[str, str, str]:
    assessment = cast(Assessment, problem.assessment)
    return str(assessment), problem.message, address_of(assessment)


def unparsed() -> QuerySet[Any]:
    """Documents with words that are neither understood nor made findings by an editor."""
    return (
        SourceDocument.objects.current()
        .annotate(left=F("unparsed") - Coalesce(Subquery(_promoted_characters()), 0))
        .filter(left__gt=0)
    )


def _promoted_characters() -> QuerySet[Any]:
    """How many characters of one document are in findings that an editor made of them. A later
    reading that understands these words gives the finding its paragraph."""
    first_words = Correction.objects.filter(
        target_kind="finding", target_id=OuterRef("public_id"), action=Correction.Action.PROMOTE
    ).values(words=KT("after__text"))
    return (
        Finding.objects.filter(
            section__document=OuterRef("pk"), paragraph=None, status=Finding.Status.PUBLISHED
        )
        .order_by()
        .annotate(words=Replace(Subquery(first_words[:1]), Value(" "), Value("")))
        .values("section__document")
        .annotate(characters=Sum(Length("words")))
        .values("characters")
    )


def about_unparsed(document: SourceDocument) -> tuple[str, str, str]:
    detail = f"{document.unparsed} characters are not understood."
    return document.name, detail, reverse("desk-unparsed", args=[document.sha256])


def document_problems() -> QuerySet[Any]:
    """Problems of documents, except unparsed text, which is another reason, and those that an
    editor has answered since. Setting the authority of an assessment answers every question about
    it."""
    answered: Combinable | Q = Q()
    for topic, kind, field in (
        ("authority", "assessment", "authority"),
        ("date", "assessment", "published"),
        ("score", "section", "score"),
    ):
        answered |= Q(code__startswith=f"{topic}-") & Exists(_corrected_sections(kind, field))
    return (
        Problem.objects.filter(document__in=SourceDocument.objects.current())
        .exclude(code="unparsed")
        .exclude(answered)
        .select_related("document")
    )


def _corrected_sections(kind: str, field: str) -> QuerySet[Any]:
    """Sections of the problem's document in which an editor has set a field and not undone it."""
    standing = Correction.objects.standing().filter(target_kind=kind, field=field)
    corrected = standing.values("target_id")
    path = "public_id" if kind == "section" else "assessment__public_id"
    return Section.objects.filter(**{"document": OuterRef("document"), f"{path}__in": corrected})


def about_document_problem(problem: Problem) -> tuple[str, str, str]:
    document = cast(SourceDocument, problem.document)
    return document.name, problem.message, reverse("desk-document", args=[document.sha256])


def conflicts() -> QuerySet[Any]:
    return Conflict.objects.all()


def about_conflict(conflict: Conflict) -> tuple[str, str, str]:
    kind, field = conflict.target_kind, conflict.field
    rows = rows_of(kind, [conflict.target_id])
    row = rows.select_related(*NAMED[kind]).first() if kind in NAMED else rows.first()
    number = f", finding {row.number}" if isinstance(row, Finding) else ""
    place = f"{row.section}{number}" if isinstance(row, Finding) else str(row or kind)
    read = Truncator(wording.in_words(kind, field, conflict.parsed)).chars(WORDS)
    shown = encoded(row, field) if row else conflict.base
    ours = Truncator(wording.in_words(kind, field, shown)).chars(WORDS)
    title = f"{place}: {wording.field_label(field)}"
    detail = f"Readers see “{ours}”; the report now says “{read}”."
    return title, detail, reverse("desk-conflict", args=[conflict.pk])


def not_inferred() -> QuerySet[Any]:
    """Published findings that have no topic, or no evidence category, now."""
    return (
        Finding.objects.published()
        .filter(untagged=True)
        .select_related("section__assessment__authority")
    )


def about_not_inferred(finding: Finding) -> tuple[str, str, str]:
    missing = [
        name
        for name, found in (("topic", finding.topics), ("evidence category", finding.evidence))
        if not found
    ]
    title = f"{finding.section}: no {' and no '.join(missing)}"
    return title, str(finding), address_of(finding)


def reader_reports() -> QuerySet[Any]:
    return ReaderReport.objects.waiting().select_related("finding__section__assessment__authority")


def about_reader_report(report: ReaderReport) -> tuple[str, str, str]:
    return str(report.finding.section), str(report), reverse("desk-report", args=[report.pk])
