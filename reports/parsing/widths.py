"""How wide a hard-wrapped text is set, measured from the text itself.

A line that breaks within a sentence tells two things about the width at that place: its own
length fitted, and its length with the next word did not. Neighbouring lines that agree make a
stretch. In a typewriter's text they agree exactly; lines copied from a page in a proportional
typeface agree within a tenth or so, and there the narrowest line that could not take a word is the
safe measure.
"""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

# Longer lines are whole paragraphs, not wrapped ones.
MAX_WRAPPED = 200
# Seen in a page copied from a proportional typeface: 85 did not fit where 93 had.
SLACK = 1.12


@dataclass(frozen=True, slots=True)
class Wrap:
    """A line broken within a sentence: a length that fitted and one that did not."""

    index: int
    fitted: int
    failed: int


@dataclass(slots=True)
class Stretch:
    """Neighbouring wraps of one width."""

    indexes: list[int]
    fitted: int
    failed: int

    @property
    def width(self) -> int:
        return min(self.fitted, self.failed - 1)

    def takes(self, other: "Stretch") -> bool:
        """Take in the next stretch, if it is of the same width."""
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
    def measure(cls, wraps: Sequence[Wrap]) -> "Widths":
        """From the wraps of a document, in order."""
        stretches = _merged(Stretch([wrap.index], wrap.fitted, wrap.failed) for wrap in wraps)
        # A single line that is broken early is not a stretch.
        longer = [stretch for stretch in stretches if len(stretch.indexes) > 1]
        measured = [(i, s.width) for s in _merged(longer or stretches) for i in s.indexes]
        return cls(tuple(index for index, _ in measured), tuple(width for _, width in measured))

    def at(self, index: int, length: int, *, opens: bool) -> int | None:
        """The width at a line, or None where nothing shows that it is wrapped.

        The line goes by the wrap before it, or, where it opens a paragraph, by the one after it;
        by the other one where it is too long for that.
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
