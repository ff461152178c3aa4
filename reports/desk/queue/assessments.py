"""What waits about assessments: whose they are, what their sources do not agree on."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from reports.desk.queue.items import address_of
from reports.models import Assessment, Problem, Section

DISAGREEMENTS = ("score-disagreement", "rating-disagreement", "percent-disagreement")
ARITHMETIC = ("percent-arithmetic", "rating-arithmetic")


def unidentified() -> QuerySet[Any]:
    sections = Section.objects.current().filter(assessment=OuterRef("pk"))
    return Assessment.objects.filter(Exists(sections), authority=None)


def about_assessment(assessment: Assessment) -> tuple[str, str, str]:
    names = [section.name for section in assessment.sections.current().in_report_order()]
    detail = f"{assessment.display_date.capitalize()}: {', '.join(names)}."
    return "Whose assessment is this?", detail, address_of(assessment)


def disagreements() -> QuerySet[Any]:
    """Those that no editor has decided: no value is shown until then."""
    return _problems_of_assessments(DISAGREEMENTS).filter(
        Q(code="percent-disagreement", assessment__percent=None)
        | Q(code="rating-disagreement", assessment__rating="")
        | _score_not_shown()
    )


def _score_not_shown() -> Q:
    sections = Section.objects.current().filter(
        assessment=OuterRef("assessment"), statement=OuterRef("statement"), score=None
    )
    return Q(code="score-disagreement") & Q(Exists(sections))


def arithmetic() -> QuerySet[Any]:
    return _problems_of_assessments(ARITHMETIC)


def _problems_of_assessments(codes: Iterable[str]) -> QuerySet[Any]:
    return Problem.objects.filter(code__in=codes).select_related("assessment__authority")


def about_problem(problem: Problem) -> tuple[str, str, str]:
    assessment = problem.assessment
    if assessment is None:
        raise ValueError("Such a problem is about an assessment.")
    return str(assessment), problem.message, address_of(assessment)
