"""Numbers in digits and words: patterns and values."""

import re
from decimal import Decimal

DIGITS = r"(?:\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:\.\d{1,6})?"
_ONES = {
    word: value
    for value, word in enumerate(
        (
            *("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven"),
            *("twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen"),
            "nineteen",
        ),
        2,
    )
}
_TENS = {
    word: 10 * value
    for value, word in enumerate(
        ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"), 2
    )
}
# "One" is a pronoun in most sentences; it is read as a number only in "one in five".
_ONE = {"one": 1}
WORDS = rf"(?:(?:{'|'.join(_TENS)})(?:[- ](?:one|{'|'.join(_ONES)}))?|{'|'.join(_ONES)})"
NUMBER = rf"(?:{DIGITS}|{WORDS}(?![\w-]))"
SCALES = {
    "thousand": 1_000,
    "k": 1_000,
    "million": 1_000_000,
    "m": 1_000_000,
    "billion": 1_000_000_000,
    "bn": 1_000_000_000,
}
FRACTIONS = {
    "half": Decimal(50),
    "a third": Decimal("33.33"),
    "one third": Decimal("33.33"),
    "one-third": Decimal("33.33"),
    "two thirds": Decimal("66.67"),
    "two-thirds": Decimal("66.67"),
    "a quarter": Decimal(25),
    "one quarter": Decimal(25),
    "three quarters": Decimal(75),
    "three-quarters": Decimal(75),
    "a fifth": Decimal(20),
    "a tenth": Decimal(10),
}
_DIGITS = re.compile(DIGITS)
_PLACES = Decimal("0.01")
# The model's columns hold no more.
_MOST = Decimal(10) ** 14


def value_of(words: str) -> Decimal | None:
    """The value of one number; None if its words are not known."""
    plain = words.strip().lower()
    if _DIGITS.fullmatch(plain):
        value = Decimal(plain.replace(",", ""))
        return value if value < _MOST else None
    known = _ONES | _TENS | _ONE
    parts = plain.replace("-", " ").split(" ")
    if all(part in known for part in parts):
        return Decimal(sum(known[part] for part in parts))
    return None


def share_of(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """A ratio as a percentage."""
    if part is None or not whole:
        return None
    share = part / whole * 100
    return share.quantize(_PLACES).normalize() + 0 if share < _MOST else None
