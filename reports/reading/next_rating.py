"""Every smallest set of steps from an assessment's scores to the next rating.

A way adds single points to statements until the total of the next band is reached exactly. There
are at most some tens of thousands of ways, so all are counted.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import prod

from reports.facts.framework import CURRENT, STATEMENT_BY_SLUG, FrameworkVersion, RatingBand
from reports.facts.ratings import next_band

HIGHEST = 4
FLOOR = 20  # authorities; with fewer no share is given
SHOWN = 20


@dataclass(frozen=True, slots=True)
class Step:
    """One statement raised to a score: `reached` of the `scored` authorities have it or more."""

    statement: str
    score: int
    to: int
    reached: int
    scored: int

    @property
    def name(self) -> str:
        return STATEMENT_BY_SLUG[self.statement].name

    @property
    def points(self) -> int:
        return self.to - self.score

    @property
    def share(self) -> float | None:
        """None if too few are scored."""
        return self.reached / self.scored if self.scored >= FLOOR else None


@dataclass(frozen=True, slots=True)
class Way:
    """A smallest set of steps. Ways are ordered by `ease`, the product of the shares of their
    steps, which is not a probability."""

    steps: tuple[Step, ...]

    @property
    def ease(self) -> float:
        return prod(step.reached / step.scored if step.scored else 0 for step in self.steps)


@dataclass(frozen=True)
class Path:
    """All ways to the next band: `ways` are the first of them, the most common steps first.
    `single` counts those that raise every statement by one point at most."""

    band: RatingBand
    points: int
    total: int
    single: int
    ways: tuple[Way, ...]

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """Each step of one point that a shown way takes, once, the most common first."""
        found = {(step.statement, step.to): step for way in self.ways for step in way.steps}
        return tuple(sorted(found.values(), key=lambda step: (-step.reached, step.statement)))


def path(
    scores: Mapping[str, int],
    others: Sequence[Mapping[str, int]],
    version: FrameworkVersion = CURRENT,
) -> Path | None:
    """From the scores of all of a version's statements, by slug, to the next band; None at the
    top. `others` are the scores of the authorities that steps are counted among."""
    missing = next_band(list(scores.values()), version)
    if missing is None:
        return None
    reached, scored = _counts(scores, others)
    found = [
        Way(
            tuple(
                Step(slug, score, score + points, reached[slug, score + points], scored[slug])
                for (slug, score), points in zip(scores.items(), raises, strict=True)
                if points
            )
        )
        for raises in ways_to(missing.points, [HIGHEST - score for score in scores.values()])
    ]
    found.sort(key=lambda way: (-way.ease, len(way.steps), [step.statement for step in way.steps]))
    single = sum(all(step.points == 1 for step in way.steps) for way in found)
    return Path(missing.band, missing.points, len(found), single, tuple(found[:SHOWN]))


def ways_to(points: int, room: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Every way to give out `points` among places, each of which takes at most its `room`."""
    if not room:
        if points == 0:
            yield ()
        return
    least = max(0, points - sum(room[1:]))
    for first in range(least, min(points, room[0]) + 1):
        for rest in ways_to(points - first, room[1:]):
            yield (first, *rest)


def _counts(
    scores: Mapping[str, int], others: Sequence[Mapping[str, int]]
) -> tuple[Counter[tuple[str, int]], Counter[str]]:
    reached: Counter[tuple[str, int]] = Counter()
    scored: Counter[str] = Counter()
    for other in others:
        for slug in scores:
            if slug in other:
                scored[slug] += 1
                reached.update((slug, score) for score in range(1, other[slug] + 1))
    return reached, scored
