"""Tables of a PDF: rows that follow one another and whose cells stand in the same columns."""

from collections.abc import Sequence
from itertools import pairwise

from reports.parsing.formats.pdf_page import Line, Segment

SAME_PLACE = 4.0
# Words of one line that are set wide apart stand nearer than cells do.
CELL_GAP = 0.9
MIN_CELLS = 2
ROW_GAP = 4.0


def rows_of_tables(lines: Sequence[Line]) -> set[int]:
    """The ids of the lines that are rows of tables."""
    found: set[int] = set()
    for a, b in pairwise(lines):
        if _are_rows(a, b):
            found |= {id(a), id(b)}
    return found


def _are_rows(a: Line, b: Line) -> bool:
    if len(a.segments) != len(b.segments) or len(a.segments) < MIN_CELLS:
        return False
    if (a.page, a.column) != (b.page, b.column) or a.baseline - b.baseline > ROW_GAP * a.height:
        return False
    # A bullet or number and its text stand apart too.
    if not any(char.isalpha() for char in a.segments[0].text + b.segments[0].text):
        return False
    return all(map(_in_one_column, a.segments, b.segments)) and _has_gaps(a) and _has_gaps(b)


def _in_one_column(one: Segment, other: Segment) -> bool:
    """Whether two cells have the same left edge, right edge or middle."""
    left, right = (one.left, one.right), (other.left, other.right)
    return (
        abs(left[0] - right[0]) <= SAME_PLACE
        or abs(left[1] - right[1]) <= SAME_PLACE
        or abs(sum(left) - sum(right)) <= 2 * SAME_PLACE
    )


def _has_gaps(line: Line) -> bool:
    return all(b.left - a.right > CELL_GAP * line.height for a, b in pairwise(line.segments))
