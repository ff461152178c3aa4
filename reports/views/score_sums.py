"""This site's arithmetic on an assessment's scores. CQC publishes none of it."""

from dataclasses import dataclass

from reports.facts.framework import FrameworkVersion, RatingBand
from reports.facts.ratings import NextBand, band_of, next_band, overall_percent
from reports.models import Section
from reports.views.score_grid import ScoreRow


@dataclass(frozen=True, slots=True)
class ScoreSum:
    """What an assessment's scores add up to, and how far it is from the next rating. `next` is None
    for the highest rating. `movable` are the statements that could still score more.
    """

    total: int
    percent: int
    next: NextBand | None
    movable: tuple[Section, ...]
    version: FrameworkVersion

    @property
    def band(self) -> RatingBand:
        return band_of(self.percent, self.version)

    @property
    def one_point_each_is_enough(self) -> bool:
        return self.next is not None and self.next.points <= len(self.movable)


def score_sum(row: ScoreRow) -> ScoreSum | None:
    """The sum of an assessment's scores; None unless each statement of its framework has one known
    score."""
    sections = [section for cell in row.cells for section in cell.sections if section.score]
    scores = [section.score for section in sections if section.score]
    if [section.statement for section in sections] != [cell.statement.slug for cell in row.cells]:
        return None
    version = row.assessment.framework_version
    return ScoreSum(
        total=sum(scores),
        percent=overall_percent(scores, version),
        next=next_band(scores, version),
        movable=tuple(section for section in sections if section.score and section.score < 4),
        version=version,
    )
