"""The matrix as a map of England in equal tiles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.models import Authority
from reports.reading.coverage import Coverage
from reports.reading.profiles import Profile
from reports.views.national import (
    MEASURE_BY_SLUG,
    RATING,
    RATINGS,
    KnownAuthority,
    MapMeasure,
    Picture,
)
from reports.views.reading.answering import link

# The fewest findings on a topic for each level.
LEVELS = {1: 0, 2: 1, 3: 3, 4: 6}
COUNTS = MapMeasure(
    "topic",
    "Findings on the topic",
    {1: "no finding", 2: "1 or 2 findings", 3: "3 to 5 findings", 4: "6 findings or more"},
    {1: "0", 2: "1+", 3: "3+", 4: "6+"},
    {},
)


@dataclass(frozen=True, slots=True)
class KeyEntry:
    """What one fill means, and how many tiles have it; `url` lists those."""

    level: int
    sign: str
    words: str
    count: int
    url: str


@dataclass(frozen=True, slots=True)
class TileMap:
    picture: Picture
    key: tuple[KeyEntry, ...]
    unknown: tuple[Authority, ...]


def tile_map(
    shown: Sequence[Profile],
    asked: Mapping[str, object],
    statements: Sequence[str],
    covered: Coverage | None,
) -> TileMap:
    """The map of the authorities shown; the others stay blank. It shows findings on the topic if
    one is asked for, else scores of the statement if one is, else ratings."""
    statement, topic = str(asked["statement"]), str(asked["topic"])
    measure = COUNTS if topic else MEASURE_BY_SLUG[statement or RATING]
    levels = {
        one.authority.pk: level
        for one in shown
        if (level := level_of(one, measure, statements, topic, covered))
    }
    known = [
        KnownAuthority(
            authority,
            {measure.slug: levels[authority.pk]} if authority.pk in levels else {},
            pilot=False,
        )
        for authority in Authority.objects.all()
    ]
    found = list(levels.values())
    key = tuple(
        KeyEntry(
            level,
            measure.signs[level],
            measure.words[level],
            found.count(level),
            _url(measure, level, asked),
        )
        for level in measure.words
    )
    unknown = tuple(one.authority for one in known if not one.levels)
    return TileMap(Picture(measure, known), key, unknown)


def level_of(
    profile: Profile,
    measure: MapMeasure,
    statements: Sequence[str],
    topic: str,
    covered: Coverage | None,
) -> int | None:
    if measure == RATINGS:
        levels = {slug: level for level, slug in RATINGS.values.items()}
        return levels.get(profile.rating)
    if covered is None:
        return profile.score(measure.slug)
    sections = [held.pk for slug in statements if (held := profile.held.get(slug)) and held.text]
    if not sections:
        return None
    count = sum(covered.count(section, topic) for section in sections)
    return max(level for level, least in LEVELS.items() if count >= least)


def _url(measure: MapMeasure, level: int, asked: Mapping[str, object]) -> str:
    name, value = "score", [str(level)]
    if measure == COUNTS:
        name, value = "level", [str(level)]
    elif measure == RATINGS:
        name, value = "rating", [measure.values[level]]
    return link("matrix", **{**asked, name: value})
