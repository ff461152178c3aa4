"""An authority's scores beside those of others, and the topics that its report praises and
criticises."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.facts import inferred
from reports.facts.framework import Statement
from reports.models import Authority
from reports.reading.coverage import Tally, coverage
from reports.reading.distributions import Distribution, distribution
from reports.reading.likeness import USUAL, Likeness, Measure, most_like
from reports.reading.profiles import Profile

SIMILAR = 5
TOPICS = 12
FROM, STEP = 8, 48  # in the drawing: the position of score 1, and the distance between scores


@dataclass(frozen=True, slots=True)
class Mean:
    """The mean of a group's scores on a statement; `value` is None if too few are known."""

    group: Distribution

    @property
    def value(self) -> float | None:
        return self.group.mean

    @property
    def x(self) -> float | None:
        """Its position in a drawing of the scores 1 to 4."""
        return None if self.value is None else round(_x(self.value), 1)


@dataclass(frozen=True, slots=True)
class Beside:
    """The means of one statement: of the region, of the kind and of England."""

    region: Mean
    kind: Mean
    england: Mean


@dataclass(frozen=True, slots=True)
class TopicTally:
    slug: str
    name: str
    tally: Tally


def _x(score: float) -> float:
    return FROM + STEP * (score - 1)


def score_x(score: int | None) -> float | None:
    return _x(score) if score else None


def beside(
    authority: Authority, everyone: Sequence[Profile], statements: Iterable[Statement]
) -> dict[str, Beside]:
    """Means by the statement's slug, over current formal assessments, including the authority's."""
    same_region = [one for one in everyone if one.authority.region == authority.region]
    same_kind = [one for one in everyone if one.authority.kind == authority.kind]
    return {
        statement.slug: Beside(
            *(
                Mean(distribution(group, statement.slug))
                for group in (same_region, same_kind, everyone)
            )
        )
        for statement in statements
    }


def topic_tallies(authority: Authority, everyone: Sequence[Profile]) -> list[TopicTally]:
    """How many findings praise and criticise each topic, the topics with the most of either
    first."""
    own = [one for one in everyone if one.authority.pk == authority.pk]
    sections = [held.pk for profile in own for held in profile.held.values() if held.text]
    if not sections:
        return []
    covered = coverage(everyone)
    slugs = {slug for section in sections for slug in covered.tallies(section) if slug}
    found = [
        TopicTally(
            slug,
            inferred.TOPICS.name_of(slug),
            Tally(*map(sum, zip(*(covered.tally(one, slug) for one in sections), strict=True))),
        )
        for slug in slugs
    ]
    spoken = [one for one in found if one.tally.strength or one.tally.shortfall]
    spoken.sort(key=lambda one: (-one.tally.strength - one.tally.shortfall, one.name))
    return spoken[:TOPICS]


def similar(authority: Authority, everyone: Sequence[Profile]) -> list[tuple[Likeness, Profile]]:
    """The authorities most like it, among those whose scores are known."""
    known = {one.authority.pk: one for one in everyone}
    likenesses = most_like(authority, [one.authority for one in everyone], USUAL, Measure({}))
    return [(one, known[one.authority.pk]) for one in likenesses[:SIMILAR]]
