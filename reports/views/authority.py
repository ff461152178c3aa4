from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from reports.display.scores import score_in_full
from reports.facts import framework
from reports.facts.provenance import whose
from reports.models import Assessment, Authority, Finding, PublishedOutcome, Section
from reports.reading.profiles import profiles
from reports.views import beside, score_grid
from reports.views.beside import Beside
from reports.views.score_grid import ScoreCell, ScoreRow
from reports.views.score_sums import ScoreSum, score_sum

# Problems on the record, in words for readers.
DOUBTS = {
    "score-disagreement": "Sources disagree about this score.",
    "rating-disagreement": "Sources disagree about the rating.",
    "percent-disagreement": "Sources disagree about the percentage.",
    "percent-arithmetic": "The printed percentage does not follow from the scores.",
    "rating-arithmetic": "The rating does not follow from the percentage.",
}


@dataclass(frozen=True, slots=True)
class Source:
    """The address where a published score was read, and who owns that page."""

    address: str

    @property
    def owner(self) -> str:
        return whose(self.address)

    @property
    def is_link(self) -> bool:
        return self.address.startswith(("https://", "http://"))


@dataclass(frozen=True, slots=True)
class Panel:
    """One assessment of an authority, as its page shows it."""

    row: ScoreRow
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
    def themes(self) -> list[tuple[framework.Theme, list[tuple[Section, SafeString]]]]:
        """The sections by theme, each with its score as HTML."""
        return [
            (theme, [(one, score_in_full(one)) for cell in cells for one in cell.sections])
            for theme, cells in score_grid.by_theme(self.row)
        ]

    @property
    def missing(self) -> list[str]:
        return score_grid.missing(self.row)

    @property
    def score_sum(self) -> ScoreSum | None:
        return score_sum(self.row)

    @property
    def distance(self) -> ScoreSum | None:
        """How far the current assessment is from the next rating. None if its rating does not
        follow from its scores."""
        found = self.score_sum if self.is_current else None
        fits = found and self.assessment.rating in ("", found.band.slug)
        return found if fits else None

    @property
    def doubts(self) -> list[tuple[str, str]]:
        return [
            (DOUBTS.get(problem.code, ""), problem.message)
            for problem in self.assessment.problems.all()
        ]

    @property
    def sources(self) -> list[tuple[PublishedOutcome, list[Source]]]:
        return [
            (outcome, [Source(address) for address in outcome.sources])
            for outcome in self.assessment.outcomes.all()
        ]

    @property
    def has_text(self) -> bool:
        return any(cell.has_text for cell in self.row.cells)


@dataclass(frozen=True, slots=True)
class ScoredCell:
    """A statement of the current assessment beside the means of others."""

    cell: ScoreCell
    means: Beside | None

    @property
    def x(self) -> float | None:
        """The position of its score in the drawing; None unless there is exactly one score."""
        scores = {section.score for section in self.cell.sections}
        return beside.score_x(scores.pop()) if len(scores) == 1 else None


@require_safe
def authority(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Authority, slug=slug)
    sections = (
        Section.objects.current()
        .in_report_order()
        .in_lists()
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
    everyone = profiles()
    return render(
        request,
        "authority.html",
        {
            "authority": found,
            "panels": panels,
            "has_text": any(panel.has_text for panel in panels),
            "scores": _scored(panels[0], beside.beside(found, everyone, framework.STATEMENTS))
            if panels
            else (),
            "topics": beside.topic_tallies(found, everyone),
            "similar": beside.similar(found, everyone),
        },
    )


def _scored(
    panel: Panel, means: dict[str, Beside]
) -> list[tuple[framework.Theme, list[ScoredCell]]]:
    """The current assessment's statements by theme, each beside the means of others."""
    return [
        (theme, [ScoredCell(cell, means.get(cell.statement.slug)) for cell in cells])
        for theme, cells in score_grid.by_theme(panel.row)
    ]


def _panels(assessments: Sequence[Assessment]) -> list[Panel]:
    """The current assessment first, with links to text that only the others have; then the
    others."""
    elsewhere = score_grid.text_in(assessments[1:])
    return [
        Panel(score_grid.row(assessment, {} if place else elsewhere), is_first=not place)
        for place, assessment in enumerate(assessments)
    ]
