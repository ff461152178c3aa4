"""The map of tiles: these tests fail with a reason if somebody moves a tile or an authority."""

from collections import Counter

import pytest

from reports.facts import gazetteer
from reports.facts.tiles import Tile, corner, distance, neighbours, point, tiles
from tests.support import tile_layout

REGIONS = sorted({entry.region for entry in gazetteer.entries()})


def pieces(region: str) -> list[set[Tile]]:
    left = {tiles()[entry.gss_code] for entry in gazetteer.entries() if entry.region == region}
    found = []
    while left:
        piece = {left.pop()}
        edge = list(piece)
        while edge:
            joined = left.intersection(neighbours(edge.pop()))
            left -= joined
            piece |= joined
            edge += joined
        found.append(piece)
    return found


def test_every_authority_has_a_tile_of_its_own() -> None:
    assert set(tiles()) == {entry.gss_code for entry in gazetteer.entries()}
    assert max(Counter(tiles().values()).values()) == 1
    assert len(tiles()) == 153


@pytest.mark.parametrize("region", REGIONS)
def test_a_region_is_one_piece(region: str) -> None:
    assert len(pieces(region)) == 1


def test_london_is_one_block_without_holes() -> None:
    [block] = pieces("london")

    assert len(block) == 33
    assert max(distance(one, other) for one in block for other in block) <= 8
    others = {side for tile in block for side in neighbours(tile)} - block
    assert not any(set(neighbours(tile)) <= block for tile in others)


def test_neighbours_stay_neighbours() -> None:
    places = [tiles()[entry.gss_code] for entry in gazetteer.entries()]
    kept = [
        places[other] in neighbours(places[one])
        for one, nearest in enumerate(tile_layout.nearest(tile_layout.places()))
        for other in nearest
    ]

    assert len(kept) == 153 * 6
    assert sum(kept) / len(kept) >= 0.6


def test_north_is_up_and_east_is_right() -> None:
    found = tile_layout.places()
    drawn = [point(tiles()[entry.gss_code]) for entry in gazetteer.entries()]
    pairs = [(one, other) for one in range(153) for other in range(one)]
    far = [
        (one, other, axis)
        for one, other in pairs
        for axis in (0, 1)
        if abs(found[one][axis] - found[other][axis]) > 100
    ]
    turned = [
        (one, other, axis)
        for one, other, axis in far
        if (found[one][axis] < found[other][axis]) != (drawn[one][axis] < drawn[other][axis])
    ]

    assert len(turned) / len(far) < 0.05


def test_a_county_and_its_city_are_two_tiles() -> None:
    codes = {entry.name: entry.gss_code for entry in gazetteer.entries()}
    for county, city in (
        ("Leicestershire", "Leicester"),
        ("Nottinghamshire", "Nottingham"),
        ("Derbyshire", "Derby"),
    ):
        assert 1 <= distance(tiles()[codes[county]], tiles()[codes[city]]) <= 2


def test_hexagons_lie_as_hexagons_do() -> None:
    for tile in (Tile(3, 4), Tile(3, 5), Tile(-2, -3)):
        around = neighbours(tile)
        assert len(set(around)) == 6
        for side, other in enumerate(around):
            (x1, y1), (x2, y2) = point(tile), point(other)
            assert (x2 - x1) ** 2 + (y2 - y1) ** 2 == pytest.approx(1)
            assert distance(tile, other) == 1
            assert tile in neighbours(other)
            middle = [sum(axis) / 2 for axis in zip(point(tile), point(other), strict=True)]
            shared = [
                sum(axis) / 2
                for axis in zip(corner(tile, side), corner(tile, side + 1), strict=True)
            ]
            assert shared == pytest.approx(middle)
    assert distance(Tile(0, 0), Tile(3, -4)) == 5
