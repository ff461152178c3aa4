"""Compares two assessments of one authority, or two versions of one report: what stayed, was
reworded, is new or is gone.

Passages of one statement are paired by how many words and pairs of words they share (Dice's
coefficient), the most alike first, each once. Two passages are called the same from `SAME` on, and
reworded from `ALIKE` on; with less they are not paired.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from reports.models import Finding

SAME = 0.98
ALIKE = 0.5
KINDS = ("same", "reworded", "new", "gone")
WORD = re.compile(r"\w+(?:['’]\w+)?")


@dataclass(frozen=True, slots=True)
class Passage:
    """A finding, or a paragraph of an older version, which has no finding."""

    text: str
    heading: str
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two passages side by side. If a passage is new or gone, the other side is None and `overlap`
    is 0."""

    then: Passage | None
    now: Passage | None
    overlap: float

    @property
    def kind(self) -> str:
        if self.then is None:
            return "new"
        if self.now is None:
            return "gone"
        return "same" if self.overlap >= SAME else "reworded"


def aligned(then: Sequence[Passage], now: Sequence[Passage]) -> list[Pair]:
    """All passages of both, in the order of now; a passage that is gone follows the one it
    followed."""
    match = _matches(then, now)
    stayed = {old: new for new, (old, _) in match.items()}
    after: dict[int, list[Pair]] = {}
    anchor = -1  # the place in now of the last passage of then that stayed
    for place, passage in enumerate(then):
        if place in stayed:
            anchor = stayed[place]
        else:
            after.setdefault(anchor, []).append(Pair(passage, None, 0.0))
    pairs = after.get(-1, [])
    for here, passage in enumerate(now):
        old, value = match.get(here, (None, 0.0))
        pairs = [*pairs, Pair(None if old is None else then[old], passage, value)]
        pairs += after.get(here, [])
    return pairs


def overlap(one: Counter[str], other: Counter[str]) -> float:
    """Dice's coefficient of two bags, from 0 to 1."""
    size = one.total() + other.total()
    return 2 * (one & other).total() / size if size else 0.0


def bag(text: str) -> Counter[str]:
    """A text's words and pairs of words that follow each other, in lower case."""
    words = WORD.findall(text.replace("’", "'").lower())
    return Counter(words) + Counter(f"{one} {two}" for one, two in pairwise(words))


def counts(pairs: Iterable[Pair]) -> dict[str, int]:
    found = Counter(pair.kind for pair in pairs)
    return {kind: found[kind] for kind in KINDS}


def _matches(then: Sequence[Passage], now: Sequence[Passage]) -> dict[int, tuple[int, float]]:
    """For each place in now, the place in then and how alike they are."""
    old, new = [bag(one.text) for one in then], [bag(one.text) for one in now]
    scored = [
        (overlap(one, other), place, here)
        for place, one in enumerate(old)
        for here, other in enumerate(new)
    ]
    found: dict[int, tuple[int, float]] = {}
    taken: set[int] = set()
    for value, place, here in sorted(scored, key=lambda one: (-one[0], one[1], one[2])):
        if value < ALIKE:
            break
        if place not in taken and here not in found:
            found[here] = (place, value)
            taken.add(place)
    return found
