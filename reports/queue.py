"""What waits for an editor, and why.

Every reason is a query; nothing is written down that could go stale. An item leaves the queue when
an editor has decided what it asks, or when the report is read again and no longer gives cause.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KT
from django.db.models.functions import Coalesce, Length, Replace
from django.urls import reverse

from reports import framework
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

DISAGREEMENTS = ("score-disagreement", "rating-disagreement", "percent-disagreement")
ARITHMETIC = ("percent-arithmetic", "rating-arithmetic")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to decide. `key` orders the items of its reason, `url` is where it is decided."""

    reason: "Reason"
    key: int
    title: str
    detail: str
    url: str
    finding: str = ""

    @property
    def address(self) -> str:
        """The page of the item, which knows its place in the queue."""
        return f"{self.url}?queue={self.reason.slug}&at={self.key}"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason to wait. `rows` finds what waits, in any order; `describe` gives the title, the
    detail and the address of a row."""

    slug: str
    label: str
    about: str
    rows: Callable[[], QuerySet[Any]]
    describe: Callable[[Any], tuple[str, str, str]]
    in_bulk: bool = False

    def count(self) -> int:
        return self.rows().count()

    def items(self, start: int, stop: int) -> list[Item]:
        return [self._item(row) for row in self.rows().order_by("pk")[start:stop]]

    def after(self, key: int) -> Item | None:
        """The next item, or the first one that waits where there is none further on."""
        rows = self.rows().order_by("pk")
        row = rows.filter(pk__gt=key).first() or rows.exclude(pk=key).first()
        return self._item(row) if row else None

    def _item(self, row: Any) -> Item:
        title, detail, url = self.describe(row)
        return Item(self, row.pk, title, detail, url, row.public_id if self.in_bulk else "")


@dataclass(frozen=True, slots=True)
class Listing:
    """The items of some reasons, one reason after the other: a sequence for a paginator."""

    counts: tuple[tuple[Reason, int], ...]

    def __len__(self) -> int:
        return sum(count for _, count in self.counts)

    def __getitem__(self, wanted: slice) -> list[Item]:
        found: list[Item] = []
        offset = 0
        for reason, count in self.counts:
            start, stop = max(wanted.start - offset, 0), min(wanted.stop - offset, count)
            if start < stop:
                found += reason.items(start, stop)
            offset += count
        return found


def counts() -> tuple[tuple[Reason, int], ...]:
    """Every reason with the number of its items."""
    return tuple((reason, reason.count()) for reason in REASONS)


def _unidentified() -> QuerySet[Any]:
    sections = Section.objects.current().filter(assessment=OuterRef("pk"))
    return Assessment.objects.filter(Exists(sections), authority=None)


def _about_assessment(assessment: Assessment) -> tuple[str, str, str]:
    names = [section.name for section in assessment.sections.current().in_report_order()]
    detail = f"{assessment.display_date.capitalize()}: {', '.join(names)}."
    return "Whose assessment is this?", detail, address_of(assessment)


def _conflicts() -> QuerySet[Any]:
    return Conflict.objects.all()


def _about_conflict(conflict: Conflict) -> tuple[str, str, str]:
    title = f"{conflict.field.replace('_', ' ').capitalize()} of a {conflict.target_kind}"
    detail = "It was edited, and a later reading of the report says something else."
    return title, detail, reverse("desk-conflict", args=[conflict.pk])


def _disagreements() -> QuerySet[Any]:
    """Those that no editor has decided: no value is shown until then."""
    return _problems_of_assessments(DISAGREEMENTS).filter(
        Q(code="percent-disagreement", assessment__percent=None)
        | Q(code="rating-disagreement", assessment__rating="")
        | _score_not_shown()
    )


def _score_not_shown() -> Combinable | Q:
    wanted: Combinable | Q = Q()
    for statement in framework.STATEMENTS:
        sections = Section.objects.current().filter(
            assessment=OuterRef("assessment"), statement=statement.slug, score=None
        )
        wanted |= Q(message__startswith=f"{statement.name}:") & Exists(sections)
    return Q(code="score-disagreement") & wanted


def _arithmetic() -> QuerySet[Any]:
    return _problems_of_assessments(ARITHMETIC)


def _problems_of_assessments(codes: Iterable[str]) -> QuerySet[Any]:
    return Problem.objects.filter(code__in=codes).select_related("assessment__authority")


def _about_problem_of_assessment(problem: Problem) -> tuple[str, str, str]:
    assessment = problem.assessment
    if assessment is None:
        raise ValueError("Such a problem is about an assessment.")
    return str(assessment), problem.message, address_of(assessment)


def _unparsed() -> QuerySet[Any]:
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


def _about_unparsed(document: SourceDocument) -> tuple[str, str, str]:
    detail = f"{document.unparsed} characters are not understood."
    return document.name, detail, reverse("desk-unparsed", args=[document.sha256])


def _document_problems() -> QuerySet[Any]:
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


def _about_document_problem(problem: Problem) -> tuple[str, str, str]:
    document = problem.document
    if document is None:
        raise ValueError("Such a problem is about a document.")
    return document.name, problem.message, reverse("desk-document", args=[document.sha256])


def _not_inferred() -> QuerySet[Any]:
    """Published findings that no rule could give a topic, or none an evidence category, and of
    which no editor has said that this is right."""
    decided = Correction.objects.filter(
        target_kind="finding", target_id=OuterRef("public_id"), field__in=["topics", "evidence"]
    )
    return (
        Finding.objects.published()
        .filter(Q(topics=[]) | Q(evidence=[]), ~Exists(decided))
        .select_related("section__assessment__authority")
    )


def _about_not_inferred(finding: Finding) -> tuple[str, str, str]:
    missing = [
        name
        for name, found in (("topic", finding.topics), ("evidence category", finding.evidence))
        if not found
    ]
    title = f"{finding.section}: no {' and no '.join(missing)}"
    return title, str(finding), address_of(finding)


def _reader_reports() -> QuerySet[Any]:
    return ReaderReport.objects.waiting().select_related("finding__section__assessment__authority")


def _about_reader_report(report: ReaderReport) -> tuple[str, str, str]:
    return str(report.finding.section), str(report), reverse("desk-report", args=[report.pk])


def address_of(target: Assessment | Section | Finding) -> str:
    """Where an editor corrects a row."""
    return reverse(f"desk-{target._meta.model_name}", args=[target.public_id])


REASONS = (
    Reason(
        "unidentified",
        "Authority not identified",
        "No document says whose assessment it is.",
        _unidentified,
        _about_assessment,
    ),
    Reason(
        "conflicts",
        "Conflicts",
        "An editor changed a value, and a later reading of the report says something else.",
        _conflicts,
        _about_conflict,
    ),
    Reason(
        "disagreements",
        "Scores that disagree",
        "Two sources give different values. Readers see none until an editor decides.",
        _disagreements,
        _about_problem_of_assessment,
    ),
    Reason(
        "arithmetic",
        "Arithmetic that does not fit",
        "The scores, the percentage and the rating do not follow from one another.",
        _arithmetic,
        _about_problem_of_assessment,
    ),
    Reason(
        "unparsed",
        "Text that was not understood",
        "Words of a report that were kept and are shown nowhere.",
        _unparsed,
        _about_unparsed,
    ),
    Reason(
        "documents",
        "Other problems in documents",
        "What reading a document left open.",
        _document_problems,
        _about_document_problem,
    ),
    Reason(
        "inference",
        "Nothing inferred",
        "Findings that no rule could give a topic, or an evidence category.",
        _not_inferred,
        _about_not_inferred,
        in_bulk=True,
    ),
    Reason(
        "reader-reports",
        "Reports from readers",
        "Errors that readers say they found.",
        _reader_reports,
        _about_reader_report,
    ),
)
REASON_BY_SLUG = {reason.slug: reason for reason in REASONS}
