"""Terms of the field that mean the same or nearly the same, and foreign spellings.

Read from `data/related_terms.toml`, which says how its rows are meant.
"""

import tomllib
from pathlib import Path

_DATA = Path(__file__).parent / "data" / "related_terms.toml"

with _DATA.open("rb") as _file:
    _tables = tomllib.load(_file)

# Each foreign spelling, in lower case, and the one that reports use.
SPELLINGS: dict[str, str] = _tables.pop("spellings")

# Rows of terms; each term of a row stands for every other.
ROWS: tuple[tuple[str, ...], ...] = tuple(tuple(row) for rows in _tables.values() for row in rows)
