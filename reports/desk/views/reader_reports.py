"""Errors that readers report, and what editors answer."""

import re
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from reports.desk.forms import AnswerForm
from reports.desk.views.common import (
    READER_REPORTS,
    FormPage,
    editors_only,
    get_or_post,
    posted,
)
from reports.display.source_text import excerpt_of
from reports.models import ReaderReport

MOST = 200
IS_KEY = re.compile(r"[0-9]{1,15}")


@editors_only
@get_or_post
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """A reader's report beside the finding. An answer cannot be changed."""
    found = get_object_or_404(
        ReaderReport.objects.select_related(
            "finding__section__assessment__authority", "finding__paragraph__document"
        ),
        pk=pk,
    )
    form = AnswerForm(posted(request), instance=found)
    context = {
        "report": found,
        "waiting": found.status == ReaderReport.Status.WAITING,
        "finding": found.finding,
        "parts": _parted(found),
        "document": found.finding.paragraph.document if found.finding.paragraph else None,
        "excerpt": excerpt_of(found.finding),
    }
    page = FormPage(request, "desk/answer.html", form, context)
    if not form.is_valid():
        return page.shown()
    if not _answered(request, [pk], **form.cleaned_data):
        found.refresh_from_db()
        return page.shown(409, waiting=False)
    messages.success(request, "Answered.")
    return page.place.onwards(f"{reverse('desk')}?reason={READER_REPORTS}")


@editors_only
@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Discard the selected reports as spam, without an answer that readers would see."""
    selected = [value for value in request.POST.getlist("report")[:MOST] if IS_KEY.fullmatch(value)]
    discarded = _answered(request, selected, status=ReaderReport.Status.DISCARDED)
    messages.success(request, f"{discarded} reports discarded.")
    return redirect(f"{reverse('desk')}?reason={READER_REPORTS}")


def _answered(request: HttpRequest, reports: Iterable[Any], **values: Any) -> int:
    """Answer those of the reports that still wait, and return how many did."""
    waiting = ReaderReport.objects.waiting().filter(pk__in=reports)
    editor = request.user.get_username()
    return waiting.update(answered_by=editor, answered_at=timezone.now(), **values)


def _parted(report: ReaderReport) -> tuple[str, str, str]:
    """The finding's text before the words reported, those words, and the text after them; empty if
    the words have been corrected since."""
    text = report.finding.text
    return text.partition(report.words) if report.words else (text, "", "")
