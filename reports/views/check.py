"""The quote checker takes a text or a file and gives a verdict on each quotation. It keeps
nothing."""

import hashlib
from typing import Any

from django import forms
from django.conf import settings
from django.core.files import File
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from reports import quotes
from reports.exports.citations import text_fragment
from reports.parsing import ReadError, read_document
from reports.quotes import Judgement, Verdict

LONGEST_TEXT = 200_000
SUFFIXES = (".txt", ".md", ".html", ".htm", ".pdf", ".docx")
NOT_READY = "The search index is missing, so nothing can be checked. Try again later."


class CheckForm(forms.Form):
    text = forms.CharField(
        label="Text with quotations",
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text="Words between quotation marks are checked. If there are no marks, each "
        "paragraph is. Name the authority beside a quotation, and that is checked too.",
    )
    file = forms.FileField(
        label="Or a file",
        required=False,
        allow_empty_file=True,
        widget=forms.ClearableFileInput(attrs={"accept": ",".join(SUFFIXES)}),
        help_text="Word (.docx), PDF, web page or text.",
    )

    def clean_text(self) -> str:
        text: str = self.cleaned_data["text"].replace("\r\n", "\n")
        return _not_too_long(text)

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if self.errors:
            return values
        if values.get("file"):
            values["text"] = self._read(values["file"])
        elif not values.get("text"):
            raise forms.ValidationError("Paste a text or choose a file.")
        return values

    def _read(self, file: "File[bytes]") -> str:
        name = file.name or ""
        if not name.lower().endswith(SUFFIXES):
            self.add_error("file", f"“{name}” cannot be read: use {', '.join(SUFFIXES)}.")
        elif (file.size or 0) > settings.MAX_DOCUMENT_BYTES:
            most = settings.MAX_DOCUMENT_BYTES // 1024 // 1024
            self.add_error("file", f"“{name}” is too large: at most {most} MB can be read.")
        else:
            return self._text_of(file, name)
        return ""

    def _text_of(self, file: "File[bytes]", name: str) -> str:
        try:
            return _not_too_long(read_document(file.read(), name).text)
        except ReadError as error:
            self.add_error("file", f"“{name}”: {error}.")
        except forms.ValidationError as error:
            self.add_error("file", error)
        return ""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    form = CheckForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "takeaway/check.html", {"form": form}, status=status)
    text = form.cleaned_data["text"]
    try:
        checked = quotes.check(text)
    except quotes.NotReadyError:
        page = {"form": form, "refusal": NOT_READY}
        return render(request, "takeaway/check.html", page, status=503)
    return render(
        request,
        "takeaway/checked.html",
        {
            "judgements": [
                (judgement, _links(request, judgement)) for judgement in checked.judgements
            ],
            "counts": _counts(checked.judgements),
            "left_out": checked.left_out,
            "most": len(checked.judgements),
            "state": quotes.corpus_state(),
            "text_sha256": hashlib.sha256(text.encode()).hexdigest(),
            "now": timezone.localtime(),
            "name": form.cleaned_data["file"].name if form.cleaned_data["file"] else "",
        },
    )


def _links(request: HttpRequest, judgement: Judgement) -> list[tuple[quotes.QuotedPlace, str]]:
    """Each place where the words were found, with the address that opens there."""
    return [(place, _link(request, place)) for place in judgement.places]


def _link(request: HttpRequest, place: quotes.QuotedPlace) -> str:
    if place.finding:
        return text_fragment(
            request.build_absolute_uri(place.finding.get_absolute_url()), place.words
        )
    return text_fragment(
        request.build_absolute_uri(f"/sources/{place.document_sha256}/"), place.words
    )


def _counts(judgements: tuple[Judgement, ...]) -> list[tuple[Verdict, int]]:
    counts = [
        (verdict, sum(judgement.verdict is verdict for judgement in judgements))
        for verdict in Verdict
    ]
    return [(verdict, count) for verdict, count in counts if count]


def _not_too_long(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise forms.ValidationError(
            f"The text has {len(text):,} characters; at most {LONGEST_TEXT:,} can be checked at "
            "once. Check a part of it."
        )
    return text
