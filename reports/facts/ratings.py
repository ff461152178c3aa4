"""CQC's arithmetic: from the scores of an assessment to a percentage and a rating.

All quality statements weigh the same; the percentage is the sum over the highest sum possible,
rounded up (21 of 36 is published as 59%), and the rating is the band that it falls in. See
www.cqc.org.uk/guidance-regulation/local-authorities/how-we-determine-ratings. The number of
statements and the bands are those of a framework version.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.facts.framework import CURRENT, FrameworkVersion, RatingBand


@dataclass(frozen=True, slots=True)
class NextBand:
    """The next rating up and how many points the sum of the scores lacks for it."""

    band: RatingBand
    points: int


def overall_percent(scores: Sequence[int], version: FrameworkVersion = CURRENT) -> int:
    """The percentage published for one score (1 to 4) of each statement.

    Raises ValueError if there is not one score for each statement of the version.
    """
    if len(scores) != len(version.statements):
        raise ValueError(
            f"An overall percentage needs {len(version.statements)} scores, not {len(scores)}."
        )
    return -(-sum(scores) * 100 // version.highest_total)


def band_of(percent: int, version: FrameworkVersion = CURRENT) -> RatingBand:
    """The rating that a percentage of 25 to 100 falls in."""
    return max(
        (band for band in version.rating_bands if band.from_percent <= percent),
        key=lambda band: band.from_percent,
    )


def next_band(scores: Sequence[int], version: FrameworkVersion = CURRENT) -> NextBand | None:
    """The next rating above the one that these scores earn; None at the top. `scores` holds one
    score for each statement."""
    percent = overall_percent(scores, version)
    above = [band for band in version.rating_bands if band.from_percent > percent]
    if not above:
        return None
    band = min(above, key=lambda band: band.from_percent)
    return NextBand(band, _least_total(band.from_percent, version) - sum(scores))


def _least_total(percent: int, version: FrameworkVersion) -> int:
    """The smallest sum of scores that rounds up to `percent`."""
    return version.highest_total * (percent - 1) // 100 + 1
