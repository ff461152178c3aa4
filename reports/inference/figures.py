"""Figures: the numbers that a finding quotes, as printed, each with what it counts.

Inferred by rules: shares, sums of money, ratios, spans of time, and numbers with the noun in the
plural that follows them. Dates, years, and numbers that are names (“section 42”) are no figures.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

MOST = 40  # of one finding

_MONTHS = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
)
_NUMBER = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,6})?"
_NAMED = (
    "sections?|parts?|schedules?|regulations?|articles?|chapters?|levels?|tiers?|stages?|phases?|"
    "waves?|appendix|tables?|pages?|items?|numbers?|bands?|grades?|standards?|priority|objective|"
    "pillars?|outcomes?|years?|version"
)
# No word of these is counted: “13 of the”, “40 were”.
_BETWEEN = (
    "a|about|against|an|and|as|at|before|but|by|did|do|does|for|from|had|has|have|in|into|is|it|"
    "its|of|on|or|out|over|since|than|that|the|their|this|to|was|were|which|who|with"
)
_NO_PLURALS = "across|always|as|does|has|is|its|less|perhaps|plus|this|thus|towards|us|was|whereas"

_NO_FIGURES = re.compile(
    rf"""
      \b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:(?:to|and|[-–])\s+\d{{1,2}}(?:st|nd|rd|th)?\s+)?{_MONTHS}\b
        (?:,?\s+\d{{4}})?
    | \b{_MONTHS}\s+\d{{1,4}}\b
    | \b\d{{1,4}}/\d{{1,4}}(?:/\d{{1,4}})?\b
    | \b(?:19|20)\d\d(?:\s?[-–]\s?(?:(?:19|20)?\d\d)\b)?(?!,\d|\s?%|\w)
    | \b\d(?:-to-|\sto\s|:)\d\b
    | \b(?:{_NAMED})\s+\d{{1,4}}(?!\d|\.\d|\s?%)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FIGURE = re.compile(
    rf"""(?<![\w.,/£-])(?:
        £\s?{_NUMBER}(?:\s?(?:million|billion|thousand|bn|m|k)\b)?
    |   {_NUMBER}\s?(?:%|per\s?cent\b|percentage\spoints?\b)
    |   {_NUMBER}\sout\sof\s(?:every\s|the\s)?{_NUMBER}
    |   \d{{1,3}}\sin\s(?:every\s)?\d{{1,3}}(?![\w,.]*\d)
    |   {_NUMBER}[\s-]?(?:working\s|calendar\s)?(?:minute|hour|day|week|month|year)s?\b
    |   {_NUMBER}(?:\s(?!(?:{_BETWEEN})\b)[a-z][\w’'-]{{0,30}}){{0,2}}?
        \s(?:people|children|staff|men|women|(?!(?:{_NO_PLURALS})\b)[a-z][\w-]{{1,30}}(?<![su])s)\b
    |   (?=\d\d|\d[.,]\d){_NUMBER}
    )(?!\w|[.,/-]?\d)""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One figure taken apart; the attributes are those of the model `Figure`."""

    text: str
    value: Decimal | None = None
    unit: str = ""
    measure: str = ""
    whose: str = ""
    period: str = ""
    direction: str = ""
    clear: bool = False


def quantities(text: str, figures: Iterable[str]) -> tuple[Quantity, ...]:
    """What each of a finding's figures says; those that are not in the text are left out."""
    return tuple(Quantity(figure) for figure in figures if figure in text)


def figures_in(text: str) -> tuple[str, ...]:
    """Each figure once, in the order of the text; every one stands in it word for word."""
    return tuple(dict.fromkeys(_figures(text)))[:MOST]


def _figures(text: str) -> Iterator[str]:
    # Blanks of the same length, so that positions stay.
    rest = _NO_FIGURES.sub(lambda match: " " * len(match[0]), text)
    for match in _FIGURE.finditer(rest):
        yield text[match.start() : match.end()]
