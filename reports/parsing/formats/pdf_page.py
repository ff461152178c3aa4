"""Where the text of a PDF stands: segments -> rows -> columns -> lines in reading order.

A PDF places letters, no more. Points are its unit, and its y grows upwards.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise

from reports.parsing.formats.read import BULLET, plain

SAME_ROW = 0.3
# Two columns of prose: a gutter this wide that hardly any text crosses, with lines on both sides
# that fill most of their side. The cells of a table do not.
GUTTER_WIDTH = 8.0
GUTTER_WITHIN = (0.2, 0.8)
CROSSED_BY = 0.15
COLUMN_LINES = 4
COLUMN_WIDTH = 90.0
LONG_LINE = 0.6
LONG_LINES = 0.25
# A heading over both columns is this much higher than the type below it.
OVER_COLUMNS = 1.25
# A gutter that so many pages have is that of the document.
USUAL_ON = 0.3
MAX_COLUMNS_DEEP = 2
STEP = 2.0
WIDEST_GAPS = 4
# A dot is the bullet of the line that it stands before, this near and not above it.
BULLET_GAP = 1.5
BULLET_RISE = 0.8
NEAR_SEGMENTS = 8
# How symbol fonts and others draw the bullet of a list.
BULLETS = frozenset("•●▪◦‣∙○■\uf0b7\uf0a7\uf0a8\uf0d8\uf076\uf02d")


@dataclass(frozen=True, slots=True)
class Segment:
    """Text of one line without a wide gap. `turn` counts the quarter turns to the left by which it
    is turned on the page, 4 for any other angle; places are those after turning it back."""

    text: str
    left: float
    right: float
    first_word_right: float
    baseline: float
    height: float
    bold: bool
    turn: int = 0


@dataclass(frozen=True)
class Line:
    """Segments that are read as one line. `column` names the place of its column in the layout:
    lines of the same name have the same margins."""

    segments: tuple[Segment, ...]
    page: int
    column: str = ""

    @cached_property
    def text(self) -> str:
        text = plain(" ".join(segment.text for segment in self.segments))
        return f"{BULLET}{text[1:].lstrip()}" if text[:1] in BULLETS and len(text) > 1 else text

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
    def _longest(self) -> Segment:
        return max(self.segments, key=lambda segment: len(segment.text))


@dataclass(frozen=True, slots=True)
class Gutter:
    left: float
    right: float

    @property
    def middle(self) -> float:
        return (self.left + self.right) / 2

    @property
    def about(self) -> int:
        """The same for gutters at the same place."""
        return round(self.middle / 10)


def drawn_bullets(
    segments: Sequence[Segment], dots: Sequence[Sequence[float]]
) -> Iterator[Segment]:
    """A bullet for each dot, `[left, right, lower, upper]`, right before the text of a line."""
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


def rows(segments: Sequence[Segment], page: int) -> list[Line]:
    """The segments of a page in rows from top to bottom, over all columns."""
    found: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda segment: -segment.baseline):
        if found and found[-1][0].baseline - segment.baseline <= SAME_ROW * segment.height:
            found[-1].append(segment)
        else:
            found.append([segment])
    return [Line(tuple(sorted(row, key=lambda each: each.left)), page) for row in found]


def reading_order(page_rows: Sequence[Line], gutters: "Gutters") -> list[Line]:
    """The lines of a page in the order in which they are read."""
    return [line for line in _columns(page_rows, gutters, "") if line.text]


class Gutters:
    """The gutters of a document. A page too short to show one has that of most pages."""

    def __init__(self, pages: Sequence[Sequence[Line]]) -> None:
        found = [gutter for page in pages if (gutter := find_gutter(page))]
        middles = Counter(gutter.about for gutter in found)
        usual, times = middles.most_common(1)[0] if found else (None, 0)
        is_usual = times > USUAL_ON * len(pages)
        alike = (gutter for gutter in found if is_usual and gutter.about == usual)
        self.usual = next(alike, None)

    def of(self, page_rows: Sequence[Line], name: str) -> Gutter | None:
        if gutter := find_gutter(page_rows):
            return gutter
        usual = None if name else self.usual
        return usual if usual and _keeps_clear(page_rows, usual) else None


def find_gutter(page_rows: Sequence[Line]) -> Gutter | None:
    """The gutter between two columns of prose, if there are two."""
    segments = [segment for row in page_rows for segment in row.segments]
    if len(segments) < 2 * COLUMN_LINES:
        return None
    left = min(segment.left for segment in segments)
    width = max(segment.right for segment in segments) - left
    if width < 2 * COLUMN_WIDTH or width > 100 * COLUMN_WIDTH:
        return None
    steps = range(int(GUTTER_WITHIN[0] * width / STEP), int(GUTTER_WITHIN[1] * width / STEP))
    crossing = _crossing(segments, left, int(width / STEP) + 2)
    free = [step for step in steps if crossing[step] <= CROSSED_BY * len(page_rows)]
    for run in sorted(_runs(free), key=len, reverse=True)[:WIDEST_GAPS]:
        gutter = Gutter(left + run[0] * STEP, left + (run[-1] + 1) * STEP)
        if gutter.right - gutter.left >= GUTTER_WIDTH and _parts_columns(gutter, segments):
            return gutter
    return None


def _crossing(segments: Sequence[Segment], left: float, steps: int) -> list[int]:
    """How many segments stand over each step of the page's width."""
    changes = [0] * (steps + 1)
    for segment in segments:
        changes[int((segment.left - left) / STEP)] += 1
        changes[min(int((segment.right - left) / STEP) + 1, steps)] -= 1
    total = 0
    return [total := total + change for change in changes]


def _runs(steps: Sequence[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for before, step in pairwise([-2, *steps]):
        if step == before + 1:
            found[-1].append(step)
        else:
            found.append([step])
    return found


def _parts_columns(gutter: Gutter, segments: Sequence[Segment]) -> bool:
    sides = _sides(gutter, segments)
    if any(len(side) < COLUMN_LINES or not _is_filled(side) for side in sides):
        return False
    (low, high), (other_low, other_high) = (_extent(side) for side in sides)
    shared = min(high, other_high) - max(low, other_low)
    return shared > 0.3 * min(high - low, other_high - other_low)


def _keeps_clear(page_rows: Sequence[Line], gutter: Gutter) -> bool:
    """Whether hardly any text of a page stands over a gutter."""
    segments = [segment for row in page_rows for segment in row.segments]
    left, right = _sides(gutter, segments)
    return len(segments) - len(left) - len(right) <= CROSSED_BY * len(page_rows)


def _sides(
    gutter: Gutter, segments: Sequence[Segment]
) -> tuple[Sequence[Segment], Sequence[Segment]]:
    return (
        [segment for segment in segments if segment.right <= gutter.left + STEP],
        [segment for segment in segments if segment.left >= gutter.right - STEP],
    )


def _is_filled(side: Sequence[Segment]) -> bool:
    """Whether enough lines of a column reach over most of it, as those of prose do."""
    width = max(segment.right for segment in side) - min(segment.left for segment in side)
    long = sum(segment.right - segment.left >= LONG_LINE * width for segment in side)
    return width >= COLUMN_WIDTH and long >= max(COLUMN_LINES, LONG_LINES * len(side))


def _extent(side: Sequence[Segment]) -> tuple[float, float]:
    return min(each.baseline for each in side), max(each.baseline for each in side)


def _columns(page_rows: Sequence[Line], gutters: Gutters, name: str) -> Iterator[Line]:
    gutter = gutters.of(page_rows, name) if len(name) < MAX_COLUMNS_DEEP else None
    if gutter is None:
        for row in page_rows:
            yield Line(row.segments, row.page, name)
        return
    for spans, band in _bands(page_rows, gutter):
        if spans:
            yield from (Line(row.segments, row.page, name) for row in band)
        else:
            for side, segments in zip("lr", _sides_of(band, gutter), strict=True):
                if segments:
                    side_rows = rows(segments, band[0].page)
                    yield from _columns(side_rows, gutters, name + side)


def _bands(page_rows: Sequence[Line], gutter: Gutter) -> list[tuple[bool, list[Line]]]:
    """Stretches of rows that stand over the gutter, and that keep clear of it, in turn."""
    bands: list[tuple[bool, list[Line]]] = []
    for before, row, after in zip(
        (None, *page_rows), page_rows, (*page_rows[1:], None), strict=False
    ):
        crosses = any(
            segment.left < gutter.left - STEP and segment.right > gutter.right + STEP
            for segment in row.segments
        )
        spans = crosses or _stands_over(row, before, after, gutter)
        if bands and bands[-1][0] == spans:
            bands[-1][1].append(row)
        else:
            bands.append((spans, [row]))
    return bands


def _stands_over(row: Line, before: Line | None, after: Line | None, gutter: Gutter) -> bool:
    """Whether a short heading stands over both columns: it is higher than the type below it, alone
    in its row, and there is more room above and below than lines have."""
    if len(row.segments) > 1 or row.left > gutter.left or after is None:
        return False
    rows_near = [each for each in (before, after) if each is not None]
    larger = row.height > OVER_COLUMNS * min(each.height for each in rows_near)
    apart = all(abs(each.baseline - row.baseline) > 1.2 * row.height for each in rows_near)
    both = any(segment.left >= gutter.right - STEP for segment in after.segments)
    return larger and apart and both


def _sides_of(band: Sequence[Line], gutter: Gutter) -> tuple[list[Segment], list[Segment]]:
    segments = [segment for row in band for segment in row.segments]
    left = [segment for segment in segments if segment.left < gutter.middle]
    return left, [segment for segment in segments if segment.left >= gutter.middle]
