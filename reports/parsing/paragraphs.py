"""Lines -> paragraphs, each knowing where in the source it stands.

How lines make a paragraph, where `a` and `b` are lines that follow one another:

- A line that does not end a sentence goes on in a line that begins in lower case, over blank lines
  and page furniture alike.
- Where blank lines part wrapped blocks, the blocks are the paragraphs.
- Where every line is followed by a blank one (or none is), a paragraph ends at a line that ends a
  sentence and on which the next word would still have fitted. See `widths.py`.
- A short line that ends no sentence, with room for the next word, before a line that begins with a
  capital, stands alone: it is a heading, or something like one.
- A list item goes on from what stands before it if that is unfinished ("The aims were:"); after a
  finished sentence it is a paragraph of its own.

The text of a paragraph is that of its lines with one space between. Of the characters that are not
blank it leaves out only: Markdown's marks (`#`, `**`, `__`), the bullet that opens it, and a hyphen
or soft hyphen at a line's end where the word is joined (see `_glue`).
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from reports.parsing.layout import HEADING_LENGTH, Line, ends_sentence
from reports.parsing.widths import MAX_WRAPPED, Widths, Wrap

WORD = re.compile(r"\w+(?:[-'’]\w+)*")
BROKEN_WORD = re.compile(r"(\w+)[-‐\u00ad]$")
FIRST_LETTERS = re.compile(r"[^\W\d_]+")
# "short- and long-term" keeps its space when it is wrapped after the hyphen.
AFTER_HANGING_HYPHEN = {"and", "or", "to"}
MID_SENTENCE = (",", "-", "‐", "–", "—", "(", "/", "&")
CLOSING_MARKS = (")", "'", "’", '"', "”")
NOT_IN_HEADINGS = (". ", ": ", "•")
HEADING_WORDS = 16


@dataclass(frozen=True)
class Paragraph:
    """Lines that belong together, and their text."""

    lines: tuple[Line, ...]
    text: str

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """Stretches of the source; a line that is not of the paragraph parts them."""
        spans = [(self.lines[0].start, self.lines[0].end)]
        for before, line in pairwise(self.lines):
            if line.index == before.index + 1:
                spans[-1] = (spans[-1][0], line.end)
            else:
                spans.append((line.start, line.end))
        return tuple(spans)

    @cached_property
    def looks_like_heading(self) -> bool:
        return _looks_like_heading(self.lines)


@dataclass(frozen=True)
class Layout:
    """How a document's prose is set: line widths, blank lines, and the words it uses."""

    widths: Widths
    blank_lines_decide: bool
    words: frozenset[str]

    @classmethod
    def measure(cls, runs: Sequence[Sequence[Line]]) -> "Layout":
        """From the runs of prose of a whole document."""
        wraps = [
            Wrap(a.index, a.length, _length_with_next(a, b))
            for run in runs
            for a, b in pairwise(run)
            if _is_wrap(a, b) and a.length <= MAX_WRAPPED
        ]
        words = frozenset(
            word.casefold()
            for run in runs
            for before, line in zip((None, *run), run, strict=False)
            for word in _whole_words(before, line)
        )
        return cls(Widths.measure(wraps), bool(_blank_lines_decide(runs)), words)

    def paragraphs(self, run: Sequence[Line]) -> list[Paragraph]:
        """A run of prose, parted into paragraphs."""
        decide = self._blank_lines_decide_in(run)
        groups: list[list[Line]] = []
        for line in run:
            if groups and self._joins(groups[-1], line, blank_lines_decide=decide):
                groups[-1].append(line)
            else:
                groups.append([line])
        return self._with_list_items(groups)

    def join(self, lines: Sequence[Line]) -> str:
        """The text of lines that belong together."""
        first = lines[0]
        parts = [first.text if _is_symbol(first.bullet) else _with_bullet(first)]
        for line in lines[1:]:
            parts[-1], gap = self._glue(parts[-1], line)
            parts.append(gap + _with_bullet(line))
        return "".join(parts).strip()

    def _glue(self, before: str, line: Line) -> tuple[str, str]:
        """The text before a line's end, and what stands between it and the next line.

        A hyphen at the end of a line stays, unless the document uses the joined word elsewhere
        and not the hyphened one. A soft hyphen is only ever a place to break.
        """
        broken = BROKEN_WORD.search(before[-60:])
        next_letters = FIRST_LETTERS.match(line.text)
        if not broken or line.bullet:
            return before, " "
        if before.endswith("\u00ad"):
            return before[:-1], ""
        if next_letters is None:
            return before, "" if line.text[:1].isdigit() else " "
        if next_letters[0] in AFTER_HANGING_HYPHEN:
            return before, " "
        joined = (broken[1] + next_letters[0]).casefold()
        hyphened = f"{broken[1]}-{next_letters[0]}".casefold()
        if joined in self.words and hyphened not in self.words:
            return before[:-1], ""
        return before, ""

    def _blank_lines_decide_in(self, run: Sequence[Line]) -> bool:
        here = _blank_lines_decide([run])
        return self.blank_lines_decide if here is None else here

    def _joins(self, group: Sequence[Line], b: Line, *, blank_lines_decide: bool) -> bool:
        a, opens = group[-1], len(group) == 1
        if a.marked:
            return b.goes_on and not b.after_blank and not b.marked
        if b.marked or _is_item(group, b):
            return False
        unfinished = not a.ends_sentence
        if unfinished and (b.goes_on or a.text.endswith(MID_SENTENCE)):
            return True
        over_furniture = b.index > a.index + 1
        if unfinished and self._stands_alone(a, b, opens=opens, over_furniture=over_furniture):
            return False
        if blank_lines_decide and not over_furniture:
            return not b.after_blank and (unfinished or a.length <= MAX_WRAPPED)
        return unfinished or not self._has_room(a, b, opens=opens)

    def _stands_alone(self, a: Line, b: Line, *, opens: bool, over_furniture: bool) -> bool:
        """Whether a line that ends no sentence is complete all the same, the next one beginning
        with a capital."""
        width = self.widths.at(a.index, a.length, opens=opens)
        if width is None:
            return not over_furniture or a.length <= HEADING_LENGTH
        needed = _length_with_next(a, b)
        return needed <= width if opens else needed <= 0.75 * width

    def _has_room(self, a: Line, b: Line, *, opens: bool) -> bool:
        width = self.widths.at(a.index, a.length, opens=opens)
        return width is None or _length_with_next(a, b) <= width

    def _with_list_items(self, groups: Sequence[Sequence[Line]]) -> list[Paragraph]:
        """Groups of lines as paragraphs, list items with what introduces them."""
        merged: list[list[Line]] = []
        in_plain_list = False
        for group in groups:
            before = merged[-1] if merged else []
            in_plain_list = _takes_plain_item(before, group, in_list=in_plain_list)
            if in_plain_list or _takes_item(before, group):
                before.extend(group)
            else:
                merged.append(list(group))
        return [Paragraph(tuple(group), self.join(group)) for group in merged]


def _takes_item(before: Sequence[Line], group: Sequence[Line]) -> bool:
    """Whether a list item goes on from what stands before it."""
    if not before or not group[0].bullet or group[0].marked or before[-1].marked:
        return False
    return not before[-1].ends_sentence and not _looks_like_heading(before)


def _takes_plain_item(before: Sequence[Line], group: Sequence[Line], *, in_list: bool) -> bool:
    """The same for an item without a bullet: a short line after a colon or another such item."""
    if not before or before[-1].marked or group[0].marked:
        return False
    return (in_list or before[-1].text.endswith(":")) and _looks_like_heading(group)


def _looks_like_heading(lines: Sequence[Line]) -> bool:
    """Short, begins with a capital or a figure, and is no sentence and no list."""
    if any(line.bullet for line in lines) or sum(line.length for line in lines) > HEADING_LENGTH:
        return False
    text = " ".join(line.text for line in lines)
    return (
        not text[:1].islower()
        and len(text.split()) <= HEADING_WORDS
        and (text[-1:].isalnum() or text.endswith(CLOSING_MARKS))
        and not ends_sentence(text)
        and not any(mark in text for mark in NOT_IN_HEADINGS)
    )


def _is_item(group: Sequence[Line], b: Line) -> bool:
    """Whether `b` begins a list item. A dash or a number can also be the middle of a sentence."""
    if not b.bullet:
        return False
    a = group[-1]
    in_list = bool(group[0].bullet) or a.text.endswith((":", ";"))
    return b.bullet[0] in "•●▪◦‣∙○■*+o" or in_list or a.ends_sentence


def _is_wrap(a: Line, b: Line) -> bool:
    return not a.ends_sentence and b.goes_on and not a.marked and not b.marked


def _length_with_next(a: Line, b: Line) -> int:
    """How long line `a` would be with the next word on it."""
    space = 0 if BROKEN_WORD.search(a.text[-60:]) else 1
    return a.length + space + len(b.first_word)


def _blank_lines_decide(runs: Sequence[Sequence[Line]]) -> bool | None:
    """Whether blank lines part wrapped blocks (True) or stand between all lines, wrapped ones
    too (False); None where no line is wrapped."""
    gaps = [(a, b) for run in runs for a, b in pairwise(run) if b.index == a.index + 1]
    blank = [_is_wrap(a, b) for a, b in gaps if b.after_blank]
    tight = [_is_wrap(a, b) for a, b in gaps if not b.after_blank]
    if sum(blank) > sum(tight) and 3 * sum(blank) >= len(blank):
        return False
    return True if any(tight) and blank else None


def _whole_words(before: Line | None, line: Line) -> Iterator[str]:
    """The words of a line that no line end breaks."""
    first = 1 if before is not None and BROKEN_WORD.search(before.text[-60:]) else 0
    last = -1 if BROKEN_WORD.search(line.text[-60:]) else None
    yield from WORD.findall(line.text)[first:last]


def _is_symbol(bullet: str) -> bool:
    return bool(bullet) and not any(char.isalnum() and char != "o" for char in bullet)


def _with_bullet(line: Line) -> str:
    return f"{line.bullet} {line.text}" if line.bullet else line.text
