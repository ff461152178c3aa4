"""Notes at the foot of a page or column: smaller type that begins with a mark."""

import re
from collections.abc import Sequence
from itertools import groupby

from reports.parsing.formats.pdf_page import PdfLine

NOTE = re.compile(r"\[?([0-9]{1,2}|[*†‡])[.\])]?\s+(?=\w)")
NOTE_HEIGHT = 0.9


def separate_notes(
    lines: Sequence[PdfLine], height: float
) -> tuple[list[PdfLine], list[list[PdfLine]]]:
    """The lines of prose, and the lines of each note; `height` is that of the body type.

    A paragraph that continues on the next page is then not divided by the notes between its lines.
    """
    prose: list[PdfLine] = []
    notes: list[list[PdfLine]] = []
    for _, some in groupby(lines, key=lambda line: (line.page, line.column)):
        column = list(some)
        begins = _first_note(column, height)
        prose += column[:begins]
        for line in column[begins:]:
            if opens_note(line):
                notes.append([line])
            else:
                notes[-1].append(line)
    return prose, notes


def opens_note(line: PdfLine) -> bool:
    return bool(line.mark or NOTE.match(line.text))


def is_small(line: PdfLine, height: float) -> bool:
    return line.height < NOTE_HEIGHT * height


def text_of_note(text: str, mark: str) -> tuple[str, str]:
    """The words of a note without its mark, and the mark."""
    found = NOTE.match(text)
    return (text, mark) if mark or not found else (text[found.end() :], found[1])


def _first_note(column: Sequence[PdfLine], height: float) -> int:
    """Where the notes at the end of a column begin; the end of the column if it has none."""
    at = len(column)
    while at and is_small(column[at - 1], height):
        at -= 1
    places = (place for place in range(at, len(column)) if opens_note(column[place]))
    return next(places, len(column))
