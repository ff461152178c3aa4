"""Keeps spreadsheets from running text of a report as a formula."""

# A cell that begins with one of these is a formula to a spreadsheet, and some look past blanks.
# owasp.org/www-community/attacks/CSV_Injection
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
CONTROLS = ("\t", "\r", "\n")
BLANKS = " \t\r\n\u00a0\u200b\ufeff"


def safe_cell(text: str) -> str:
    """`text`, with a mark in front if a spreadsheet would run it as a formula."""
    if text.startswith(CONTROLS) or text.lstrip(BLANKS).startswith(FORMULA_STARTS):
        return f"'{text}"
    return text
