"""Finds the phrases of rules in a text. The head of `topics.toml` explains how to write them."""

import re
from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Generic, TypeVar

HYPHEN = r"[\s\-‐‑–]?"
SPACE = r"[\s\-‐‑]{1,3}"
ANY_WORDS = r"(?:[\w'’-]+,?\s){0,4}"
WORD_START = re.compile(r"\b(?=\w)")
KEY = 3
_LETTER = re.compile(r"[^\s,;:.!?]")

Name = TypeVar("Name", bound=Hashable)
# A slug, and the words, as printed, that show it.
Shown = tuple[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Text:
    """A text as printed, and as rules read it: in lower case with plain apostrophes. Positions are
    those of `lowered`; where lower case has another length, `printed` is `lowered` too."""

    printed: str
    lowered: str

    @classmethod
    def of(cls, text: str) -> "Text":
        lowered = text.lower().replace("’", "'")
        # A few letters become longer in lower case, which would shift positions.
        return cls(text if len(lowered) == len(text) else lowered, lowered)


class Matcher(Generic[Name]):
    """Finds the phrases of many lists in one pass over a text.

    The first letters of a word tell which few phrases can start there, so the time hardly depends
    on how many phrases there are.
    """

    def __init__(self, lists: Mapping[Name, Iterable[str]]) -> None:
        self._lists = lists

    @cached_property
    def _starting(self) -> dict[str, list[tuple[Name, re.Pattern[str]]]]:
        """The patterns by the letters with which they start. Made when first needed, because most
        commands never need them and importing the module would be slow."""
        starting: defaultdict[str, defaultdict[Name, list[str]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for name, phrases in self._lists.items():
            for phrase in phrases:
                starting[_key(phrase)][name].append(phrase)
        return {
            key: [(name, _compiled(phrases)) for name, phrases in by_name.items()]
            for key, by_name in starting.items()
        }

    def find(
        self, text: str, start: int = 0, end: int | None = None
    ) -> Iterator[tuple[Name, re.Match[str]]]:
        """Each match in a text in lower case, with the name of its list, from left to right.
        Matches of one list do not overlap, and of several phrases the longest is taken."""
        limit = len(text) if end is None else end
        taken: dict[Name, int] = {}
        for word in WORD_START.finditer(text, start, limit):
            place = word.start()
            for length in range(1, KEY + 1):
                for name, pattern in self._starting.get(text[place : place + length], ()):
                    if place < taken.get(name, 0):
                        continue
                    if match := pattern.match(text, place, limit):
                        taken[name] = match.end()
                        yield name, match

    def without(self, text: str) -> str:
        """`text` with the phrases blanked out, so that the positions of other words stay."""
        parts, done = [], 0
        for _, match in self.find(text):
            if match.start() >= done:
                parts += [text[done : match.start()], _LETTER.sub("\N{MIDDLE DOT}", match[0])]
                done = match.end()
        return "".join([*parts, text[done:]])


class Phrases(Matcher[None]):
    """A matcher of one list."""

    def __init__(self, phrases: Iterable[str]) -> None:
        super().__init__({None: tuple(phrases)})

    def matches(self, text: str, start: int = 0, end: int | None = None) -> Iterator[re.Match[str]]:
        return (match for _, match in self.find(text, start, end))

    def first(self, text: str) -> re.Match[str] | None:
        return next(self.matches(text), None)


def _key(phrase: str) -> str:
    """The letters that a text must have where the phrase starts."""
    return re.split(r"[-*\s]", phrase.lower(), maxsplit=1)[0][:KEY]


def _compiled(phrases: Iterable[str]) -> re.Pattern[str]:
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return re.compile("|".join(map(_phrase_pattern, longest_first)))


@cache
def _phrase_pattern(phrase: str) -> str:
    """A phrase as a regular expression. None of its parts can match without bound."""
    pattern = ""
    for word in phrase.lower().split():
        if word == "*":
            pattern += ANY_WORDS
            continue
        ending = r"[\w']{0,20}" if word.endswith("*") else r"(?!\w)"
        pattern += HYPHEN.join(map(re.escape, word.removesuffix("*").split("-"))) + ending + SPACE
    return pattern.removesuffix(SPACE)
