"""A map of England in equal hexagons, one for each authority: their places and their geometry.

Columns are counted to the east and rows to the south. Odd rows are half a tile further east.
`tests/support/tile_layout.py` makes `data/tiles.csv`.
"""

import math
from functools import cache
from typing import NamedTuple

from reports.facts.gazetteer import rows_of

ROW_HEIGHT = math.sqrt(3) / 2  # where a tile is 1 wide


class Tile(NamedTuple):
    column: int
    row: int


@cache
def tiles() -> dict[str, Tile]:
    """The tile of each authority, by ONS code."""
    return {
        row["gss_code"]: Tile(int(row["column"]), int(row["row"])) for row in rows_of("tiles.csv")
    }


@cache
def point(tile: Tile) -> tuple[float, float]:
    """The middle of a tile, where tiles are 1 wide: x to the east, y to the south."""
    return tile.column + tile.row % 2 / 2, tile.row * ROW_HEIGHT


def corner(tile: Tile, number: int) -> tuple[float, float]:
    """A corner of a tile, clockwise from the northern one, which is number 0."""
    x, y = point(tile)
    angle = math.pi / 3 * number
    radius = 1 / math.sqrt(3)
    return x + radius * math.sin(angle), y - radius * math.cos(angle)


@cache
def neighbours(tile: Tile) -> tuple[Tile, ...]:
    """The six around a tile, clockwise from the one to the north-east."""
    column, row = tile
    east = column + row % 2
    return (
        Tile(east, row - 1),
        Tile(column + 1, row),
        Tile(east, row + 1),
        Tile(east - 1, row + 1),
        Tile(column - 1, row),
        Tile(east - 1, row - 1),
    )


@cache
def distance(one: Tile, other: Tile) -> int:
    """The number of steps from one tile to the other."""
    rows = other.row - one.row
    columns = _slanted_column(other) - _slanted_column(one)
    return max(abs(rows), abs(columns), abs(rows + columns))


def _slanted_column(tile: Tile) -> int:
    """Counted along an axis on which rows do not shift to and fro."""
    return tile.column - tile.row // 2
