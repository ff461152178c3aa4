"""The places of text on a PDF's pages: segments -> rows. `pdf_columns.py` puts these in reading
order.

A PDF only says where each letter is. Its unit is the point, and its y axis points upwards.
"""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from reports.parsing.formats.read import BULLET, plain
from reports.parsing.lines import SYMBOLS

SAME_ROW = 0.3
# A dot is the bullet of a line if it is at most this far before it, and not above it.
BULLET_GAP = 1.5
BULLET_RISE = 0.8
NEAR_SEGMENTS = 8
# How symbol fonts and others draw the bullet of a list.
BULLETS = frozenset(f"{SYMBOLS}\uf0b7\uf0a7\uf0a8\uf0d8\uf076\uf02d")


@dataclass(frozen=True, slots=True)
class PdfSegment:
    """Text of one line without a wide gap. `turn` counts the quarter turns to the left by which it
    is turned on the page, 4 for any other angle; places are those after turning it back. `is_mark`
    is true for a raised mark before the text of its line, such as that of a note."""

    text: str
    left: float
    right: float
    first_word_right: float
    baseline: float
    height: float
    bold: bool
    turn: int = 0
    is_mark: bool = False


@dataclass(frozen=True, slots=True)
class PageContent:
    """What a page draws. `dots` are the edges, `(left, right, lower, upper)`, of shapes that may be
    the bullets of lists; `is_picture` is true if the page has a picture and no text."""

    segments: Sequence[PdfSegment]
    dots: Sequence[Sequence[float]] = ()
    is_picture: bool = False


@dataclass(frozen=True)
class PdfLine:
    """Segments that are read as one line. `column` names the place of its column in the layout:
    lines of the same name have the same margins."""

    segments: tuple[PdfSegment, ...]
    page: int
    column: str = ""

    @cached_property
    def text(self) -> str:
        text = plain(" ".join(each.text for each in self.segments if not each.is_mark))
        return f"{BULLET}{text[1:].lstrip()}" if text[:1] in BULLETS and len(text) > 1 else text

    @property
    def mark(self) -> str:
        """The raised mark that it begins with, or empty."""
        return self.segments[0].text if self.segments[0].is_mark else ""

    @cached_property
    def left(self) -> float:
        return self.segments[0].left

    @cached_property
    def right(self) -> float:
        return max(segment.right for segment in self.segments)

    @cached_property
    def baseline(self) -> float:
        return self._longest.baseline

    @cached_property
    def height(self) -> float:
        return self._longest.height

    @cached_property
    def bold(self) -> bool:
        return all(segment.bold for segment in self.segments)

    @property
    def first_word_width(self) -> float:
        return self.segments[0].first_word_right - self.segments[0].left

    @cached_property
    def _longest(self) -> PdfSegment:
        return max(self.segments, key=lambda segment: len(segment.text))


def drawn_bullets(
    segments: Sequence[PdfSegment], dots: Sequence[Sequence[float]]
) -> Iterator[PdfSegment]:
    """A bullet for each dot that is right before the text of a line."""
    if not dots:
        return
    upright = sorted(
        (segment for segment in segments if segment.turn == 0), key=lambda each: each.baseline
    )
    baselines = [segment.baseline for segment in upright]
    for left, right, lower, upper in dots:
        below = bisect_right(baselines, lower)
        for segment in upright[max(0, below - NEAR_SEGMENTS) : below]:
            is_beside = 0 <= segment.left - right <= BULLET_GAP * segment.height
            if is_beside and upper <= segment.baseline + BULLET_RISE * segment.height:
                yield replace(
                    segment, text=BULLET.strip(), left=left, right=right, first_word_right=right
                )
                break


def rows(segments: Sequence[PdfSegment], page: int) -> list[PdfLine]:
    """The segments of a page in rows from top to bottom, over all columns."""
    found: list[list[PdfSegment]] = []
    for segment in sorted(segments, key=lambda segment: -segment.baseline):
        if found and found[-1][0].baseline - segment.baseline <= SAME_ROW * segment.height:
            found[-1].append(segment)
        else:
            found.append([segment])
    return [PdfLine(tuple(sorted(row, key=lambda each: each.left)), page) for row in found]
