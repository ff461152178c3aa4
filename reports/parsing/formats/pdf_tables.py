"""Finds the tables of a PDF: neighbouring lines whose cells are in the same columns.

A cell can have several lines. Lines that are as close together as those of a paragraph make one
row, unless each of them fills all columns.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reports.parsing.formats.pdf_page import PdfLine, PdfSegment

SAME_PLACE = 4.0
# The gap between cells is wider than any gap between the words of one line.
CELL_GAP = 0.9
MIN_CELLS = 2
# The most distance between lines of a table, and between lines of one cell, by their height.
ROW_GAP = 4.0
LINE_GAP = 1.3


@dataclass(frozen=True)
class PdfTable:
    """The place after the last line of a table, and what its cells say."""

    end: int
    rows: tuple[tuple[str, ...], ...]


def tables(lines: Sequence[PdfLine]) -> dict[int, PdfTable]:
    """The tables by the place of their first line."""
    found: dict[int, PdfTable] = {}
    at = 0
    while at < len(lines):
        end = _end(lines, at)
        if end > at:
            found[at] = PdfTable(end, _rows(lines[at:end]))
        at = max(end, at + 1)
    return found


def _end(lines: Sequence[PdfLine], at: int) -> int:
    """Where the table that a line begins ends; the line's own place if it begins none."""
    head = lines[at]
    if not _can_be_head(head):
        return at
    end, rows = at + 1, 1
    while end < len(lines) and _is_of_table(head, lines, end):
        rows += len(lines[end].segments) >= MIN_CELLS and _is_row(head, lines[end])
        end += 1
    while end > at and len(lines[end - 1].segments) < MIN_CELLS and not _goes_on(lines, end - 1):
        end -= 1
    return end if rows > 1 else at


def _can_be_head(line: PdfLine) -> bool:
    # A bullet or number is apart from its text too.
    is_item = not any(char.isalpha() for char in line.segments[0].text)
    return len(line.segments) >= MIN_CELLS and not is_item and _has_gaps(line)


def _is_of_table(head: PdfLine, lines: Sequence[PdfLine], at: int) -> bool:
    line = lines[at]
    gap = lines[at - 1].baseline - line.baseline
    if (line.page, line.column) != (head.page, head.column) or not 0 < gap <= ROW_GAP * head.height:
        return False
    if len(line.segments) == len(head.segments):
        return _is_row(head, line)
    is_part = len(line.segments) < len(head.segments) and _has_gaps(line)
    if len(line.segments) < MIN_CELLS and gap > LINE_GAP * head.height:
        # A short line of prose below a table, unless the rest of its row is right below it.
        below = lines[at + 1 : at + 2]
        is_part = is_part and any(
            len(each.segments) >= MIN_CELLS
            and line.baseline - each.baseline < head.height
            and _fits(head, each)
            for each in below
        )
    return is_part and _fits(head, line)


def _is_row(head: PdfLine, line: PdfLine) -> bool:
    """Whether a line fills the columns of a table, or some of them."""
    if not _has_gaps(line):
        return False
    if len(line.segments) != len(head.segments):
        return _fits(head, line)
    return all(map(_in_one_column, head.segments, line.segments))


def _fits(head: PdfLine, line: PdfLine) -> bool:
    """Whether each segment of a line is within one column."""
    places = [_column(head, segment) for segment in line.segments]
    return None not in places and len(set(places)) == len(places)


def _column(head: PdfLine, segment: PdfSegment) -> int | None:
    """The column of a segment; None if it crosses two."""
    ends = [*(each.left for each in head.segments[1:]), float("inf")]
    for number, (cell, end) in enumerate(zip(head.segments, ends, strict=True)):
        if cell.left - SAME_PLACE <= segment.left and segment.right < end:
            return number
        if _in_one_column(cell, segment):
            return number
    return None


def _goes_on(lines: Sequence[PdfLine], at: int) -> bool:
    """Whether a line with one cell is near the line above it."""
    return lines[at - 1].baseline - lines[at].baseline <= LINE_GAP * lines[at].height


def _rows(lines: Sequence[PdfLine]) -> tuple[tuple[str, ...], ...]:
    head = lines[0]
    rows: list[list[PdfLine]] = [[head]]
    for before, line in pairwise(lines):
        near = before.baseline - line.baseline <= LINE_GAP * line.height
        is_full = len(line.segments) == len(head.segments)
        had_full = any(len(each.segments) == len(head.segments) for each in rows[-1])
        if near and not (is_full and had_full):
            rows[-1].append(line)
        else:
            rows.append([line])
    return tuple(_cells(head, row) for row in rows)


def _cells(head: PdfLine, row: Sequence[PdfLine]) -> tuple[str, ...]:
    cells: list[list[str]] = [[] for _ in head.segments]
    for line in row:
        for place, segment in enumerate(line.segments):
            column = _column(head, segment) if len(line.segments) < len(cells) else place
            cells[place if column is None else column].append(segment.text)
    return tuple(" ".join(cell) for cell in cells)


def _in_one_column(one: PdfSegment, other: PdfSegment) -> bool:
    """Whether two cells have the same left edge, right edge or middle."""
    left, right = (one.left, one.right), (other.left, other.right)
    return (
        abs(left[0] - right[0]) <= SAME_PLACE
        or abs(left[1] - right[1]) <= SAME_PLACE
        or abs(sum(left) - sum(right)) <= 2 * SAME_PLACE
    )


def _has_gaps(line: PdfLine) -> bool:
    return all(b.left - a.right > CELL_GAP * line.height for a, b in pairwise(line.segments))
