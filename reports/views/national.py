"""The national picture: all published ratings and scores, as tiles on a map and as
distributions."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property, partial
from typing import Any

from django.urls import reverse

from reports.facts import framework, gazetteer
from reports.facts.tiles import Tile, corner, neighbours, point, tiles
from reports.models import Assessment, AssessmentQuerySet, Authority, Kind, Section

RATING = "rating"
LEVELS = (1, 2, 3, 4)
TILE = 30  # the width of a tile, in units of the drawing
MARGIN = 4


@dataclass(frozen=True, slots=True)
class MapMeasure:
    """What the map can show. `words` say what each level from 1 to 4 means, `signs` are shown on
    the tiles, and `values` are the levels in addresses."""

    slug: str
    name: str
    words: Mapping[int, str]
    signs: Mapping[int, str]
    values: Mapping[int, str]


_BANDS = dict(enumerate(framework.RATING_BANDS, start=1))
LEVEL_OF_RATING = {band.slug: level for level, band in _BANDS.items()}
RATINGS = MapMeasure(
    RATING,
    "Overall rating",
    {level: band.name for level, band in _BANDS.items()},
    {
        level: "".join(word[0].upper() for word in band.name.split())
        for level, band in _BANDS.items()
    },
    {level: band.slug for level, band in _BANDS.items()},
)
_NUMBERS = {level: str(level) for level in LEVELS}
MEASURES = (
    RATINGS,
    *(
        MapMeasure(statement.slug, statement.name, framework.SCORE_DESCRIPTIONS, _NUMBERS, _NUMBERS)
        for statement in framework.STATEMENTS
    ),
)
MEASURE_BY_SLUG = {measure.slug: measure for measure in MEASURES}


@dataclass(frozen=True, slots=True)
class KnownAuthority:
    """What is known of one authority: its level of each measure that is known."""

    authority: Authority
    levels: Mapping[str, int]
    pilot: bool


@dataclass(frozen=True, slots=True)
class StripPart:
    """How many authorities are on one level, and how much of a strip's width they take, in
    percent."""

    level: int
    sign: str
    word: str
    count: int
    offset: float
    width: float
    address: str

    @property
    def middle(self) -> float:
        return round(self.offset + self.width / 2, 2)


@dataclass(frozen=True, slots=True)
class LevelCounts:
    measure: MapMeasure
    parts: tuple[StripPart, ...]
    chosen: bool

    @property
    def total(self) -> int:
        return sum(part.count for part in self.parts)


@dataclass(frozen=True, slots=True)
class DrawnTile:
    """One authority on the map; `level` is None where nothing is known of it."""

    known: KnownAuthority
    level: int | None
    sign: str
    words: str
    x: float
    y: float


def listed(measure: MapMeasure, level: int) -> str:
    """The address of the list of the authorities on one level."""
    return f"{reverse('authorities')}?{measure.slug}={measure.values[level]}"


def strip(
    measure: MapMeasure, counts: Mapping[Any, int], address: Callable[[int], str]
) -> tuple[StripPart, ...]:
    """How many authorities are on each level, as the parts of a strip."""
    total = sum(counts[level] for level in LEVELS)
    parts = []
    offset = 0.0
    for level in LEVELS:
        width = 100 * counts[level] / total if total else 0.0
        parts.append(
            StripPart(
                level,
                measure.signs[level],
                measure.words[level],
                counts[level],
                round(offset, 2),
                round(width, 2),
                address(level),
            )
        )
        offset += width
    return tuple(parts)


class Picture:
    """The map and distributions of one measure. `address` lists the authorities on one level."""

    def __init__(
        self,
        measure: MapMeasure,
        known: Iterable[KnownAuthority],
        address: Callable[[MapMeasure, int], str] = listed,
    ) -> None:
        self.measure = measure
        self.known = tuple(known)
        self.address = address

    @cached_property
    def distributions(self) -> list[LevelCounts]:
        return [self._counts(measure) for measure in MEASURES]

    @cached_property
    def themes(self) -> list[tuple[framework.Theme | None, list[LevelCounts]]]:
        """The measures to choose from: the overall rating without a theme, then the statements by
        theme."""
        overall, *statements = self.distributions
        by_theme: dict[str, list[LevelCounts]] = {}
        for statement, row in zip(framework.STATEMENTS, statements, strict=True):
            by_theme.setdefault(statement.theme.slug, []).append(row)
        return [(None, [overall]), *((theme, by_theme[theme.slug]) for theme in framework.THEMES)]

    @cached_property
    def shown(self) -> LevelCounts:
        return self._counts(self.measure)

    @cached_property
    def drawn(self) -> list[DrawnTile]:
        places = tiles()
        return [self._tile(known, places[known.authority.gss_code]) for known in self.known]

    @property
    def borders(self) -> str:
        """The sides of tiles where two regions meet, as the data of one SVG path."""
        return _borders()

    @property
    def width(self) -> int:
        return round(max(tile.x for tile in self.drawn) + TILE / 2 + MARGIN)

    @property
    def height(self) -> int:
        return round(max(tile.y for tile in self.drawn) + TILE / 2 + 2 * MARGIN)

    @property
    def unknown(self) -> list[Authority]:
        return [one.authority for one in self.known if self.measure.slug not in one.levels]

    @property
    def pilots(self) -> int:
        return sum(known.pilot and self.measure.slug in known.levels for known in self.known)

    def _counts(self, measure: MapMeasure) -> LevelCounts:
        counts = Counter(known.levels.get(measure.slug) for known in self.known)
        parts = strip(measure, counts, partial(self.address, measure))
        return LevelCounts(measure, parts, measure == self.measure)

    def _tile(self, known: KnownAuthority, tile: Tile) -> DrawnTile:
        level = known.levels.get(self.measure.slug)
        words = self.measure.words[level] if level else "not known"
        if level and known.pilot:
            words += " (pilot, indicative)"
        return DrawnTile(
            known,
            level,
            self.measure.signs[level] if level else "",
            words,
            *_drawn(*point(tile)),
        )


def everything_known() -> list[KnownAuthority]:
    """Every authority, by name. Withdrawn assessments do not count. Three queries."""
    standing = {
        authority: (rating, kind)
        for authority, rating, kind in _standing().values_list("authority", "rating", "kind")
    }
    scores: dict[int, dict[str, int]] = {}
    for authority, statement, score in (
        Section.objects.current()
        .filter(assessment__in=_standing())
        .exclude(score=None)
        .values_list("assessment__authority", "statement", "score")
    ):
        scores.setdefault(authority, {})[statement] = score
    return [
        _known(authority, *standing.get(authority.pk, ("", "")), scores.get(authority.pk, {}))
        for authority in Authority.objects.all()
    ]


@cache
def _borders() -> str:
    regions = {tiles()[entry.gss_code]: entry.region for entry in gazetteer.entries()}
    sides = [
        (tile, side)
        for tile, region in regions.items()
        # Two tiles share each side, so the three sides to the east of each tile cover all.
        for side in range(3)
        if regions.get(neighbours(tile)[side], region) != region
    ]
    return "".join(_side(tile, side) for tile, side in sides)


def _side(tile: Tile, side: int) -> str:
    """A line along one side of a tile, clockwise from the one to the north-east."""
    (x1, y1), (x2, y2) = (_drawn(*corner(tile, side + more)) for more in (0, 1))
    return f"M{x1} {y1}L{x2} {y2}"


def _drawn(x: float, y: float) -> tuple[float, float]:
    """A point of the map in units of the drawing, whose origin is the map's north-west corner."""
    left, top = _corner()
    return round(MARGIN + TILE * (x - left + 0.5), 1), round(MARGIN + TILE * (y - top + 0.6), 1)


@cache
def _corner() -> tuple[float, float]:
    points = [point(tile) for tile in tiles().values()]
    return min(x for x, _ in points), min(y for _, y in points)


def _standing() -> AssessmentQuerySet:
    return Assessment.objects.current().identified().filter(status=Assessment.Status.PUBLISHED)


def _known(authority: Authority, rating: str, kind: str, scores: dict[str, int]) -> KnownAuthority:
    level = LEVEL_OF_RATING.get(rating)
    levels = {RATING: level, **scores} if level else scores
    return KnownAuthority(authority, levels, kind == Kind.PILOT)
