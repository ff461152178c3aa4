"""Measures from a hard-wrapped text how wide it is set.

A line that breaks within a sentence shows two things about the width at that place: its own length
fitted, and its length with the next word did not. Neighbouring lines that agree form a stretch. In
a fixed-width typeface they agree exactly. Lines copied from a page in a proportional typeface agree
within about a tenth, so there the narrowest line that had no room for a word is the safe measure.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass

# Longer lines are whole paragraphs, not wrapped ones.
MAX_WRAPPED = 200
# Seen in a page copied from a proportional typeface: 85 did not fit where 93 had.
SLACK = 1.12


@dataclass(slots=True)
class Stretch:
    """Neighbouring lines of one width, each broken within a sentence: a length that fitted and one
    that did not."""

    indexes: list[int]
    fitted: int
    failed: int

    @property
    def width(self) -> int:
        return min(self.fitted, self.failed - 1)

    def takes(self, other: "Stretch") -> bool:
        """Add the next stretch to this one if it has the same width, and return whether it has."""
        fitted = max(self.fitted, other.fitted)
        failed = min(self.failed, other.failed)
        if fitted >= failed * SLACK:
            return False
        self.indexes += other.indexes
        self.fitted, self.failed = fitted, failed
        return True


@dataclass(frozen=True, slots=True)
class Widths:
    """The width at each wrapped line of a document."""

    indexes: tuple[int, ...]
    widths: tuple[int, ...]

    @classmethod
    def measure(cls, lines: Iterable[Stretch]) -> "Widths":
        """The widths from the lines of a document that are broken within a sentence, in order."""
        stretches = _merged(lines)
        # A single line that is broken early does not make a stretch.
        longer = [stretch for stretch in stretches if len(stretch.indexes) > 1]
        measured = [(i, s.width) for s in _merged(longer or stretches) for i in s.indexes]
        return cls(tuple(index for index, _ in measured), tuple(width for _, width in measured))

    def at(self, index: int, length: int, *, opens: bool) -> int | None:
        """The width at a line, or None if nothing shows that it is wrapped. It comes from the
        wrapped line before it or, for the first line of a paragraph, from the one after it; from
        the other one if the line is too long for that.
        """
        place = bisect_left(self.indexes, index)
        before = self.widths[place - 1 : place]
        after = self.widths[place : place + 1]
        for width in (*after, *before) if opens else (*before, *after):
            if length < width * SLACK:
                return width
        return None


def _merged(stretches: Iterable[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for stretch in stretches:
        if not merged or not merged[-1].takes(stretch):
            merged.append(stretch)
    return merged
