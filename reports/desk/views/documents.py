"""The pages of a document on the desk: its problems, and the text that was not understood."""

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from reports.corrections import Why, change_all, correcting, promote
from reports.desk.forms import PromoteForm
from reports.desk.views.common import FormPage, QueuePlace, editors_only, get_or_post, posted
from reports.desk.views.order import moved
from reports.desk.views.withdrawing import withdrawal_of
from reports.display import source_text
from reports.facts import labels
from reports.models import Correction, Finding, Section, SourceDocument
from reports.parsing.records import SpanKind

FIRST = "first"
CONTEXT = 300


@editors_only
@require_safe
def document(request: HttpRequest, sha256: str) -> HttpResponse:
    """The problems of a document, with links to the pages where they can be decided."""
    found = get_object_or_404(
        SourceDocument.objects.select_related("authority", "superseded_by"), sha256=sha256
    )
    lines = dict(enumerate(found.read_text().splitlines(), 1))
    context = {
        "document": found,
        "problems": [(row, lines.get(row.line or 0, "")) for row in found.problems.all()],
        "sections": found.sections.select_related("assessment__authority"),
        "place": QueuePlace.of(request),
        "withdrawal": withdrawal_of(found),
    }
    return render(request, "desk/document.html", context)


@editors_only
@get_or_post
def unparsed(request: HttpRequest, sha256: str) -> HttpResponse:
    """Choose a piece of text that was not understood, and make a finding of it."""
    found = get_object_or_404(SourceDocument, sha256=sha256)
    text = found.read_text()
    sections = list(found.sections.select_related("assessment__authority"))
    spans = _open_spans(found, text, sections)
    form = PromoteForm(
        [
            (f"{start}-{end}", labels.shortened(" ".join(text[start:end].split()), 200))
            for start, end in spans
        ],
        [(section.public_id, section.name) for section in sections],
        [(FIRST, "The start of the section"), *_places(sections)],
        data=posted(request),
    )
    excerpts = [source_text.excerpt(text, [span], CONTEXT) for span in spans]
    context = {"document": found, "sections": sections, "excerpts": excerpts}
    page = FormPage(request, "desk/unparsed.html", form, context)
    if not form.is_valid():
        return page.shown()
    start, end = map(int, form.cleaned_data["span"].split("-"))
    words = " ".join(text[start:end].split())
    section = next(s for s in sections if s.public_id == form.cleaned_data["section"])
    if request.POST.get("step") != "save":
        return page.shown(changes=words, section=section)
    return page.saved(
        lambda why: _promote(section, words, (start, end), form.cleaned_data, why),
        "Saved. It is now a finding.",
        reverse("desk-unparsed", args=[sha256]) + page.place.query,
        stays=len(spans) > 1,
    )


def _open_spans(
    document: SourceDocument, text: str, sections: list[Section]
) -> list[tuple[int, int]]:
    """The pieces of text that were not understood, without those that an editor has made findings
    of."""
    standing = Finding.objects.published().filter(section__in=sections, paragraph=None)
    made = list(
        Correction.objects.filter(
            action=Correction.Action.PROMOTE, target_id__in=standing.values("public_id")
        ).values_list("after__text", flat=True)
    )
    found: list[tuple[int, int]] = []
    for start, end, kind in document.spans:
        words = " ".join(text[start:end].split())
        if kind != SpanKind.UNPARSED or not words:
            continue
        if words in made:
            made.remove(words)
        else:
            found.append((start, end))
    return found


def _places(sections: list[Section]) -> list[Any]:
    """The findings of each section, to put another one after."""
    return [
        (section.name, [(row.public_id, str(row)) for row in section.findings.published()])
        for section in sections
    ]


def _promote(
    section: Section, words: str, span: tuple[int, int], answers: dict[str, Any], why: Why
) -> None:
    """Of two findings with the same place the newer comes last, so a finding that is to be the
    first is created, then moved."""
    with correcting():
        if answers["after"] != FIRST:
            after = section.findings.filter(public_id=answers["after"]).first()
            if after is None:
                raise ValidationError("Put it after a finding of the section that you chose.")
            promote(section, words, answers["heading"], after.position, why, spans=[span])
            return
        made = promote(section, words, answers["heading"], 0, why, spans=[span])
        while places := moved(list(section.findings.published()), made, up=True):
            change_all([(row, {"position": place}) for row, place in places], why)
