"""Finds the columns of a PDF and puts its rows into reading order."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from statistics import median

from reports.parsing.formats.pdf_page import PdfLine, PdfSegment, rows

# Two columns of prose: a gutter this wide that hardly any text crosses, with lines on both sides
# that fill most of their side. The cells of a table do not.
GUTTER_WIDTH = 8.0
GUTTER_WITHIN = (0.2, 0.8)
CROSSED_BY = 0.15
COLUMN_LINES = 4
COLUMN_WIDTH = 90.0
LONG_LINE = 0.6
LONG_LINES = 0.25
# A short heading over both columns is bold or this much higher than the type below it, has room
# above it, and leaves the right column free. A few rows, such as a score, can follow it.
OVER_COLUMNS = 1.1
ROOM_ABOVE = 1.3
ROOM_FOR_HEADING = 2.6
MOST_OVER_COLUMNS = 4
# A gutter on at least this share of the pages is the gutter of the document.
USUAL_ON = 0.3
MAX_COLUMNS_DEEP = 2
STEP = 2.0
WIDEST_GAPS = 4


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


def reading_order(page_rows: Sequence[PdfLine], gutters: "Gutters") -> list[PdfLine]:
    """The lines of a page in the order in which they are read."""
    return [line for line in _columns(page_rows, gutters, "") if line.text]


class Gutters:
    """The gutters of a document. A page too short to show a gutter gets that of most pages."""

    def __init__(self, pages: Sequence[Sequence[PdfLine]]) -> None:
        found = [gutter for page in pages if (gutter := find_gutter(page))]
        middles = Counter(gutter.about for gutter in found)
        usual, times = middles.most_common(1)[0] if found else (None, 0)
        is_usual = times > USUAL_ON * len(pages)
        alike = (gutter for gutter in found if is_usual and gutter.about == usual)
        self.usual = next(alike, None)

    def of(self, page_rows: Sequence[PdfLine], column: str) -> Gutter | None:
        """The gutter of a column, or of a whole page, which has no name."""
        if gutter := find_gutter(page_rows):
            return gutter
        usual = None if column else self.usual
        return usual if usual and _keeps_clear(page_rows, usual) else None


def find_gutter(page_rows: Sequence[PdfLine]) -> Gutter | None:
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
        least = min(crossing[step] for step in run)
        clear = max(_runs([step for step in run if crossing[step] == least]), key=len)
        # The rest holds the ends of lines of several lengths, on this page or on another.
        for steps_of_gutter in (clear, run):
            gutter = Gutter(
                left + steps_of_gutter[0] * STEP, left + (steps_of_gutter[-1] + 1) * STEP
            )
            if gutter.right - gutter.left >= GUTTER_WIDTH and _divides_columns(gutter, segments):
                return gutter
    return None


def _crossing(segments: Sequence[PdfSegment], left: float, steps: int) -> list[int]:
    """How many segments cover each step of the page's width."""
    changes = [0] * (steps + 1)
    for segment in segments:
        changes[int((segment.left - left) / STEP)] += 1
        changes[min(int((segment.right - left) / STEP) + 1, steps)] -= 1
    return list(accumulate(changes))


def _runs(steps: Sequence[int]) -> list[list[int]]:
    found: list[list[int]] = []
    for before, step in pairwise([-2, *steps]):
        if step == before + 1:
            found[-1].append(step)
        else:
            found.append([step])
    return found


def _divides_columns(gutter: Gutter, segments: Sequence[PdfSegment]) -> bool:
    sides = _sides(gutter, segments)
    if any(len(side) < COLUMN_LINES or not _is_filled(side) for side in sides):
        return False
    (low, high), (other_low, other_high) = (_extent(side) for side in sides)
    shared = min(high, other_high) - max(low, other_low)
    return shared > 0.3 * min(high - low, other_high - other_low)


def _keeps_clear(page_rows: Sequence[PdfLine], gutter: Gutter) -> bool:
    """Whether hardly any text of a page crosses a gutter."""
    segments = [segment for row in page_rows for segment in row.segments]
    left, right = _sides(gutter, segments)
    return len(segments) - len(left) - len(right) <= CROSSED_BY * len(page_rows)


def _sides(
    gutter: Gutter, segments: Sequence[PdfSegment]
) -> tuple[Sequence[PdfSegment], Sequence[PdfSegment]]:
    return (
        [segment for segment in segments if segment.right <= gutter.left + STEP],
        [segment for segment in segments if segment.left >= gutter.right - STEP],
    )


def _is_filled(side: Sequence[PdfSegment]) -> bool:
    """Whether enough lines of a column reach over most of it, as those of prose do."""
    width = max(segment.right for segment in side) - min(segment.left for segment in side)
    long = sum(segment.right - segment.left >= LONG_LINE * width for segment in side)
    return width >= COLUMN_WIDTH and long >= max(COLUMN_LINES, LONG_LINES * len(side))


def _extent(side: Sequence[PdfSegment]) -> tuple[float, float]:
    return min(each.baseline for each in side), max(each.baseline for each in side)


def _columns(page_rows: Sequence[PdfLine], gutters: Gutters, column: str) -> Iterator[PdfLine]:
    gutter = gutters.of(page_rows, column) if len(column) < MAX_COLUMNS_DEEP else None
    if gutter is None:
        for row in page_rows:
            yield PdfLine(row.segments, row.page, column)
        return
    for spans, band in _bands(page_rows, gutter):
        if spans:
            yield from (PdfLine(row.segments, row.page, column) for row in band)
        else:
            for side, segments in zip("lr", _sides_of(band, gutter), strict=True):
                if segments:
                    side_rows = rows(segments, band[0].page)
                    yield from _columns(side_rows, gutters, column + side)


def _bands(page_rows: Sequence[PdfLine], gutter: Gutter) -> list[tuple[bool, list[PdfLine]]]:
    """The rows in groups: in turn, those that cross the gutter and those that keep clear of it."""
    over = _over_columns(page_rows, gutter)
    bands: list[tuple[bool, list[PdfLine]]] = []
    for at, row in enumerate(page_rows):
        crosses = any(
            segment.left < gutter.left - STEP and segment.right > gutter.right + STEP
            for segment in row.segments
        )
        spans = crosses or at in over
        if bands and bands[-1][0] == spans:
            bands[-1][1].append(row)
        else:
            bands.append((spans, [row]))
    return bands


def _over_columns(page_rows: Sequence[PdfLine], gutter: Gutter) -> set[int]:
    """The places of rows that belong to both columns though they are too short to cross the gutter:
    a heading and the rows below it, if the right column is empty beside them."""
    height = median(row.height for row in page_rows)
    beside = [
        at for at, row in enumerate(page_rows) if row.segments[-1].left >= gutter.right - STEP
    ]
    found: set[int] = set()
    for above, below in pairwise(beside):
        if page_rows[above].baseline - page_rows[below].baseline < ROOM_FOR_HEADING * height:
            continue
        heads = (at for at in range(above + 1, below) if _is_large(page_rows, at, height))
        first = next(heads, below)
        if below - first <= MOST_OVER_COLUMNS:
            found |= set(range(first, below))
    return found


def _is_large(page_rows: Sequence[PdfLine], at: int, height: float) -> bool:
    """Whether a row is set as a heading, with room above it."""
    row = page_rows[at]
    is_apart = page_rows[at - 1].baseline - row.baseline > ROOM_ABOVE * height
    return is_apart and (row.bold or row.height > OVER_COLUMNS * height)


def _sides_of(band: Sequence[PdfLine], gutter: Gutter) -> tuple[list[PdfSegment], list[PdfSegment]]:
    segments = [segment for row in band for segment in row.segments]
    left = [segment for segment in segments if segment.left < gutter.middle]
    return left, [segment for segment in segments if segment.left >= gutter.middle]
