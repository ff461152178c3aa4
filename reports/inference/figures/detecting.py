"""Which words of a text are figures.

Shares, sums of money, rates, ratios, pairs and ranges, fractions, ranks, spans of time, and numbers
with the noun that they count, in digits or in words. Dates, ages, periods, durations in names and
numbers that are names do not count. If in doubt, the rules leave a figure out, because a wrong one
is worse.
"""

import re
from collections.abc import Iterator

from reports.inference.figures.not_figures import NO_FIGURES
from reports.inference.figures.shapes import BEGIN, END, SHAPES

MOST = 40  # of one finding

_ANY = re.compile(
    "|".join(f"{BEGIN}(?:{re.sub(r'[?]P<[a-z]+>', '?:', shape.pattern)}){END}" for shape in SHAPES),
    re.VERBOSE | re.IGNORECASE,
)


def figures_in(text: str) -> tuple[str, ...]:
    """Each figure once, in the order of the text and word for word."""
    return tuple(dict.fromkeys(_figures(text)))[:MOST]


def _figures(text: str) -> Iterator[str]:
    # Blanks of the same length, so that positions stay.
    rest = NO_FIGURES.sub(lambda match: " " * len(match[0]), text)
    for match in _ANY.finditer(rest):
        yield text[match.start() : match.end()].strip()
