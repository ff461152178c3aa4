"""How scores are spread over groups of authorities."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from reports.facts import framework
from reports.reading.profiles import Profile

SCORES = tuple(framework.SCORE_DESCRIPTIONS)
FLOOR = 5  # authorities; a smaller group has counts, but no mean


@dataclass(frozen=True, slots=True)
class Distribution:
    """How many authorities of a group have each score of one statement. `value` is the group's
    slug."""

    value: str
    label: str
    counts: Mapping[int, int]

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def mean(self) -> float | None:
        """None if the group is too small."""
        if self.total < FLOOR:
            return None
        return sum(score * count for score, count in self.counts.items()) / self.total


@dataclass(frozen=True, slots=True)
class Grouping:
    """A way to group authorities: its name, its labels by slug, and the slug of each authority."""

    name: str
    label: str
    labels: Mapping[str, str]
    slug_of: Callable[[Profile], str]


GROUPINGS = (
    Grouping(
        "region",
        "Region",
        {region.slug: region.name for region in framework.REGIONS},
        lambda profile: profile.authority.region,
    ),
    Grouping(
        "kind",
        "Kind of authority",
        {kind.slug: kind.name for kind in framework.AUTHORITY_KINDS},
        lambda profile: profile.authority.kind,
    ),
    Grouping(
        "rating",
        "Overall rating",
        {band.slug: band.name for band in framework.RATING_BANDS},
        lambda profile: profile.rating,
    ),
)


def distribution(
    profiles: Iterable[Profile], statement: str, label: str = "", value: str = ""
) -> Distribution:
    """The distribution over all profiles."""
    counts = Counter(profile.score(statement) for profile in profiles)
    return Distribution(value, label, {score: counts[score] for score in SCORES})


def by_group(profiles: Sequence[Profile], statement: str, grouping: Grouping) -> list[Distribution]:
    """One distribution for each group that has a score, in the grouping's order."""
    groups = [
        distribution(
            [one for one in profiles if grouping.slug_of(one) == slug], statement, label, slug
        )
        for slug, label in grouping.labels.items()
    ]
    return [group for group in groups if group.total]
