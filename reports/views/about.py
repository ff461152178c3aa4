from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports import exports
from reports.facts import framework, taxonomy
from reports.models import Assessment, Section
from reports.views import score_grid

PARAMETERS = (
    ("q", "words to search for"),
    ("score", "1 to 4"),
    ("theme", "one of CQC’s four themes"),
    ("statement", "one of its nine quality statements"),
    ("heading", "the sub-heading above a finding"),
    ("topic", "inferred"),
    ("group", "group of people, inferred"),
    ("evidence", "inferred"),
    ("tone", "strength or shortfall, inferred"),
    ("authority", ""),
    ("region", "of England"),
    ("kind", "kind of authority"),
    ("year", "of the assessment"),
    ("sort", "the order"),
    ("page", "from 1; a page lists twenty findings"),
)


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "about.html",
        {
            "topics": taxonomy.TOPICS,
            "groups": taxonomy.GROUPS,
            "evidence": taxonomy.EVIDENCE_RULES,
            "tones": [tone for tone in taxonomy.TONES if tone.shown],
            "parameters": PARAMETERS,
            "sections": [
                Section(score=score, assessment=Assessment())
                for score in framework.SCORE_DESCRIPTIONS
            ],
            "themes": score_grid.THEMES,
            "bands": framework.CURRENT.rating_bands,
            "xlsx_limit": exports.XLSX_LIMIT,
        },
    )


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", content_type="text/plain; charset=utf-8")
