"""What waits about findings: nothing inferred, reports from readers, and edits in conflict."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from reports.desk.queue.items import address_of
from reports.models import Conflict, Correction, Finding, ReaderReport


def conflicts() -> QuerySet[Any]:
    return Conflict.objects.all()


def about_conflict(conflict: Conflict) -> tuple[str, str, str]:
    title = f"{conflict.field.replace('_', ' ').capitalize()} of a {conflict.target_kind}"
    detail = "It was edited, and a later reading of the report says something else."
    return title, detail, reverse("desk-conflict", args=[conflict.pk])


def not_inferred() -> QuerySet[Any]:
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
