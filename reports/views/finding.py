from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports import inference
from reports.display import source_text
from reports.display.marked import with_figures
from reports.display.neighbours import neighbours
from reports.exports.citations import text_fragment
from reports.facts import labels
from reports.models import Finding
from reports.search import similar_findings


@dataclass(frozen=True, slots=True)
class Tag:
    """A topic or evidence category a finding carries, and the words that made it hold: none where
    an editor gave it."""

    slug: str
    name: str
    words: tuple[str, ...]


@require_safe
def finding(request: HttpRequest, public_id: str) -> HttpResponse:
    """A permalink: it answers for as long as the row is there, whatever became of the finding."""
    found = get_object_or_404(
        Finding.objects.with_context().select_related("joined_into"), public_id=public_id
    )
    siblings = list(found.section.findings.published().only("public_id", "position", "section"))
    published = found.status == Finding.Status.PUBLISHED
    previous, next_ = neighbours(found, siblings)
    return render(
        request,
        "finding.html",
        {
            "finding": found,
            "marked_text": with_figures(found.text, found.quoted_figures),
            "section": found.section,
            "assessment": found.section.assessment,
            "document": found.paragraph.document if found.paragraph else None,
            "published": published,
            "corrected": found.words_corrected,
            "previous": previous,
            "next": next_,
            "last_number": siblings[-1].position + 1 if siblings else 0,
            "excerpt": source_text.excerpt_of(found),
            "topics": _tags(found, inference.TOPIC, found.topics),
            "evidence": _tags(found, inference.EVIDENCE, found.evidence),
            "permalink": request.build_absolute_uri(found.get_absolute_url()),
            "words_link": text_fragment(found.get_absolute_url(), found.text),
            "similar": similar_findings(found) if published else (),
            "today": timezone.localdate(),
        },
    )


def _tags(finding: Finding, kind: str, slugs: list[str]) -> list[Tag]:
    words = {
        inference.slug: inference.phrases
        for inference in inference.explain(finding.text)
        if inference.kind == kind
    }
    name = {inference.TOPIC: labels.topic, inference.EVIDENCE: labels.evidence}[kind]
    return [Tag(slug, name(slug), words.get(slug, ())) for slug in slugs]
