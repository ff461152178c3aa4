"""A table as an Excel workbook: a description on the first sheet, the rows on the second.

XlsxWriter works in constant memory: each row goes to a temporary file as soon as the next begins.
"""

from datetime import UTC
from typing import IO, Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from reports.exports.tables import Cell, ColumnType, Export, as_text

LONGEST_CELL = 32_767  # characters: Excel's own limit
CUT = " … (cut: Excel holds 32,767 characters a cell)"
WIDTHS = {
    ColumnType.TEXT: 24,
    ColumnType.WHOLE: 8,
    ColumnType.NUMBER: 10,
    ColumnType.LIST: 24,
    ColumnType.LINK: 40,
}
PROSE_WIDTH = 80


def write_xlsx(export: Export[Any], file: IO[bytes]) -> None:
    options = {
        "constant_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    with Workbook(file, options) as workbook:
        made_at = export.about.made_at.astimezone(UTC).replace(tzinfo=None)
        workbook.set_properties({"title": export.table.title, "created": made_at})
        _write_about(workbook.add_worksheet("About"), export, workbook)
        _write_rows(workbook.add_worksheet(export.table.title[:31]), export, workbook)


def _write_about(sheet: Worksheet, export: Export[Any], workbook: Workbook) -> None:
    bold, wrapped = workbook.add_format({"bold": True}), workbook.add_format({"text_wrap": True})
    sheet.set_column(0, 0, 20, bold)
    sheet.set_column(1, 1, 100, wrapped)
    lines = export.about_lines()
    for number, (label, text) in enumerate(lines):
        sheet.write_string(number, 0, label)
        sheet.write_string(number, 1, _fitting(text))
    for number, column in enumerate(export.table.columns, len(lines) + 1):
        sheet.write_string(number, 0, column.title)
        sheet.write_string(number, 1, column.about or f"Column “{column.name}” of the JSON file")


def _write_rows(sheet: Worksheet, export: Export[Any], workbook: Workbook) -> None:
    bold = workbook.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    plain = workbook.add_format({"text_wrap": True, "valign": "top"})
    for place, column in enumerate(export.table.columns):
        width = PROSE_WIDTH if column.prose else WIDTHS[column.type]
        sheet.set_column(place, place, width, plain)
    sheet.freeze_panes(1, 1)
    last = len(export.table.columns) - 1
    sheet.autofilter(0, 0, max(1, export.about.count), last)
    for place, title in enumerate(export.table.titles):
        sheet.write_string(0, place, title, bold)
    for number, cells in enumerate(export.cells(), 1):
        for place, cell in enumerate(cells):
            _write_cell(sheet, number, place, cell)


def _write_cell(sheet: Worksheet, number: int, place: int, cell: Cell) -> None:
    """Texts are written as text, so that Excel never runs one as a formula."""
    if isinstance(cell, int | float):
        sheet.write_number(number, place, cell)
    elif cell:
        sheet.write_string(number, place, _fitting(as_text(cell)))


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST_CELL else text[: LONGEST_CELL - len(CUT)] + CUT
