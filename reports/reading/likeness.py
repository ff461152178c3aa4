"""How like one authority is to another: the mean of the parts chosen, each from 0 to 1.

    kind         1 where both are of one kind, else 0
    region       1 where both are in one region, else 0
    distance     1 / (1 + kilometres / 50): 1 at the same place, a half at 50 km
    population   the smaller over the larger
    deprivation  1 - difference / the widest difference among the authorities that have a figure
    scores       1 - mean difference / 3, over the statements that both have; at least six of them

A part that cannot be known for a pair, because a figure or a score is missing, is left out of
that pair's mean, and the page says so.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from reports.facts import places
from reports.models import Authority
from reports.reading.profiles import STATEMENTS, Profile

HALF_KM = 50.0
LEAST_SHARED = 6
WIDEST_SCORES = 3
USUAL = ("kind", "region", "distance")  # the parts that count unless a reader chooses others

Scores = Mapping[int, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class LikenessPart:
    """One part of a likeness: `value` from 0 to 1, `reason` in words."""

    name: str
    value: float
    reason: str


@dataclass(frozen=True, slots=True)
class Likeness:
    authority: Authority
    parts: tuple[LikenessPart, ...]
    unknown: tuple[str, ...]
    km: float

    @property
    def value(self) -> float:
        return sum(part.value for part in self.parts) / len(self.parts)

    @property
    def percent(self) -> int:
        return round(100 * self.value)


@dataclass(frozen=True, slots=True)
class Measure:
    """The data that parts are measured with: `scores` by the authority's primary key, and `widest`,
    the widest difference of deprivation, 0 if none is known."""

    scores: Scores
    widest: float = 0.0

    @classmethod
    def of(cls, authorities: Collection[Authority], scores: Scores) -> "Measure":
        known = [one.deprivation for one in authorities if one.deprivation is not None]
        return cls(scores, max(known) - min(known) if known else 0.0)


def others_like(
    chosen: Authority, by: Collection[str], profiles: Iterable[Profile]
) -> list[Likeness]:
    """All other authorities, the most alike first. `profiles` give the scores."""
    authorities = list(Authority.objects.all())
    scores = {one.authority.pk: one.scores for one in profiles}
    return most_like(chosen, authorities, by, Measure.of(authorities, scores))


def most_like(
    chosen: Authority, authorities: Sequence[Authority], by: Collection[str], measure: Measure
) -> list[Likeness]:
    """All others, the most alike first, then the nearest. An authority without any known part is
    left out."""
    found = [likeness(chosen, other, by, measure) for other in authorities if other.pk != chosen.pk]
    known = [one for one in found if one.parts]
    return sorted(known, key=lambda one: (-round(one.value, 9), one.km, one.authority.name))


def likeness(one: Authority, other: Authority, by: Collection[str], measure: Measure) -> Likeness:
    parts = {name: PARTS[name](one, other, measure) for name in PARTS if name in by}
    return Likeness(
        other,
        tuple(part for part in parts.values() if part),
        tuple(name for name, part in parts.items() if part is None),
        _km(one, other),
    )


def _kind(one: Authority, other: Authority, measure: Measure) -> LikenessPart:
    same = one.kind == other.kind
    kind = other.get_kind_display()
    return LikenessPart("kind", float(same), f"{'same kind' if same else 'other kind'}: {kind}")


def _region(one: Authority, other: Authority, measure: Measure) -> LikenessPart:
    same = one.region == other.region
    region = other.get_region_display()
    return LikenessPart(
        "region", float(same), f"{'same region' if same else 'other region'}: {region}"
    )


def _distance(one: Authority, other: Authority, measure: Measure) -> LikenessPart:
    km = _km(one, other)
    return LikenessPart("distance", 1 / (1 + km / HALF_KM), f"{km:.0f} km away")


def _population(one: Authority, other: Authority, measure: Measure) -> LikenessPart | None:
    if not one.population or not other.population:
        return None
    smaller, larger = sorted((one.population, other.population))
    return LikenessPart("population", smaller / larger, f"{other.population:,} people")


def _deprivation(one: Authority, other: Authority, measure: Measure) -> LikenessPart | None:
    if one.deprivation is None or other.deprivation is None:
        return None
    apart = abs(one.deprivation - other.deprivation)
    value = 1 - apart / measure.widest if measure.widest else 1.0
    return LikenessPart(
        "deprivation", value, f"deprivation {other.deprivation:g}, {apart:.1f} apart"
    )


def _scores(one: Authority, other: Authority, measure: Measure) -> LikenessPart | None:
    ours, theirs = measure.scores.get(one.pk, {}), measure.scores.get(other.pk, {})
    shared = [slug for slug in STATEMENTS if slug in ours and slug in theirs]
    if len(shared) < LEAST_SHARED:
        return None
    apart = sum(abs(ours[slug] - theirs[slug]) for slug in shared)
    same = sum(ours[slug] == theirs[slug] for slug in shared)
    reason = f"{same} of {len(shared)} scores the same"
    return LikenessPart("scores", 1 - apart / len(shared) / WIDEST_SCORES, reason)


def _km(one: Authority, other: Authority) -> float:
    at = places.by_gss_code()
    return places.distance_km(at[one.gss_code], at[other.gss_code])


PARTS: dict[str, Callable[[Authority, Authority, Measure], LikenessPart | None]] = {
    "kind": _kind,
    "region": _region,
    "distance": _distance,
    "population": _population,
    "deprivation": _deprivation,
    "scores": _scores,
}
