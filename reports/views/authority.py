from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reports.models import Assessment, Authority, Finding, Section
from reports.views import score_grid
from reports.views.score_grid import Row, ThemeCells
from reports.views.standing import Standing, standing

# What kind of doubt it is, in a reader's words.
DOUBTS = {
    "score-disagreement": "Sources disagree about this score.",
    "rating-disagreement": "Sources disagree about the rating.",
    "percent-disagreement": "Sources disagree about the percentage.",
    "percent-arithmetic": "The printed percentage does not follow from the scores.",
    "rating-arithmetic": "The rating does not follow from the percentage.",
}


@dataclass(frozen=True, slots=True)
class Panel:
    """One assessment of an authority, as its page shows it."""

    row: Row
    is_first: bool

    @property
    def assessment(self) -> Assessment:
        return self.row.assessment

    @property
    def label(self) -> str:
        if self.assessment.status == Assessment.Status.WITHDRAWN:
            return "Withdrawn assessment"
        return "Current assessment" if self.is_first else "Earlier or other assessment"

    @property
    def is_current(self) -> bool:
        return self.is_first and self.assessment.status == Assessment.Status.PUBLISHED

    @property
    def themes(self) -> list[ThemeCells]:
        return score_grid.by_theme(self.row)

    @property
    def missing(self) -> list[str]:
        return score_grid.missing(self.row)

    @property
    def standing(self) -> Standing | None:
        return standing(self.row)

    @property
    def distance(self) -> Standing | None:
        """How far from the next rating: only of what stands, and where the arithmetic fits."""
        found = self.standing if self.is_current else None
        fits = found and self.assessment.rating in ("", found.band.slug)
        return found if fits else None

    @property
    def doubts(self) -> list[tuple[str, str]]:
        return [
            (DOUBTS.get(problem.code, ""), problem.message)
            for problem in self.assessment.problems.all()
        ]

    @property
    def has_text(self) -> bool:
        return any(cell.has_text for cell in self.row.cells)


@require_safe
def authority(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Authority, slug=slug)
    sections = (
        Section.objects.current()
        .in_report_order()
        .annotate(
            finding_count=Count("findings", filter=Q(findings__status=Finding.Status.PUBLISHED))
        )
    )
    assessments = (
        found.assessments.holding()
        .current_first()
        .prefetch_related(Prefetch("sections", sections), "outcomes__document", "problems")
    )
    panels = _panels(list(assessments))
    return render(
        request,
        "authority.html",
        {
            "authority": found,
            "panels": panels,
            "has_text": any(panel.has_text for panel in panels),
        },
    )


def _panels(assessments: Sequence[Assessment]) -> list[Panel]:
    """The current assessment leads to text that only the others have; they stand below it."""
    elsewhere = score_grid.text_in(assessments[1:])
    return [
        Panel(score_grid.row(assessment, {} if place else elsewhere), is_first=not place)
        for place, assessment in enumerate(assessments)
    ]
