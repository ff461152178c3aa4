"""What waits about documents: text that was not understood, and other problems."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KT
from django.db.models.functions import Cast, Coalesce, Concat, Length, Replace
from django.urls import reverse

from reports.models import Correction, Finding, Problem, Section, SourceDocument

# Several problems of one document can have the same message.
PLACE_AND_MESSAGE = Concat(
    Value("line "),
    Coalesce(Cast("line", TextField()), Value("?"), output_field=TextField()),
    Value(": "),
    "message",
    output_field=TextField(),
)


def unparsed() -> QuerySet[Any]:
    """Documents with words that are neither understood nor made findings by an editor."""
    return (
        SourceDocument.objects.current()
        .annotate(left=F("unparsed") - Coalesce(Subquery(_promoted_characters()), 0))
        .filter(left__gt=0)
    )


def _promoted_characters() -> QuerySet[Any]:
    """Of one document: how many characters stand in findings that an editor made of them. A later
    reading that understands the words gives such a finding its paragraph."""
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


def problems() -> QuerySet[Any]:
    """All but unparsed text, which has a reason of its own, and what an editor has decided since:
    whoever sets an assessment's authority answers every question about the authority."""
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
    """Sections of a problem's document on which an editor has set a field."""
    corrected = Correction.objects.filter(target_kind=kind, field=field).values("target_id")
    path = "public_id" if kind == "section" else "assessment__public_id"
    return Section.objects.filter(**{"document": OuterRef("document"), f"{path}__in": corrected})


def about_problem(problem: Problem) -> tuple[str, str, str]:
    document = problem.document
    if document is None:
        raise ValueError("Such a problem is about a document.")
    return document.name, problem.message, reverse("desk-document", args=[document.sha256])
