"""CQC's arithmetic: from nine scores to a percentage and a rating.

All nine statements weigh the same; the percentage is the sum over 36, rounded up (21/36 is
published as 59%), and the rating is the band it falls in. See
www.cqc.org.uk/guidance-regulation/local-authorities/how-we-determine-ratings.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.facts.framework import RATING_BANDS, STATEMENTS, RatingBand

HIGHEST_TOTAL = 4 * len(STATEMENTS)


@dataclass(frozen=True, slots=True)
class NextBand:
    """The next rating up and how many points of the total (9 to 36) are missing to it."""

    band: RatingBand
    points: int


def overall_percent(scores: Sequence[int]) -> int:
    """The percentage published for nine scores of 1 to 4."""
    if len(scores) != len(STATEMENTS):
        raise ValueError(f"An overall percentage needs nine scores, not {len(scores)}.")
    return -(-sum(scores) * 100 // HIGHEST_TOTAL)


def band_of(percent: int) -> RatingBand:
    """The rating that a percentage of 25 to 100 falls in."""
    return max(
        (band for band in RATING_BANDS if band.from_percent <= percent),
        key=lambda band: band.from_percent,
    )


def next_band(scores: Sequence[int]) -> NextBand | None:
    """The next rating up from nine scores, or None at the top."""
    percent = overall_percent(scores)
    above = [band for band in RATING_BANDS if band.from_percent > percent]
    if not above:
        return None
    band = min(above, key=lambda band: band.from_percent)
    return NextBand(band, _least_total(band.from_percent) - sum(scores))


def _least_total(percent: int) -> int:
    """The smallest total that rounds up to `percent`."""
    return HIGHEST_TOTAL * (percent - 1) // 100 + 1
