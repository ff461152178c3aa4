"""A table as CSV (RFC 4180, UTF-8), after lines that say what the file is.

Those lines begin with “#”, which is how CSV on the Web marks comments (`commentPrefix`).
"""

import csv
from collections.abc import Iterator
from typing import Any

from reports.exports.tables import Cell, Export, as_text, in_chunks

BYTE_ORDER_MARK = "\ufeff"  # Excel needs it to recognise UTF-8
# A cell that begins with one of these is a formula to a spreadsheet, and some look past blanks.
# owasp.org/www-community/attacks/CSV_Injection
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
CONTROLS = ("\t", "\r", "\n")
BLANKS = " \t\r\n\u00a0\u200b\ufeff"


class Echo:
    """A file whose `write` returns what it is given."""

    def write(self, value: str) -> str:
        return value


def csv_chunks(export: Export[Any], *, preamble: bool = True) -> Iterator[str]:
    """The file in pieces. Without `preamble` its first line is the column titles."""
    writer = csv.writer(Echo())
    yield BYTE_ORDER_MARK
    if preamble:
        for label, text in export.about_lines():
            yield writer.writerow([f"# {label}: {' '.join(text.split())}"])
    yield writer.writerow(export.table.titles)
    yield from in_chunks(writer.writerow(map(_written, cells)) for cells in export.cells())


def safe_cell(text: str) -> str:
    """`text`, with a mark in front if a spreadsheet would run it as a formula."""
    if text.startswith(CONTROLS) or text.lstrip(BLANKS).startswith(FORMULA_STARTS):
        return f"'{text}"
    return text


def _written(cell: Cell) -> str:
    """Numbers are written unchanged: only a text can be mistaken for a formula."""
    return str(cell) if isinstance(cell, int | float) else safe_cell(as_text(cell))
