from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports import inference
from reports.display import source_text
from reports.display.figures import with_figures
from reports.display.neighbours import neighbours
from reports.exports.citations import text_fragment
from reports.facts import inferred
from reports.models import Finding
from reports.search import similar_findings
from reports.search.language.facets import FACET_BY_NAME
from reports.views.withdrawn import withdrawn_page

# Words to use before a label on this page in place of the name of its facet.
READ_AS = {"group": "About", "evidence": "Evidence from"}


@dataclass(frozen=True, slots=True)
class Tag:
    """A label of a finding, the facet that finds other findings with it, and the words of the text
    that the rule found. `words` is empty if an editor set the label."""

    what: str
    name: str
    facet: str
    slug: str
    words: tuple[str, ...]


@require_safe
def finding(request: HttpRequest, public_id: str) -> HttpResponse:
    """A permalink. It works as long as the row exists. If the finding was retracted, joined or
    replaced, the page says so."""
    found = get_object_or_404(
        Finding.objects.with_context().select_related("joined_into"), public_id=public_id
    )
    if hidden := withdrawn_page(request, withdrawn=found.status == Finding.Status.WITHDRAWN):
        return hidden
    siblings = list(found.section.findings.published().only("public_id", "number", "section"))
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
            "last_number": siblings[-1].number if siblings else 0,
            "excerpt": source_text.excerpt_of(found),
            "inferences": _inferences(found),
            "quantities": inference.quantities(found.text, found.figures),
            "permalink": request.build_absolute_uri(found.get_absolute_url()),
            "words_link": text_fragment(found.get_absolute_url(), found.text),
            "similar": similar_findings(found) if published else (),
            "today": timezone.localdate(),
        },
    )


def _inferences(finding: Finding) -> list[Tag]:
    """The labels that readers see, each with the words that it was inferred from."""
    words = {
        (one.field, one.slug): one.phrases
        for one in inference.explain(finding.text, finding.heading, finding.section.statement)
    }
    return [
        Tag(
            READ_AS.get(field.facet) or FACET_BY_NAME[field.facet].label,
            field.name_of(slug),
            field.facet,
            slug,
            words.get((field.name, slug), ()),
        )
        for field in inferred.FIELDS
        if field.facet
        for slug in field.shown(finding)
    ]
