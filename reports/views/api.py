from typing import Any

from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from reports.api.shaping import printed, understood
from reports.facts.inferred import TONE
from reports.inference import quantities
from reports.search import FacetGroup, Hit, SearchQuery, search


@require_safe
def findings(request: HttpRequest) -> JsonResponse:
    """The findings page as JSON, with the same parameters."""
    query, problems = SearchQuery.from_params(request.GET)
    if problems:
        return JsonResponse({"errors": list(problems)}, status=400)
    page = search(query)
    return JsonResponse(
        {
            "count": page.total,
            "page": page.page,
            "pages": page.pages,
            "results": [_result(request, hit) for hit in page.hits],
            "nearly": [
                _result(request, hit) | {"missing": list(hit.missing)} for hit in page.nearly
            ],
            "understood": understood(page),
            "facets": {group.name: _values(group) for group in page.facets},
        }
    )


def _result(request: HttpRequest, hit: Hit) -> dict[str, Any]:
    finding = hit.finding
    return {
        "id": finding.public_id,
        "url": request.build_absolute_uri(finding.get_absolute_url()),
        "authority": finding.authority,
        "theme": finding.definition.theme.slug,
        "statement": finding.statement,
        "score": finding.score,
        "heading": finding.heading,
        "text": finding.text,
        "highlight": hit.highlight,
        "topics": finding.topics,
        "groups": finding.groups,
        "evidence": finding.evidence,
        "tone": "".join(TONE.shown(finding)),
        "figures": finding.quoted_figures,
        "quantities": [one.as_json() for one in quantities(finding.text, finding.figures)],
        "corrected": list(finding.corrected),
        "printed": printed(finding),
    }


def _values(group: FacetGroup) -> list[dict[str, Any]]:
    return [
        {
            "value": value.value,
            "label": value.label,
            "count": value.count,
            "selected": value.selected,
        }
        for value in group.values
    ]
