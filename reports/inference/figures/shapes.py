"""The shapes a figure can have, in the order in which they are tried."""

import re
from collections.abc import Iterable

from reports.facts.dates import MONTHS
from reports.facts.taxonomy import load
from reports.inference.figures.numbers import DIGITS, FRACTIONS, NUMBER, SCALES, WORDS

WORDS_OF = load("figures.toml")
MONTH = rf"(?-i:{'|'.join(MONTHS)})"
TIME = r"(?:minute|hour|day|week|month|year)"
_PLAIN_TIME = rf"(?:(?:working|calendar)\s)?{TIME}s?"


def any_of(name: str) -> str:
    """The words of one list of the data file as alternatives."""
    return alternatives(WORDS_OF[name])


def alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


_PLURAL = (
    rf"(?:people|children|staff|men|women|(?!(?:{any_of('no_plurals')})\b)"
    r"[a-z][a-z’'-]{1,30}(?<![su])s)(?![\w’'])"
)
_MODIFIER = rf"\s(?!(?:{any_of('between')})\b)[a-z][\w’'-]{{0,30}}"
_COUNTED = rf"(?:{_MODIFIER}){{0,3}}?\s{_PLURAL}(?:\s{_PLURAL})?"
_PERCENT = r"\s?(?:%|per\s?cent\b|percentage\spoints?\b)"
_SAYS = r"(?!\s(?:\w+\s){0,3}?(?:told|said|felt|described|reported|thought|spoke)\b)"

PAIR = re.compile(
    rf"""from\s(?:£\s?)?{NUMBER}(?:{_PERCENT}|\s(?:million|billion))?(?:\s{_PLAIN_TIME})?
         (?:\sin\s[\w/]+(?:\s\d{{4}})?)?(?:{_COUNTED})?\sto\s
         (?P<later>£\s?{NUMBER}(?:\s(?:million|billion|m|bn)\b)?|{NUMBER})
         (?P<unit>{_PERCENT}|\sper\s\d[\d,]*|\s{_PLAIN_TIME}\b|{_COUNTED})?""",
    re.VERBOSE | re.IGNORECASE,
)
RANGE = re.compile(
    rf"""(?:between\s)?{NUMBER}(?:{_PERCENT})?\s?(?:to|and|[-–])\s?{NUMBER}
         (?P<unit>{_PERCENT}|\s{_PLAIN_TIME}\b)""",
    re.VERBOSE | re.IGNORECASE,
)
RATE = re.compile(rf"(?P<value>{DIGITS})\s(?P<unit>per\s\d[\d,]*)", re.IGNORECASE)
RATIO = re.compile(
    rf"""(?:(?P<part>(?:{NUMBER}|one))\s(?:out\s)?of\s(?:every\s|the\s|all\s|its\s|their\s)?
          (?P<whole>{NUMBER})(?!\s?(?:%|{TIME}))
        | (?P<one>(?:{NUMBER}|one))\sin\s(?:every\s)?(?P<every>{WORDS}|\d{{1,3}})
          (?!\s?{TIME}|[\w,.]*\d|\s(?:of|areas|places|towns)))""",
    re.VERBOSE | re.IGNORECASE,
)
_FRACTION_WORDS = alternatives(FRACTIONS)
FRACTION = re.compile(
    rf"""(?:(?<=by\s)|(?<=than\s)|(?<=over\s)|(?<=nearly\s)|(?<=almost\s)|(?<=about\s)|(?<=around\s)
          |(?<=just\s)|(?<=in\s)|(?<=only\s))(?P<near>{_FRACTION_WORDS})\b
          (?!\s(?:an?\s|party|parties|hour|year|day|term|person|sector|time))
        | \b(?P<of>{_FRACTION_WORDS})(?=\s(?:of|the|all|were|was|had)\b)""",
    re.VERBOSE | re.IGNORECASE,
)
MONEY = re.compile(
    rf"£\s?(?P<value>{DIGITS})(?:\s?(?P<scale>{alternatives(SCALES)})\b)?",
    re.IGNORECASE,
)
PERCENT = re.compile(
    rf"(?P<value>{NUMBER})\s?(?P<unit>%|per\s?cent\b|percentage\spoints?\b)", re.IGNORECASE
)
SPAN = re.compile(
    rf"(?P<value>{NUMBER})[\s-](?P<unit>(?:(?:working|calendar)\s)?{TIME}s?)\b", re.IGNORECASE
)
RANK = re.compile(
    r"(?P<value>\d{1,3})(?:st|nd|rd|th)\s?(?:(?:best|highest|lowest|worst|most)\s)?"
    r"(?:nationally|in\s(?:England|the\s(?:country|region))|out\sof\s\d{1,3}|of\s\d{1,3}|overall)"
    r"|(?<=ranked\s)(?P<ranked>\d{1,3})(?:st|nd|rd|th)?(?:\s(?:nationally|out\sof\s\d{1,3}|of\s\d{1,3}))?",
    re.IGNORECASE,
)
COUNT = re.compile(rf"(?P<value>{NUMBER})(?P<unit>{_COUNTED}){_SAYS}")
BARE = re.compile(rf"(?=\d\d|\d[.,]\d)(?P<value>{DIGITS})")

SHAPES = (PAIR, RANGE, RATE, RATIO, FRACTION, MONEY, PERCENT, RANK, SPAN, COUNT, BARE)
# Where any figure can begin and end.
BEGIN, END = r"(?<![\w.,/£-])", r"(?!\w|[.,/-]?\d)"
