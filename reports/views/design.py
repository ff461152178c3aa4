"""A page that shows each component of the design by its own template: see docs/design.md."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.facts import framework
from reports.models import Assessment, Section

SIZES = ("3xl", "2xl", "xl", "l", "m", "s", "xs")
COLOURS = (
    ("ink", "text"),
    ("quiet", "text of less weight"),
    ("paper", "the page"),
    ("soft", "panels, notices"),
    ("line", "hairlines"),
    ("edge", "borders of controls"),
    ("brand", "the sign, buttons"),
    ("link", "links"),
    ("alarm", "what is wrong"),
    ("good", "what went well"),
    ("mark", "what matched"),
)


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "design.html",
        {
            "sizes": SIZES,
            "colours": COLOURS,
            "score_descriptions": framework.SCORE_DESCRIPTIONS,
            "sections": [
                Section(score=score, assessment=Assessment()) for score in (1, 2, 3, 4, None)
            ],
            "problems": ("“9” is not a score: use 1, 2, 3, 4 or unscored.",),
        },
    )
