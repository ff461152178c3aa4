"""Marks in a text what a search found in it, and cuts the text down to that."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString, mark_safe

from reports.search.language.terms import WORD, fold, stem
from reports.search.language.tree import Run

LENGTH = 300
LEAD = 60  # characters kept before the first mark
MOST_MARKS = 200  # in one text; more would only take time
MOST_COMPARED = 100_000  # words of one text: a finding of 20,000 characters has some 3,500
LONGEST_WORD = 1_000  # characters compared; a query is shorter

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A run as it is looked for in a text: the stems of its words, then the first letters of its
    last word."""

    stems: tuple[str, ...]
    beginning: str = ""


class Highlighter:
    """Marks `runs` in texts."""

    def __init__(self, runs: Iterable[Run]) -> None:
        patterns = [self._pattern(run) for run in runs]
        self._by_first_stem: dict[str, list[_Pattern]] = {}
        for pattern in patterns:
            if pattern.stems:
                self._by_first_stem.setdefault(pattern.stems[0], []).append(pattern)
        self._beginnings = tuple(pattern.beginning for pattern in patterns if not pattern.stems)
        self._candidate = _words_beginning(
            form for pattern in patterns for form in (*pattern.stems, pattern.beginning)
        )

    def snippet(self, text: str) -> SafeString:
        """About `LENGTH` characters around the most matches, as HTML."""
        text = _composed(text)
        marks = self._marks(text)
        start, end = _window(text, marks)
        html = _marked(text, marks, start, end)
        html = f"{'… ' if start else ''}{html}{' …' if end < len(text) else ''}"
        return mark_safe(html)  # noqa: S308 (escaped in _marked)

    def whole(self, text: str) -> SafeString:
        text = _composed(text)
        html = _marked(text, self._marks(text), 0, len(text))
        return mark_safe(html)  # noqa: S308 (escaped in _marked)

    def marks_any(self, *texts: str) -> bool:
        """Whether there is something to mark in any of `texts`."""
        return any(self._marks(_composed(text)) for text in texts)

    def _pattern(self, run: Run) -> _Pattern:
        if run.open_end:
            *closed, beginning = run.words
            return _Pattern(tuple(map(stem, closed)), fold(beginning))
        return _Pattern(tuple(map(stem, run.words)))

    def _marks(self, text: str) -> list[Span]:
        """The first `MOST_MARKS` places where patterns match, in order, without overlaps. No more
        than `MOST_COMPARED` words are looked at, however long the text and the patterns are."""
        if self._candidate is None:
            return []
        found: list[Span] = []
        covered = compared = 0
        for match in self._candidate.finditer(text):
            if match.start() < covered:
                continue
            word = match[0][:LONGEST_WORD]
            patterns = self._by_first_stem.get(stem(word), ())
            compared += 1 + sum(len(pattern.stems) for pattern in patterns)
            if len(found) == MOST_MARKS or compared > MOST_COMPARED:
                break
            if end := self._longest(text, match.end(), word, patterns):
                found.append((match.start(), end))
                covered = end
        return found

    def _longest(self, text: str, end: int, word: str, patterns: Sequence[_Pattern]) -> int:
        """The end of the longest pattern that starts with `word`, which ends at `end`; 0 if none
        does. `patterns` are those that may."""
        ends = [_end(pattern, text, end) for pattern in patterns]
        if self._beginnings and fold(word).startswith(self._beginnings):
            ends.append(end)
        return max(ends, default=0)


def _end(pattern: _Pattern, text: str, end: int) -> int:
    """Where `pattern` ends if its first word ends at `end`; 0 if other words follow."""
    for wanted in pattern.stems[1:]:
        word, end = _next_word(text, end)
        if stem(word) != wanted:
            return 0
    if pattern.beginning:
        word, end = _next_word(text, end)
        if not fold(word).startswith(pattern.beginning):
            return 0
    return end


def _next_word(text: str, end: int) -> tuple[str, int]:
    """The word after `end` and where it ends; empty at the end of the text."""
    match = WORD.search(text, end)
    return (match[0][:LONGEST_WORD], match.end()) if match else ("", end)


def _composed(text: str) -> str:
    """The text as it is indexed: a separate accent character would end a word."""
    return unicodedata.normalize("NFC", text)


def _words_beginning(forms: Iterable[str]) -> re.Pattern[str] | None:
    """A pattern that quickly finds the words worth comparing: stemming never changes a word's first
    letter, but an accent can. It matches as `WORD` does. None if there are no forms."""
    letters = {form[0] for form in forms if form}
    if not letters:
        return None
    ascii_letters = "".join(sorted(letter for letter in letters if letter.isascii()))
    first = rf"(?:[{ascii_letters}]|[^\W_\x00-\x7f])" if ascii_letters else r"[^\W_\x00-\x7f]"
    return re.compile(rf"(?<![^\W_])(?<![^\W_]['’]){first}[^\W_]*(?:['’]+[^\W_]+)*", re.IGNORECASE)


def _window(text: str, marks: list[Span]) -> Span:
    """The stretch of about `LENGTH` characters with the most marks, cut between words."""
    if len(text) <= LENGTH:
        return 0, len(text)
    start = 0
    if marks and marks[-1][1] > LENGTH:
        first = marks[_most_crowded(marks)][0]
        start = max(0, first - LEAD)
        start = text.find(" ", start, first) + 1 if start else 0
    end = start + LENGTH
    if end >= len(text):
        return start, len(text)
    # Never before the end of a mark that fits: it may be the only one.
    kept = max((mark_end for _, mark_end in marks if mark_end <= end), default=start)
    space = text.rfind(" ", max(start, kept), end + 1)
    return start, space if space > start else end


def _most_crowded(marks: list[Span]) -> int:
    """The mark that begins the stretch with the most marks; the earliest if several do."""
    ends = [end for _, end in marks]
    reach = LENGTH - LEAD
    return max(
        range(len(marks)), key=lambda at: (bisect_right(ends, marks[at][0] + reach) - at, -at)
    )


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
