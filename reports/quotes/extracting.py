"""Finds the quotations of a text, and what the words around each claim about it.

    “with curly marks”        "with straight marks"        ‘with single curly marks’

In a text without any quotation mark, each paragraph is one quotation. The other words of the
paragraph may name an authority and a score: those are the claim.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from reports.facts.gazetteer import by_exact_name

_MARKED = re.compile(
    r"“(?P<curly>[^“”]+)”"
    r'|"(?P<straight>[^"]+)"'
    # A single closing mark may be an apostrophe: the last one before a break is the end.
    r"|(?<!\w)‘(?P<single>[^‘“”\"]+?)’(?!\w)"
)
_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_SCORE = re.compile(
    r"\b(?:scor(?:e|ed|es|ing)|rat(?:ed|ing))\b[^.\d]{0,20}\b(?P<score>[1-4])\b"
    r"(?!\s*(?:%|per\s?cent|out of (?!4\b)))(?![.,]\d)",
    re.IGNORECASE,
)
# Names that are also common words only count if the words around them show a name.
_WORDS_TOO = {"Reading"}
_BEFORE_A_NAME = re.compile(r"\b(?:in|of|for|at|by|from|about|on|to|,)\s+$", re.IGNORECASE)
_AFTER_A_NAME = re.compile(r"^(?:['’]s|\s+(?:Borough|Council|City))")
_OTHER_BEFORE = re.compile(r"(?:University of|North|South|East|West|Greater)\s+$")
_OTHER_AFTER = re.compile(r"^\s+(?:Police|University|NHS|Hospital|Street|Road)\b")


@dataclass(frozen=True, slots=True)
class Quotation:
    """`start` is its place in the text. `authorities` are the slugs of the authorities named around
    it, `score` the score if exactly one is."""

    text: str
    start: int
    authorities: tuple[str, ...] = ()
    score: int | None = None


def quotations(text: str) -> list[Quotation]:
    """The quotations in the order of the text. Marks with only blanks between them do not count."""
    marked = any(_MARKED.search(paragraph[0]) for paragraph in _PARAGRAPH.finditer(text))
    found: list[Quotation] = []
    for paragraph in _PARAGRAPH.finditer(text):
        if marked:
            found += _quoted(paragraph[0], paragraph.start())
        elif paragraph[0].strip():
            found.append(Quotation(paragraph[0].strip(), paragraph.start()))
    return found


def _quoted(paragraph: str, offset: int) -> Iterator[Quotation]:
    outside = _MARKED.sub(" … ", paragraph)
    authorities = tuple(dict.fromkeys(named_authorities(outside)))
    scores = {int(match["score"]) for match in _SCORE.finditer(outside)}
    score = scores.pop() if len(scores) == 1 else None
    for mark in _MARKED.finditer(paragraph):
        text = next(group for group in mark.groups() if group)
        if text.strip():
            yield Quotation(text.strip(), offset + mark.start(), authorities, score)


def named_authorities(text: str) -> Iterator[str]:
    """The slugs of the authorities that the text names, in order."""
    for match in _names().finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        if _OTHER_BEFORE.search(before) or _OTHER_AFTER.search(after):
            continue
        if match[0] in _WORDS_TOO and not (
            _BEFORE_A_NAME.search(before) or _AFTER_A_NAME.search(after)
        ):
            continue
        yield by_exact_name()[match[0]].slug


@cache
def _names() -> re.Pattern[str]:
    """The names, longest first, so that “Bath and North East Somerset” is not read as another
    Somerset."""
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(re.escape, by_exact_name()))})(?![\w-])")
