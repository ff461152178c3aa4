"""Errors that readers report: anyone may, within bounds; editors answer."""

from datetime import timedelta

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from reports.desk.forms import AnswerForm, ReaderReportForm
from reports.desk.views.common import Place, editors_only
from reports.models import Finding, ReaderReport
from reports.views.finding import excerpt_of

HOUR = timedelta(hours=1)
OPEN_A_FINDING = 5
AN_HOUR_A_READER = 20
# From all readers together, against one who comes as many. READER_REPORTS_AN_HOUR overrides it.
AN_HOUR = 200
SESSION_KEY = "reported_at"


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """Report an error in a finding. No account is needed, and nothing about the reader is kept."""
    found = get_object_or_404(Finding.objects.with_context(), public_id=public_id)
    posted = request.POST if request.method == "POST" else None
    form = ReaderReportForm(posted, instance=ReaderReport(finding=found))
    refusal = _refusal(request, found)
    page = {
        "form": form,
        "finding": found,
        "section": found.section,
        "assessment": found.section.assessment,
        "refusal": refusal,
    }
    if posted is None:
        return render(request, "desk/report.html", page)
    if refusal:
        return render(request, "desk/report.html", page, status=429)
    if not form.is_valid():
        return render(request, "desk/report.html", page, status=422)
    if not form.cleaned_data["website"]:
        form.save()
        request.session[SESSION_KEY] = [*_recent(request), timezone.now().timestamp()]
    return redirect("report-thanks", public_id)


@require_safe
def thanks(request: HttpRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(Finding, public_id=public_id)
    return render(request, "desk/thanks.html", {"finding": found})


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """A reader's report beside the finding; what is answered is final."""
    found = get_object_or_404(
        ReaderReport.objects.select_related(
            "finding__section__assessment__authority", "finding__paragraph__document"
        ),
        pk=pk,
    )
    place = Place.of(request)
    waiting = found.status == ReaderReport.Status.WAITING
    posted = request.POST if request.method == "POST" else None
    form = AnswerForm(posted, instance=found)
    before, words, after = _parted(found)
    page = {
        "form": form,
        "report": found,
        "waiting": waiting,
        "finding": found.finding,
        "parts": (before, words, after),
        "document": found.finding.paragraph.document if found.finding.paragraph else None,
        "excerpt": excerpt_of(found.finding),
        "place": place,
    }
    if posted is None:
        return render(request, "desk/answer.html", page)
    if not form.is_valid():
        return render(request, "desk/answer.html", page, status=422)
    if not _store(found.pk, form, request.user.get_username()):
        found.refresh_from_db()
        return render(request, "desk/answer.html", page | {"waiting": False}, status=409)
    messages.success(request, "Answered.")
    return place.onwards(f"{reverse('desk')}?reason=reader-reports")


def _store(pk: int, form: AnswerForm, editor: str) -> bool:
    """Whether this answer was the first."""
    return bool(
        ReaderReport.objects.waiting()
        .filter(pk=pk)
        .update(
            status=form.cleaned_data["status"],
            answer=form.cleaned_data["answer"],
            answered_by=editor,
            answered_at=timezone.now(),
        )
    )


def _refusal(request: HttpRequest, finding: Finding) -> str:
    """Why no more reports are taken just now; empty where they are."""
    if finding.reader_reports.waiting().count() >= OPEN_A_FINDING:
        return "Several reports about this finding wait for an editor already."
    if len(_recent(request)) >= AN_HOUR_A_READER:
        return "You have sent many reports in the last hour. Please come back later."
    most = getattr(settings, "READER_REPORTS_AN_HOUR", AN_HOUR)
    if ReaderReport.objects.filter(created_at__gt=timezone.now() - HOUR).count() >= most:
        return "Very many reports have come in. Please come back in an hour."
    return ""


def _recent(request: HttpRequest) -> list[float]:
    """When this reader sent a report, within the last hour."""
    since = (timezone.now() - HOUR).timestamp()
    return [moment for moment in request.session.get(SESSION_KEY, []) if moment > since]


def _parted(report: ReaderReport) -> tuple[str, str, str]:
    """The finding's text before the words in question, those words, and the text after them. The
    words may have been corrected since: then there are none."""
    text = report.finding.text
    if not report.words or report.words not in text:
        return text, "", ""
    before, words, after = text.partition(report.words)
    return before, words, after
