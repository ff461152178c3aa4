"""Places 153 equal hexagons, one for each authority, so that they look like England.

    python -m tests.support.tile_layout > reports/facts/data/tiles.csv

Made from `data/places.csv` alone, in four steps: authorities are drawn where they are; London is
widened to a block of 33 and everything around it moves outwards; those that lie too close push each
other apart; each takes the nearest free tile. Simulated annealing then swaps tiles until
neighbours are neighbours, each region is one piece and the coast has no holes. It takes about a
minute and gives the same tiles every time.
"""

import csv
import math
import random
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import pairwise

from reports.facts.gazetteer import DATA, entries
from reports.facts.tiles import Tile, distance, neighbours, point

SEED = 52
STEPS = 400_000
POLISHING_STEPS = 40_000
COLUMNS, ROWS = range(-12, 13), range(-14, 15)

NEAR = 6  # nearest authorities that each should stay beside
KM_A_TILE = 31.0  # so that England has an area of about 153 tiles
START, END = 0.9, 0.05  # temperatures
FAR_COST = (0.0, 0.0, 1.4, 1.8, 2.1, 2.4, 2.6, 2.8)  # for each tile between two near authorities
TURN_COST = 0.25  # for two near authorities whose direction differs from that on the ground
SHIFT_COST = 0.04  # for the square of the distance of a tile from its true place
KIN_GAIN = 0.25  # for each side shared with a tile of the region
BARE_COST = 0.12  # for each bare side
INLAND_KM = 90
INLAND_COST = 0.8  # added for a bare side of an authority that has others all around it
APART_COST = (6.0, 30.0)  # for each tile between pieces of a region, at the start and at the end

Place = tuple[float, float]


@dataclass(slots=True)
class TileLayout:
    """The tile of each authority. `near` are its nearest six, `kin` those of the same region."""

    regions: list[str]
    near: list[list[int]]
    towards: dict[tuple[int, int], Place]
    targets: list[Place]
    inland: list[bool]
    at: list[Tile] = field(default_factory=list)
    on: dict[Tile, int] = field(default_factory=dict)
    nearby: list[list[tuple[int, int]]] = field(default_factory=list)
    kin: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        pairs = list(self.towards)
        self.nearby = [[pair for pair in pairs if one in pair] for one in range(len(self.regions))]
        for one, region in enumerate(self.regions):
            self.kin.setdefault(region, []).append(one)

    def settle(self) -> None:
        """Give each authority the nearest free tile, London first, so that it is a block."""
        free = {Tile(column, row) for column in COLUMNS for row in ROWS}
        self.at = [Tile(0, 0)] * len(self.regions)
        for one in sorted(range(len(self.regions)), key=lambda one: self.regions[one] != "london"):
            tile = min(free, key=lambda tile: _gap(point(tile), self.targets[one]))
            free.remove(tile)
            self.at[one] = tile
            self.on[tile] = one

    def cost(self, one: int) -> float:
        tile = self.at[one]
        x, y = self._shift(one)
        return (
            sum(self._pair_cost(*pair) for pair in self.nearby[one])
            + SHIFT_COST * (x * x + y * y)
            + sum(self._side_cost(one, side) for side in neighbours(tile))
        )

    def pieces(self, region: str) -> list[set[Tile]]:
        """The connected parts of a region, the largest first."""
        left = {self.at[one] for one in self.kin[region]}
        found = []
        while left:
            piece, edge = set(), {left.pop()}
            while edge:
                piece |= edge
                edge = left.intersection(side for tile in edge for side in neighbours(tile))
                left -= edge
            found.append(piece)
        return sorted(found, key=len, reverse=True)

    def apart(self, region: str) -> int:
        """How many tiles lie between the largest piece of a region and each other one."""
        main, *others = self.pieces(region)
        return sum(min(distance(one, tile) for one in piece for tile in main) for piece in others)

    def kept(self, some: Iterable[int]) -> int:
        """How many pairs of near authorities, with one of these in each, are side by side."""
        pairs = {pair for one in some for pair in self.nearby[one]}
        return sum(distance(self.at[one], self.at[other]) == 1 for one, other in pairs)

    def move(self, one: int, tile: Tile) -> int | None:
        """Move `one` to another tile. An authority on that tile takes the former tile of `one` and
        is returned."""
        here, other = self.at[one], self.on.get(tile)
        self.at[one], self.on[tile] = tile, one
        if other is None:
            del self.on[here]
        else:
            self.at[other], self.on[here] = here, other
        return other

    def _pair_cost(self, one: int, other: int) -> float:
        here, there = self.at[one], self.at[other]
        tiles = distance(here, there)
        cost = FAR_COST[tiles] if tiles < len(FAR_COST) else 2.8 + 0.3 * (tiles - 7)
        (x1, y1), (x2, y2) = point(here), point(there)
        x, y = self.towards[one, other]
        return cost + TURN_COST * (
            1 - (x * (x2 - x1) + y * (y2 - y1)) / math.hypot(x2 - x1, y2 - y1)
        )

    def _side_cost(self, one: int, side: Tile) -> float:
        other = self.on.get(side)
        if other is None:
            return BARE_COST + INLAND_COST * self.inland[one]
        return -KIN_GAIN if self.regions[other] == self.regions[one] else 0.0

    def _shift(self, one: int) -> Place:
        (x, y), (wanted_x, wanted_y) = point(self.at[one]), self.targets[one]
        return x - wanted_x, y - wanted_y


def main() -> None:
    chance = random.Random(SEED)
    layout = _start(chance)
    _anneal(layout, chance)
    _polish(layout, chance)
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(("gss_code", "column", "row"))
    for entry, tile in zip(entries(), layout.at, strict=True):
        out.writerow((entry.gss_code, *tile))


def places() -> list[Place]:
    """In kilometres east and south of the middle, in the order of the gazetteer."""
    with (DATA / "places.csv").open(encoding="utf-8", newline="") as file:
        degrees = {
            row["gss_code"]: (float(row["longitude"]), float(row["latitude"]))
            for row in csv.DictReader(file)
        }
    found = [degrees[entry.gss_code] for entry in entries()]
    middle_x = sum(x for x, _ in found) / len(found)
    middle_y = sum(y for _, y in found) / len(found)
    narrowing = math.cos(math.radians(middle_y))
    return [((x - middle_x) * narrowing * 111.3, (middle_y - y) * 111.3) for x, y in found]


def nearest(found: list[Place], count: int = NEAR) -> list[list[int]]:
    """For each place, the indexes of the places nearest to it."""
    everybody = range(len(found))
    return [
        sorted(set(everybody) - {one}, key=lambda other: _gap(found[one], found[other]))[:count]
        for one in everybody
    ]


def _start(chance: random.Random) -> TileLayout:
    found, regions = places(), [entry.region for entry in entries()]
    near = nearest(found)
    layout = TileLayout(
        regions,
        near,
        {
            (one, other): _direction(found[one], found[other])
            for one in range(len(found))
            for other in near[one]
        },
        _pushed_apart(_around_london(found, regions), chance),
        [_is_inland(found, one) for one in range(len(found))],
    )
    layout.settle()
    return layout


def _around_london(found: list[Place], regions: list[str]) -> list[Place]:
    """Places in tiles. London becomes a disc of its 33 tiles, and everything else moves outwards to
    make room for it."""
    london = [place for place, region in zip(found, regions, strict=True) if region == "london"]
    centre = (sum(x for x, _ in london) / len(london), sum(y for _, y in london) / len(london))
    radius = math.sqrt(len(london) * math.sqrt(3) / 2 / math.pi)
    widest = max(_gap(place, centre) for place in london)
    moved = []
    for place, region in zip(found, regions, strict=True):
        away = _gap(place, centre)
        x, y = _direction(centre, place)
        out = away / widest * radius if region == "london" else math.hypot(away / KM_A_TILE, radius)
        moved.append((x * out, y * out))
    middle = [sum(axis) / len(moved) for axis in zip(*moved, strict=True)]
    return [(x - middle[0], y - middle[1]) for x, y in moved]


def _pushed_apart(found: list[Place], chance: random.Random) -> list[Place]:
    """Push places apart that are less than a tile from each other, until few are."""
    spread = [(x + chance.uniform(-0.01, 0.01), y + chance.uniform(-0.01, 0.01)) for x, y in found]
    for _ in range(300):
        pushes = [[0.0, 0.0] for _ in spread]
        for one, here in enumerate(spread):
            for other, there in enumerate(spread[:one]):
                if (apart := _gap(here, there)) < 1:
                    x, y = _direction(there, here)
                    push = (1 - apart) / 4
                    for who, sign in ((one, 1), (other, -1)):
                        pushes[who][0] += sign * push * x
                        pushes[who][1] += sign * push * y
        spread = [(x + dx, y + dy) for (x, y), (dx, dy) in zip(spread, pushes, strict=True)]
    return spread


def _is_inland(found: list[Place], one: int) -> bool:
    """Whether every quarter of the compass has another authority."""
    here = found[one]
    around = [place for place in found if 0 < _gap(here, place) < INLAND_KM]
    angles = sorted(math.atan2(*_direction(here, place)) for place in around)
    gaps = [after - before for before, after in pairwise(angles)]
    return bool(angles) and max([*gaps, angles[0] + 2 * math.pi - angles[-1]]) < math.pi / 2


def _anneal(layout: TileLayout, chance: random.Random) -> None:
    gaps = {region: layout.apart(region) for region in layout.kin}
    for step in range(STEPS):
        done = step / STEPS
        heat = START * (END / START) ** done
        apart_cost = APART_COST[0] + (APART_COST[1] - APART_COST[0]) * done
        one = chance.randrange(len(layout.at))
        # To a side of an authority that it should be beside, or one tile on.
        beside = chance.choice(layout.near[one]) if chance.random() < 0.6 else one
        tile, here = chance.choice(neighbours(layout.at[beside])), layout.at[one]
        if tile == here:
            continue
        both = [one, *([layout.on[tile]] if tile in layout.on else [])]
        before = sum(layout.cost(who) for who in both)
        layout.move(one, tile)
        change = sum(layout.cost(who) for who in both) - before
        if change < 12 * heat:
            now = {region: layout.apart(region) for region in {layout.regions[who] for who in both}}
            change += apart_cost * sum(gap - gaps[region] for region, gap in now.items())
            if change <= 0 or chance.random() < math.exp(-change / heat):
                gaps.update(now)
                continue
        layout.move(one, here)


def _polish(layout: TileLayout, chance: random.Random) -> None:
    """Make the remaining moves that keep more neighbours side by side and regions whole."""
    for _ in range(POLISHING_STEPS):
        one = chance.randrange(len(layout.at))
        here, tile = (
            layout.at[one],
            chance.choice(neighbours(layout.at[chance.choice(layout.near[one])])),
        )
        if tile == here:
            continue
        both = [one, *([layout.on[tile]] if tile in layout.on else [])]
        regions = {layout.regions[who] for who in both}
        before = [layout.apart(region) for region in regions], -layout.kept(both)
        layout.move(one, tile)
        if ([layout.apart(region) for region in regions], -layout.kept(both)) > before:
            layout.move(one, here)


def _gap(one: Place, other: Place) -> float:
    return math.hypot(one[0] - other[0], one[1] - other[1])


def _direction(one: Place, other: Place) -> Place:
    """The direction from one to the other, of length 1; (0, 0) for the same place."""
    away = _gap(one, other) or 1
    return (other[0] - one[0]) / away, (other[1] - one[1]) / away


if __name__ == "__main__":
    main()
