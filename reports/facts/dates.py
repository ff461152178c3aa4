"""Dates that say how precise they are.

A date is an ISO 8601 text cut at the precision that is known: `2025-02-28`, `2025-02`, `2025`, or
empty for an undated document. Such texts sort, compare by prefix, and cannot pretend to a day
nobody printed.
"""

import datetime
import re

PARTIAL_DATE = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?")
UNDATED = ""


def is_partial_date(text: str) -> bool:
    """Whether `text` is empty or a real calendar day, month or year."""
    if text == UNDATED:
        return True
    if not PARTIAL_DATE.fullmatch(text):
        return False
    if len(text) < 10:
        return True
    try:
        datetime.date.fromisoformat(text)
    except ValueError:
        return False
    return True


def agree(one: str, other: str) -> bool:
    """Whether two partial dates can be the same date, known to different precision.

    Undated agrees only with undated: an unknown date is not evidence for a known one.
    """
    if not one or not other:
        return one == other
    return one.startswith(other) or other.startswith(one)


def year_of(text: str) -> str:
    return text[:4]


def display(text: str) -> str:
    """`2025-02-28` as "28 February 2025", `2025-02` as "February 2025", empty as "undated"."""
    if not text:
        return "undated"
    if len(text) == 4:
        return text
    month = datetime.date.fromisoformat(f"{text[:7]}-01").strftime("%B %Y")
    return month if len(text) == 7 else f"{int(text[8:])} {month}"
