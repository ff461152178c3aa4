"""Withdraws a document that was uploaded by mistake, after showing what is withdrawn with it."""

from collections import Counter
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from reports import corrections
from reports.corrections import StaleEditError
from reports.desk.forms import ReasonForm
from reports.desk.views.common import FormPage, get_or_post, ingesters_only, posted
from reports.display.events import Event, events_of
from reports.models import (
    Assessment,
    Correction,
    PublishedOutcome,
    ReaderReport,
    Section,
    SourceDocument,
)

CHANGED = "What would be withdrawn has changed since you opened this page. Look at it again."


@dataclass(frozen=True, slots=True)
class Leaving:
    """What a withdrawal of a document takes away, or has taken away."""

    sections: tuple[tuple[Section, int], ...]  # each with how many published findings are withdrawn
    outcome: PublishedOutcome | None
    corrected: int  # findings among them that an editor has corrected
    reported: int  # errors in them that readers reported and nobody has answered
    emptied: tuple[Assessment, ...]  # of which nothing is left
    earlier: tuple[SourceDocument, ...]  # the versions that the document replaced

    @classmethod
    def of(cls, document: SourceDocument) -> "Leaving":
        findings = corrections.leaving_with(document)
        counts = Counter(findings.order_by().values_list("section", flat=True))
        sections = Section.objects.filter(pk__in=counts) | document.sections.all()
        ids = list(findings.values_list("public_id", flat=True))
        edited = corrections.edited_fields("finding", ids)
        return cls(
            tuple(
                (section, counts[section.pk])
                for section in sections.distinct().select_related("assessment__authority")
            ),
            PublishedOutcome.objects.filter(document=document).first(),
            sum(bool(fields) for fields in edited.values()),
            ReaderReport.objects.waiting().filter(finding__in=findings).count(),
            tuple(_emptied(document)),
            tuple(document.supersedes.all()),
        )

    @property
    def findings(self) -> int:
        return sum(count for _, count in self.sections)


def _emptied(document: SourceDocument) -> list[Assessment]:
    """The assessments whose text and published outcome come from this document only."""
    of_it = Assessment.objects.filter(sections__document=document).distinct()
    return [
        assessment
        for assessment in of_it.select_related("authority")
        if not assessment.sections.with_text().exclude(document=document).exists()
        and not assessment.outcomes.standing().exclude(document=document).exists()
    ]


@ingesters_only
@get_or_post
def withdraw(request: HttpRequest, sha256: str) -> HttpResponse:
    """Show what would be withdrawn with the document, then withdraw it."""
    document = get_object_or_404(SourceDocument.objects.last_versions(), sha256=sha256)
    if document.withdrawn:
        return redirect("desk-document", sha256=sha256)
    form = ReasonForm(posted(request))
    leaving = Leaving.of(document)
    page = FormPage(request, "desk/withdraw.html", form, {"document": document, "leaving": leaving})
    if not form.is_valid():
        return page.shown()
    if request.POST.get("previewed") != str(leaving.findings):
        form.add_error(None, CHANGED)
        return page.shown(409)
    message = f"Withdrawn: {leaving.findings} findings were withdrawn with the document."
    its_page = reverse("desk-document", args=[sha256])
    try:
        return page.saved(lambda why: corrections.withdraw(document, why), message, its_page)
    except StaleEditError:  # Another editor has withdrawn it meanwhile.
        return redirect(its_page)


def withdrawal_of(document: SourceDocument) -> Event | None:
    """The entry of the record that says who withdrew the document, when and why."""
    if not document.withdrawn:
        return None
    made = corrections.history(document).filter(action=Correction.Action.WITHDRAW).last()
    return events_of([made])[0] if made else None
