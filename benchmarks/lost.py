"""What a search finds beside an older one."""

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

# Answers the query of a URL; with `ids`, a path, it writes all public ids there.
Asking = Callable[..., dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Compared:
    """How many findings the new search lost and found beside those of the older one, and whether
    with `exact=1` it finds others than the older one did."""

    query: str
    lost: int
    more: int
    exact_differs: bool


def compare_found(query: str, old: Asking, new: Asking) -> Compared:
    before, now = _ids(query, old), _ids(query, new)
    exact = _ids(f"{query}&exact=1", new)
    return Compared(query, len(before - now), len(now - before), exact != before)


def _ids(query: str, asking: Asking) -> set[str]:
    with tempfile.TemporaryDirectory() as name:
        path = Path(name) / "ids"
        asking(query, ids=str(path))
        return set(path.read_text("ascii").split())
