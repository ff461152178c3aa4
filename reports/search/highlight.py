"""Marks in a text what a search found in it, and cuts the text down to that."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from html import escape
from itertools import pairwise

from django.utils.safestring import SafeString, mark_safe

from reports.search.words import WORD, Run

LENGTH = 300
LEAD = 60  # characters kept before the first mark
MOST_MARKS = 200  # in one text; more only cost time

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A run as it stands in a text: the stems of its words, or the beginning of its last one."""

    stems: tuple[str, ...]
    beginning: str = ""

    def __len__(self) -> int:
        return len(self.stems) + bool(self.beginning)


class Highlighter:
    """`stem` and `fold` turn a word of the text into what the index has for it, with and without
    its ending; words that are equal then are equal to a reader."""

    def __init__(
        self, runs: Iterable[Run], stem: Callable[[str], str], fold: Callable[[str], str]
    ) -> None:
        self._stem = stem
        self._fold = fold
        self._patterns = [self._pattern(run) for run in runs]
        self._candidate = _words_beginning(
            form[0] for pattern in self._patterns for form in _forms(pattern) if form
        )

    def snippet(self, text: str) -> SafeString:
        """About `LENGTH` characters around the best of what was found."""
        marks = self._marks(text)
        start, end = _window(text, marks)
        html = _marked(text, marks, start, end)
        html = f"{'… ' if start else ''}{html}{' …' if end < len(text) else ''}"
        return mark_safe(html)  # noqa: S308 (escaped in _marked)

    def whole(self, text: str) -> SafeString:
        html = _marked(text, self._marks(text), 0, len(text))
        return mark_safe(html)  # noqa: S308 (escaped in _marked)

    def _pattern(self, run: Run) -> _Pattern:
        if run.open_end:
            *closed, beginning = run.words
            return _Pattern(tuple(map(self._stem, closed)), self._fold(beginning))
        return _Pattern(tuple(map(self._stem, run.words)))

    def _marks(self, text: str) -> list[Span]:
        """Where the patterns stand, in order, without overlaps."""
        if not self._patterns:
            return []
        words = [match.span() for match in self._candidate.finditer(text)]
        found: list[Span] = []
        for at, (start, _) in enumerate(words):
            if found and start < found[-1][1]:
                continue
            ends = [self._end(pattern, text, words, at) for pattern in self._patterns]
            if end := max(ends):
                found.append((start, end))
                if len(found) == MOST_MARKS:
                    break
        return found

    def _end(self, pattern: _Pattern, text: str, words: list[Span], at: int) -> int:
        """Where the pattern that begins with word `at` ends; 0 where it does not stand there."""
        here = words[at : at + len(pattern)]
        if len(here) < len(pattern):
            return 0
        for (_, end), (start, _) in pairwise(here):
            if WORD.search(text, end, start):
                return 0
        for (start, end), stem in zip(here, pattern.stems, strict=False):
            if self._stem(text[start:end]) != stem:
                return 0
        start, end = here[-1]
        if pattern.beginning and not self._fold(text[start:end]).startswith(pattern.beginning):
            return 0
        return end


def _forms(pattern: _Pattern) -> Iterator[str]:
    yield from pattern.stems
    yield pattern.beginning


def _words_beginning(letters: Iterable[str]) -> re.Pattern[str]:
    """Words worth a closer look, found fast: no stem changes a word's first letter, but an accent
    can hide it. They begin and end where `WORD` would have them."""
    first = "".join(sorted(letter for letter in set(letters) if letter.isascii()))
    either = rf"(?:[{first}]|[^\W_\x00-\x7f])" if first else r"[^\W_\x00-\x7f]"
    return re.compile(rf"(?<![^\W_])(?<![^\W_]['’]){either}[^\W_]*(?:['’]+[^\W_]+)*", re.IGNORECASE)


def _window(text: str, marks: list[Span]) -> Span:
    """The stretch of about `LENGTH` characters with the most marks, cut between words."""
    if len(text) <= LENGTH:
        return 0, len(text)
    start = 0
    if marks and marks[-1][1] > LENGTH:
        _, first = max((_crowd(marks, at), -at) for at in range(len(marks)))
        start = max(0, marks[-first][0] - LEAD)
        start = text.find(" ", start, marks[-first][0]) + 1 if start else 0
    end = start + LENGTH
    if end >= len(text):
        return start, len(text)
    space = text.rfind(" ", start, end)
    return start, space if space > start else end


def _crowd(marks: list[Span], at: int) -> int:
    """How many marks fit into a stretch that begins with mark `at`."""
    limit = marks[at][0] - LEAD + LENGTH
    return sum(end <= limit for _, end in marks[at:])


def _marked(text: str, marks: list[Span], start: int, end: int) -> str:
    """HTML of that stretch of `text`."""
    pieces = []
    at = start
    for mark_start, mark_end in marks:
        mark_start, mark_end = max(mark_start, start), min(mark_end, end)
        if mark_start < mark_end:
            pieces.append(escape(text[at:mark_start]))
            pieces.append(f"<mark>{escape(text[mark_start:mark_end])}</mark>")
            at = mark_end
    pieces.append(escape(text[at:end]))
    return "".join(pieces)
