"""The matrix as a map of England in equal tiles."""

from collections.abc import Mapping, Sequence
from functools import partial

from reports.models import Authority
from reports.reading.coverage import Coverage
from reports.reading.profiles import Profile
from reports.views.national import (
    LEVEL_OF_RATING,
    MEASURE_BY_SLUG,
    RATING,
    RATINGS,
    KnownAuthority,
    MapMeasure,
    Picture,
)
from reports.views.reading.links import link

# The fewest findings on a topic for each level.
LEVELS = {1: 0, 2: 1, 3: 3, 4: 6}
COUNTS = MapMeasure(
    "topic",
    "Findings on the topic",
    {1: "no finding", 2: "1 or 2 findings", 3: "3 to 5 findings", 4: "6 findings or more"},
    {1: "0", 2: "1+", 3: "3+", 4: "6+"},
    {level: str(level) for level in LEVELS},
)


def tile_map(
    shown: Sequence[Profile],
    asked: Mapping[str, object],
    statements: Sequence[str],
    covered: Coverage | None,
) -> Picture:
    """The map of the authorities shown; the others stay blank. It shows findings on the topic if
    one is asked for, else scores of the statement if one is, else ratings."""
    statement, topic = str(asked["statement"]), str(asked["topic"])
    measure = COUNTS if topic else MEASURE_BY_SLUG[statement or RATING]
    levels = {
        one.authority.pk: {measure.slug: level}
        for one in shown
        if (level := level_of(one, measure, statements, topic, covered))
    }
    known = [
        KnownAuthority(one, levels.get(one.pk, {}), pilot=False) for one in Authority.objects.all()
    ]
    return Picture(measure, known, partial(_address, asked))


def level_of(
    profile: Profile,
    measure: MapMeasure,
    statements: Sequence[str],
    topic: str,
    covered: Coverage | None,
) -> int | None:
    if measure == RATINGS:
        return LEVEL_OF_RATING.get(profile.rating)
    if covered is None:
        return profile.score(measure.slug)
    sections = [held.pk for slug in statements if (held := profile.held.get(slug)) and held.text]
    if not sections:
        return None
    count = sum(covered.count(section, topic) for section in sections)
    return max(level for level, least in LEVELS.items() if count >= least)


def _address(asked: Mapping[str, object], measure: MapMeasure, level: int) -> str:
    """The matrix of the authorities on one level."""
    name = {COUNTS.slug: "level", RATINGS.slug: "rating"}.get(measure.slug, "score")
    return link("matrix", **{**asked, name: [measure.values[level]]})
