"""Readers report errors in findings. Anyone may do so; limits stop programs from flooding the
queue."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from reports.models import Finding, ReaderReport

HOUR = timedelta(hours=1)
AN_HOUR_A_READER = 20
SESSION_KEY = "reported_at"


class ReaderReportForm(forms.ModelForm):  # type: ignore[type-arg]
    """A reader's report. `website` is a trap: people cannot see it, but programs fill it in."""

    website = forms.CharField(required=False, label="Leave this empty")

    class Meta:
        model = ReaderReport
        fields = ["words", "message"]
        labels = {
            "words": "Which words are wrong? (optional)",
            "message": "What is wrong, and what should it say?",
        }
        help_texts = {
            "words": "Copy them from the finding above.",
            "message": f"Up to {ReaderReport.MESSAGE_LENGTH:,} characters. "
            "Leave out names and anything else about a person.",
        }
        widgets = {
            "words": forms.Textarea(attrs={"rows": 2}),
            "message": forms.Textarea(attrs={"rows": 6}),
        }
        error_messages = {"message": {"required": "Write what is wrong."}}

    def clean_words(self) -> str:
        words = " ".join(self.cleaned_data["words"].split())
        if words and words not in " ".join(self.instance.finding.text.split()):
            raise ValidationError(
                "The finding does not contain these words. Copy them from the text above."
            )
        return words


@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, public_id: str) -> HttpResponse:
    """Report an error in a finding. No account is needed, and nothing about the reader is kept."""
    found = get_object_or_404(Finding.objects.readable().with_context(), public_id=public_id)
    posted = request.POST if request.method == "POST" else None
    form = ReaderReportForm(posted, instance=ReaderReport(finding=found))
    refusal = _refusal(request)
    page = {
        "form": form,
        "finding": found,
        "section": found.section,
        "assessment": found.section.assessment,
        "refusal": refusal,
    }
    if posted is not None and refusal:
        return render(request, "report_error.html", page, status=429)
    if not form.is_valid():
        return render(request, "report_error.html", page, status=422 if form.is_bound else 200)
    if not form.cleaned_data["website"]:
        form.save()
        request.session[SESSION_KEY] = [*_recent(request), timezone.now().timestamp()]
    return redirect("report-thanks", public_id)


@require_safe
def thanks(request: HttpRequest, public_id: str) -> HttpResponse:
    found = get_object_or_404(Finding, public_id=public_id)
    return render(request, "report_thanks.html", {"finding": found})


def _refusal(request: HttpRequest) -> str:
    """Why no more reports are accepted at the moment; empty if they are."""
    if len(_recent(request)) >= AN_HOUR_A_READER:
        return "You have sent many reports in the last hour. Please come back later."
    return ""


def _recent(request: HttpRequest) -> list[float]:
    """The times of this reader's reports within the last hour."""
    since = (timezone.now() - HOUR).timestamp()
    return [moment for moment in request.session.get(SESSION_KEY, []) if moment > since]
