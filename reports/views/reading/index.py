"""The lists of pages under Compare and Learn, and the page of methods."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.reading import (
    distributions,
    evidence_map,
    figures,
    language,
    likeness,
    next_rating,
    tensions,
)
from reports.views.reading.examples import with_examples
from reports.views.reading.pages import pages_in

FLOORS = (
    ("Share of authorities at a step", f"{next_rating.FLOOR} authorities"),
    ("Mean score of a group", f"{distributions.FLOOR} authorities"),
    ("Likeness in scores", f"{likeness.LEAST_SHARED} statements that both have"),
    ("Language of a score", f"{language.FLOOR} authorities with text at each score"),
    ("A phrase that is compared", f"{language.SUPPORT} authorities at the two scores"),
    ("Lift of a topic", f"{evidence_map.FLOOR} sections, and {evidence_map.EXPECTED:g} expected"),
    ("Median of a measure", f"{figures.FLOOR} authorities that quote it"),
    ("Findings against a score", f"{tensions.TONED} findings with a tone"),
)


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    return _contents(
        request, "compare", "Put scores, findings, authorities and years beside each other."
    )


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    """Every formula in words, with the floors taken from the code."""
    return render(request, "reading/method.html", {"floors": FLOORS})


@require_safe
def learn(request: HttpRequest) -> HttpResponse:
    return _contents(
        request,
        "learn",
        "See what the reports of many authorities say together.",
    )


def _contents(request: HttpRequest, group: str, summary: str) -> HttpResponse:
    """The questions that a group of pages answers, each with an example from what is held."""
    return render(
        request,
        "reading/index.html",
        {
            "title": group.capitalize(),
            "summary": summary,
            "pages": with_examples(pages_in(group)),
        },
    )
