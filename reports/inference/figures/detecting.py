"""Which words of a text are figures.

Shares, sums of money, rates, ratios, pairs and ranges, fractions, ranks, spans of time, and numbers
with the noun that they count, in digits or in words. Dates, ages, periods, durations in names and
numbers that are names do not count. If in doubt, the rules leave a figure out, because a wrong one
is worse.
"""

import re
from collections.abc import Iterator

from reports.inference.figures.numbers import NUMBER
from reports.inference.figures.shapes import BEGIN, END, MONTH, SHAPES, TIME, any_of

MOST = 40  # of one finding

_DATES = (
    (
        rf"\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:(?:to|and|[-–])\s+\d{{1,2}}(?:st|nd|rd|th)?\s+)?{MONTH}\b"
        r"(?:,?\s+\d{4})?"
    ),
    # "At the end of March 31 people waited" has a figure.
    rf"\b{MONTH}\s+(?:\d{{4}}|\d{{1,2}}(?!\s(?:people|[a-z]+s)\b))\b",
    r"\b\d{1,4}/\d{1,4}(?:/\d{1,4})?\b",
    (
        r"\b(?:19|20)\d\d(?:\s?[-–]\s?(?:(?:19|20)?\d\d)\b)?"
        r"(?!,\d|\s?%|\w|\s(?:people|carers|assess))"
    ),
)
_NAMES = (
    rf"\b\d(?:-to-|\sto\s|:)\d\b(?!\s?(?:%|{TIME}))",  # 1-to-1
    r"\b0\d{2,4}\s?\d{3}\s?\d{3,4}\b",  # telephone numbers
    rf"\b(?:{any_of('named')})\s+\d{{1,4}}(?:\s(?:and|or|to)\s\d{{1,4}})?(?!\d|\.\d|\s?%)",
    rf"\b{NUMBER}[\s-]{TIME}s?\s(?:{any_of('named_after_duration')})\b",
)
_SPAN_OF_AGES = r"\d{1,2}(?:\s(?:to|and|or)\s(?:\d{1,2}|over|above|older|under|younger))?"
_AGES = (
    rf"\baged?\s(?:of\s|between\s|from\s|over\s|under\s)?{_SPAN_OF_AGES}",
    r"\b\d{2}\+",
    (
        r"\b(?:people|adults|men|women|those|anyone|residents|children)"
        rf"\s(?:aged|from|over|under|of)\s(?:the\sage\sof\s)?{_SPAN_OF_AGES}(?!\s?%|,\d|\d)"
    ),
    r"\b\d{1,2}\s(?:and|or)\s(?:over|above|under|older|younger)\b",
    r"\b(?:over|under)[\s-]\d{2}s\b",
    r"\b\d{1,2}[\s-](?:to|–|-)[\s-]?\d{1,2}[\s-]year[\s-]olds?\b",
    rf"\b{NUMBER}[\s-]years?[\s-]olds?\b",
    rf"\b{NUMBER}\syears\sof\sage\b",
    r"\b(?:turned|turning|turn|approaching|reached)\s(?:the\sage\sof\s)?\d{2}\b",
    r"\b\d{2}th\sbirthdays?\b",
)
_LAST = r"(?:last|past|previous|next|following|preceding|coming|first)"
_PERIODS = (
    rf"\b(?:in|over|during|for|within|of|across)\s(?:the\s)?{_LAST}\s{NUMBER}\s{TIME}s\b",
    (
        rf"\b(?:the|last|past|previous|next)\s{NUMBER}\s{TIME}s"
        r"\s(?:prior|before|to|ending|up\sto|from|until)\b"
    ),
    # "Waited over 18 months" and "employed for over 10 years" are figures.
    "".join(rf"(?<!{word}\s)" for word in ("for", "waited", "waiting", "wait", "was", "were"))
    + r"(?<!takes\s)(?<!took\s)"
    + rf"\b(?:over|in|across|after|every)\s{NUMBER}\s{TIME}s\b(?!\sold)",
    rf"\b{NUMBER}\shours\sa\sday\b",
    rf"\b{NUMBER}\sdays\s(?:a|per)\sweek\b",
    rf"\b{NUMBER}-day\sweek\b",
    r"\bseven-day\b",
    r"\b91\sdays\b",  # how long after leaving hospital reablement is measured
)
# Numbers that are not figures: dates, ages, periods, and numbers that are names.
NO_FIGURES = re.compile("|".join((*_DATES, *_NAMES, *_AGES, *_PERIODS)), re.IGNORECASE)
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
