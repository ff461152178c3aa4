"""Finds running headers, footers and page numbers: rows that many pages have at the same edge.

A row at the edge of a page is furniture if the same words, apart from figures, are at the same
height on many pages, or if it is a page number. Then the next row is examined. Only a page number
at the very edge is judged by its words alone.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reports.parsing.formats.pdf_page import PdfLine

# Odd and even pages can differ, and the first can have none.
SHARED_BY = 0.4
SAME_HEIGHT = 4.0
MAX_EDGE_ROWS = 4
FIGURES = re.compile(r"\d+")
PAGE_NUMBER = re.compile(
    r"(?:page\s*)?(?:[-–—|]\s*)?\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?(?:\s*[-–—|])?", re.IGNORECASE
)


@dataclass(frozen=True)
class PdfPage:
    """The rows of a page, and those of its margins that are not on an earlier page."""

    rows: Sequence[PdfLine]
    furniture: Sequence[PdfLine]


def without_margins(pages: Sequence[Sequence[PdfLine]]) -> list[PdfPage]:
    """Each page without its margins. The words of margins are kept with the first page that has
    them."""
    top = _furniture_at_top(pages)
    upside_down = [rows[count:][::-1] for rows, count in zip(pages, top, strict=True)]
    bottom = _furniture_at_top(upside_down)
    said: set[str] = set()
    found: list[PdfPage] = []
    for rows, first, last in zip(pages, top, bottom, strict=True):
        end = len(rows) - last
        margins = [*rows[:first], *rows[end:]]
        found.append(PdfPage(rows[first:end], list(_unsaid(margins, said))))
    return found


def _unsaid(margins: Iterable[PdfLine], said: set[str]) -> Iterator[PdfLine]:
    for row in margins:
        words = FIGURES.sub("#", row.text)
        if words not in said:
            said.add(words)
            yield row


def _furniture_at_top(pages: Sequence[Sequence[PdfLine]]) -> list[int]:
    """How many of the first rows of each page are furniture."""
    cut = [0] * len(pages)
    for _ in range(MAX_EDGE_ROWS):
        edge = [
            rows[count] if count < len(rows) else None
            for rows, count in zip(pages, cut, strict=True)
        ]
        shared = _shared(edge)
        found = [
            row is not None and (row in shared or bool(PAGE_NUMBER.fullmatch(row.text)))
            for row in edge
        ]
        if not any(found):
            break
        cut = [count + each for count, each in zip(cut, found, strict=True)]
    return cut


def _shared(edge: Sequence[PdfLine | None]) -> set[PdfLine]:
    """The rows that are at about the same height on many pages."""
    places = Counter(_place(row) for row in edge if row is not None)
    enough = max(2, SHARED_BY * len(edge))
    shared: set[PdfLine] = set()
    for row in filter(None, edge):
        words, height = _place(row)
        if sum(places[words, height + near] for near in (-1, 0, 1)) >= enough:
            shared.add(row)
    return shared


def _place(row: PdfLine) -> tuple[str, int]:
    return FIGURES.sub("#", row.text), round(row.baseline / SAME_HEIGHT)
