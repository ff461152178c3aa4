"""This site's arithmetic on an assessment's nine scores. CQC publishes none of it."""

from dataclasses import dataclass

from reports.facts.framework import RatingBand
from reports.facts.ratings import NextBand, band_of, next_band, overall_percent
from reports.models import Section
from reports.views.score_grid import Row


@dataclass(frozen=True, slots=True)
class Standing:
    """What nine scores make, and how far it is to the next rating: None at the top. `movable` are
    the statements that could still score more."""

    total: int
    percent: int
    next: NextBand | None
    movable: tuple[Section, ...]

    @property
    def band(self) -> RatingBand:
        return band_of(self.percent)

    @property
    def one_point_each_is_enough(self) -> bool:
        return self.next is not None and self.next.points <= len(self.movable)


def standing(row: Row) -> Standing | None:
    """None unless each of the nine statements has one known score."""
    sections = [section for cell in row.cells for section in cell.sections if section.score]
    scores = [section.score for section in sections if section.score]
    if [section.statement for section in sections] != [cell.statement.slug for cell in row.cells]:
        return None
    return Standing(
        total=sum(scores),
        percent=overall_percent(scores),
        next=next_band(scores),
        movable=tuple(section for section in sections if section.score and section.score < 4),
    )
