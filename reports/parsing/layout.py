"""Text -> lines -> paragraphs, each knowing where in the source it stands.

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

from reports.parsing.widths import MAX_WRAPPED, Widths, Wrap

LINE = re.compile(r"([^\r\n\v\f\x85\u2028\u2029]*)(\r\n|[\r\n\v\f\x85\u2028\u2029]|\Z)")
HEADING_MARK = re.compile(r"#{1,6}\s+(?=\S)")
SYMBOL_BULLET = re.compile(r"(?:[•●▪◦‣∙○■]\s*|[-–—*+o·]\s+)+(?=\S)")
NUMBER_BULLET = re.compile(r"(?:\d{1,2}[.)]|\([a-z\d]{1,2}\)|[a-z]\))\s+(?=\S)")
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
ABBREVIATION_END = re.compile(r"(?:^|\W)(?:e\.g|i\.e|Dr|Mr|Mrs|Ms|St|vs|approx)\.$")
WORD = re.compile(r"\w+(?:[-'’]\w+)*")
BROKEN_WORD = re.compile(r"(\w+)[-‐\u00ad]$")
FIRST_LETTERS = re.compile(r"[^\W\d_]+")
# "short- and long-term" keeps its space when it is wrapped after the hyphen.
AFTER_HANGING_HYPHEN = {"and", "or", "to"}
CLOSING_MARKS = (")", "'", "’", '"', "”")
HEADING_LENGTH = 120
HEADING_WORDS = 16


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. `text` is what a reader sees, without marks and bullet; `index`
    counts such lines, `number` is the source's, `[start, end)` is the stripped line."""

    index: int
    number: int
    start: int
    end: int
    text: str
    bullet: str
    marked: bool
    after_blank: bool

    @property
    def length(self) -> int:
        return self.end - self.start

    @property
    def ends_sentence(self) -> bool:
        return ends_sentence(self.text)

    @property
    def goes_on(self) -> bool:
        """Whether it reads as the middle of a sentence."""
        return not self.bullet and self.text[:1].islower()

    @property
    def first_word(self) -> str:
        return self.text.split(maxsplit=1)[0] if self.text else ""


def ends_sentence(text: str) -> bool:
    tail = text[-12:]
    return bool(SENTENCE_END.search(tail)) and not ABBREVIATION_END.search(tail)


def split_lines(text: str) -> list[Line]:
    """The lines of a text that are not blank."""
    lines: list[Line] = []
    number, blank = 1, True
    for match in LINE.finditer(text):
        raw, end_mark = match[1], match[2]
        stripped = raw.strip()
        if stripped:
            start = match.start() + len(raw) - len(raw.lstrip())
            words, bullet, marked = _visible(stripped)
            end = start + len(stripped)
            lines.append(Line(len(lines), number, start, end, words, bullet, marked, blank))
        blank = not stripped
        # Only these count as lines in an editor.
        number += end_mark in ("\r\n", "\n", "\r")
    return lines


def _visible(stripped: str) -> tuple[str, str, bool]:
    """What a reader sees of a line, its bullet, and whether Markdown sets it as a heading."""
    words, marked = stripped, False
    if not any(char.isalnum() for char in words):
        return words, "", False
    while mark := HEADING_MARK.match(words):
        words, marked = words[mark.end() :].rstrip("#").rstrip(), True
    bold = words.replace("**", "").strip()
    if bold and bold != words:
        marked |= words.startswith("**") and words.endswith("**") and len(words) <= HEADING_LENGTH
        words = bold
    if words.startswith("__") and words.endswith("__") and words.strip("_ "):
        words, marked = words.strip("_ "), marked or len(words) <= HEADING_LENGTH
    bullet = SYMBOL_BULLET.match(words) or NUMBER_BULLET.match(words)
    if bullet is None:
        return words, "", marked
    return words[bullet.end() :], bullet[0].strip(), marked


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
        """Short, begins with a capital or a figure, and is no sentence."""
        if self.lines[0].bullet or len(self.text) > HEADING_LENGTH:
            return False
        return (
            not self.text[:1].islower()
            and len(self.text.split()) <= HEADING_WORDS
            and (self.text[-1:].isalnum() or self.text.endswith(CLOSING_MARKS))
            and not ends_sentence(self.text)
            and ". " not in self.text
        )


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
            for before, line in pairwise([None, *run])
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
        if b.marked or _is_item(a, b):
            return False
        unfinished = not a.ends_sentence
        if unfinished and b.goes_on:
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
        paragraphs: list[Paragraph] = []
        for group in groups:
            paragraph = Paragraph(tuple(group), self.join(group))
            if paragraphs and _takes_item(paragraphs[-1], paragraph):
                lines = paragraphs.pop().lines + paragraph.lines
                paragraph = Paragraph(lines, self.join(lines))
            paragraphs.append(paragraph)
        return paragraphs


def _takes_item(before: Paragraph, item: Paragraph) -> bool:
    if before.lines[-1].marked or item.lines[0].marked:
        return False
    if item.lines[0].bullet:
        return not ends_sentence(before.text) and not before.looks_like_heading
    return before.text.endswith(":") and item.looks_like_heading


def _is_item(a: Line, b: Line) -> bool:
    """Whether `b` begins a list item. A dash or a number can also be the middle of a sentence."""
    if not b.bullet:
        return False
    sure = b.bullet[0] in "•●▪◦‣∙○■*+o"
    return sure or bool(a.bullet) or a.ends_sentence or a.text.endswith((":", ";"))


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


def _whole_words(before: Line | None, line: Line | None) -> Iterator[str]:
    """The words of a line that no line end breaks."""
    if line is None:
        return
    first = 1 if before is not None and BROKEN_WORD.search(before.text[-60:]) else 0
    last = -1 if BROKEN_WORD.search(line.text[-60:]) else None
    yield from WORD.findall(line.text)[first:last]


def _is_symbol(bullet: str) -> bool:
    return bool(bullet) and not any(char.isalnum() and char != "o" for char in bullet)


def _with_bullet(line: Line) -> str:
    return f"{line.bullet} {line.text}" if line.bullet else line.text
