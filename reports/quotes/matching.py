"""Whether a text holds the words of a quotation, and which differences have to be ignored.

Only kinds of quotation mark, dash and blank are ignored, and a comma or full stop at the very end.
Everything else is a difference: a letter, a capital, a comma.
"""

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import normalize

QUOTES, DASHES, SPACES = "quotation marks", "dashes", "spaces"
FINAL = "punctuation at the end"

_QUOTE_MARKS = dict.fromkeys(map(ord, "‘’‚‛“”„‟'\"`´ʼ«»‹›＇＂"), "'")
_DASH_MARKS = dict.fromkeys(map(ord, "-‐‑‒–—―−"), "-")
MARKS = _QUOTE_MARKS | _DASH_MARKS
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff"))
# Words that the quotation marks as left out or put in.
_OMITTED = re.compile(r"\s*(?:\[[^\]]{0,80}\]|\(\s*(?:\.\s*){3}\)|\(…\)|…|\.(?:\s?\.){2,3})\s*")
_BRACKETED_LETTER = re.compile(r"\[(\w)\](?=\w)")
# A word or a number on both sides of a place: letters, and signs between letters.
_GOES_ON = re.compile(r"\w\0\w|\w\0[-‐‑'’]\w|\w[-‐‑'’]\0\w|\d\0[.,]\d|\d[.,]\0\d|\d\0%")
# How each kind of difference is ignored.
_IGNORED: dict[str, Callable[[str], str]] = {
    QUOTES: lambda text: text.translate(_QUOTE_MARKS),
    DASHES: lambda text: text.translate(_DASH_MARKS),
    SPACES: lambda text: " ".join(text.translate(_INVISIBLE).split()),
}

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Located:
    """Where the parts of a quotation are in a text, and which differences were ignored. `cut` is
    true if the quotation shows that words are left out or put in."""

    spans: tuple[Span, ...]
    overlooked: tuple[str, ...]
    cut: bool = False


def locate(quotation: str, text: str) -> Located | None:
    """Where all of `quotation` is in `text`, or all its parts in order."""
    if whole := _locate_part(quotation, text, 0):
        return Located((whole[0],), whole[1])
    parts = parts_of(quotation)
    return None if parts == [quotation.strip()] else _locate_all(parts, text)


def parts_of(quotation: str) -> list[str]:
    """The parts between marks of omission. A letter in brackets stays with its word."""
    joined = _BRACKETED_LETTER.sub(r"\1", quotation)
    return [part for part in _OMITTED.split(joined) if re.search(r"\w", part)]


def stands_in(words: str, text: str) -> int | None:
    """Where `words` begin in `text` if all these differences are ignored; None if they are not
    there."""
    found = _locate_part(words, text, 0)
    return found[0][0] if found else None


def _locate_all(parts: Sequence[str], text: str) -> Located | None:
    spans: list[Span] = []
    overlooked: list[str] = []
    at = 0
    for part in parts:
        # A first letter in brackets can have changed its case.
        other_case = part[:1].swapcase() + part[1:]
        found = _locate_part(part, text, at) or _locate_part(other_case, text, at)
        if found is None:
            return None
        span, needed = found
        spans.append(span)
        overlooked += needed
        at = span[1]
    if not spans:
        return None
    return Located(tuple(spans), tuple(dict.fromkeys(overlooked)), cut=True)


def _locate_part(part: str, text: str, start: int) -> tuple[Span, tuple[str, ...]] | None:
    part, text = normalize("NFC", part).strip(), normalize("NFC", text)
    for exact in _occurrences(part, text, start):
        return exact, ()
    plain, places = _plain(text)
    wanted = _plain(part)[0].strip()
    for ending, extra in ((wanted, ()), (wanted.rstrip(",.;:"), (FINAL,))):
        if not ending:
            continue
        for first, last in _occurrences(ending, plain, bisect_left(places, start)):
            span = (places[first], places[last - 1] + 1)
            seen = part.rstrip().rstrip(",.;:") if extra else part
            return span, (*_needed(seen, text[slice(*span)]), *extra)
    return None


def _occurrences(part: str, text: str, start: int) -> Iterator[Span]:
    """The places of whole words: “art of” is not in “part of”."""
    at = text.find(part, start) if part else -1
    while at >= 0:
        end = at + len(part)
        if not _within_word(text, at) and not _within_word(text, end):
            yield at, end
        at = text.find(part, at + 1)


def _within_word(text: str, at: int) -> bool:
    """Whether a word or a number continues across this place."""
    return bool(_GOES_ON.search(text[max(0, at - 2) : at] + "\0" + text[at : at + 2]))


@lru_cache(maxsize=2_000)
def _plain(text: str) -> tuple[str, tuple[int, ...]]:
    """The text with one kind of quotation mark, dash and blank, and the place that each of its
    characters had."""
    signs: list[str] = []
    places: list[int] = []
    for place, sign in enumerate(text.translate(MARKS)):
        if ord(sign) in _INVISIBLE:
            continue
        if sign.isspace():
            if signs and signs[-1] == " ":
                continue
            sign = " "
        signs.append(sign)
        places.append(place)
    return "".join(signs), tuple(places)


def _needed(part: str, stretch: str) -> tuple[str, ...]:
    """The kinds of difference that two texts have which are otherwise equal."""
    needed = []
    for kind in _IGNORED:
        one, other = part, stretch
        for ignore in (_IGNORED[each] for each in _IGNORED if each != kind):
            one, other = ignore(one), ignore(other)
        if one != other:
            needed.append(kind)
    return tuple(needed)
