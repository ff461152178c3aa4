"""Errors that readers report, and what editors answer."""

import re

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from reports.desk.forms import AnswerForm
from reports.desk.views.common import QueuePlace, editors_only
from reports.display.source_text import excerpt_of
from reports.models import ReaderReport

MOST = 200
IS_KEY = re.compile(r"[0-9]{1,15}")


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """A reader's report beside the finding. An answer cannot be changed."""
    found = get_object_or_404(
        ReaderReport.objects.select_related(
            "finding__section__assessment__authority", "finding__paragraph__document"
        ),
        pk=pk,
    )
    place = QueuePlace.of(request)
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


@editors_only
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Discard the selected reports as spam, without an answer that readers would see."""
    selected = [value for value in request.POST.getlist("report")[:MOST] if IS_KEY.fullmatch(value)]
    discarded = (
        ReaderReport.objects.waiting()
        .filter(pk__in=selected)
        .update(
            status=ReaderReport.Status.DISCARDED,
            answered_by=request.user.get_username(),
            answered_at=timezone.now(),
        )
    )
    messages.success(request, f"{discarded} reports discarded.")
    return redirect(f"{reverse('desk')}?reason=reader-reports")


def _store(pk: int, form: AnswerForm, editor: str) -> bool:
    """Save the answer, and return whether it was the first."""
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


def _parted(report: ReaderReport) -> tuple[str, str, str]:
    """The finding's text before the words reported, those words, and the text after them; empty if
    the words have been corrected since."""
    text = report.finding.text
    if not report.words or report.words not in text:
        return text, "", ""
    before, words, after = text.partition(report.words)
    return before, words, after
