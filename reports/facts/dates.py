"""Dates that say how precise they are.

A date is an ISO 8601 text cut at the precision that is known: `2025-02-28`, `2025-02`, `2025`, or
empty for an undated document. Such texts sort, compare by prefix, and never name a day that nobody
printed. The digits are ASCII and the year is from 1900 to 2100, because any other year is an error.
"""

import datetime
import re

# `[0-9]`, because `\d` is also every digit of other scripts.
PARTIAL_DATE = re.compile(r"([0-9]{4})(?:-[0-9]{2}){0,2}")
YEARS = range(1900, 2101)
UNDATED = ""
MONTHS = tuple(datetime.date(2000, month, 1).strftime("%B") for month in range(1, 13))


def is_partial_date(text: str) -> bool:
    """Whether `text` is empty or a real calendar day, month or year from 1900 to 2100."""
    if text == UNDATED:
        return True
    found = PARTIAL_DATE.fullmatch(text)
    if not found or int(found[1]) not in YEARS:
        return False
    try:
        # A month and a year are real if their first day is.
        datetime.date.fromisoformat(f"{text}-01-01"[:10])
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
    """`2025-02-28` as "28 February 2025", `2025-02` as "February 2025", empty as "undated". A text
    that is not a partial date is returned unchanged, because a page that shows it must not fail."""
    if not text:
        return "undated"
    if not is_partial_date(text):
        return text
    year, month, day = [*text.split("-"), "", ""][:3]
    named = MONTHS[int(month) - 1] if month else ""
    return " ".join(filter(None, (day.lstrip("0"), named, year)))
