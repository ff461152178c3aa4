"""Lines -> paragraphs, each with its place in the source.

How lines make a paragraph, where `a` and `b` are lines that follow one another:

- A line that does not end a sentence continues in a line that begins in lower case, even across
  blank lines and page furniture.
- If blank lines divide wrapped blocks, the blocks are the paragraphs.
- If every line is followed by a blank one (or none is), a paragraph ends at a line that ends a
  sentence and had room for the next word. See `widths.py`.
- A short line that ends no sentence and had room for the next word, before a line that begins with
  a capital, is separate: it is a heading, or like one.
- A list belongs with all its items to the sentence before it if that is unfinished ("The aims
  were:"). After a finished sentence each item is a separate paragraph, unless it begins in lower
  case.

The text of a paragraph is that of its lines with one space between them. List items begin with `•`,
or with their number or letter as printed. The only characters left out that are not blank are
Markdown's marks (`#`, `**`, `__`), the bullet that opens it, and a hyphen or soft hyphen at a
line's end where the word is joined (see `line_ends.py`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

from reports.parsing.line_ends import broken_word, glue, whole_words
from reports.parsing.lines import HEADING_LENGTH, HEADING_WORDS, SYMBOLS, Line, ends_sentence
from reports.parsing.widths import MAX_WRAPPED, Stretch, Widths

MID_SENTENCE = (",", "-", "‐", "–", "—", "(", "/", "&")
CLOSING_MARKS = (")", "'", "’", '"', "”")
NOT_IN_HEADINGS = (". ", ": ", "•")
BULLET = "•"


@dataclass(frozen=True)
class LineGroup:
    """Lines that belong together, and their text."""

    lines: tuple[Line, ...]
    text: str

    @property
    def spans(self) -> tuple[tuple[int, int], ...]:
        """The `[start, end)` pairs of the source. A line that is not part of the paragraph divides
        them."""
        spans = [(self.lines[0].start, self.lines[0].end)]
        for before, line in pairwise(self.lines):
            if line.index == before.index + 1:
                spans[-1] = (spans[-1][0], line.end)
            else:
                spans.append((line.start, line.end))
        return tuple(spans)

    @cached_property
    def is_short(self) -> bool:
        """Whether it is as short as a heading, begins like one, and is not a list."""
        return _is_short(self.lines)

    @cached_property
    def looks_like_heading(self) -> bool:
        return _looks_like_heading(self.lines)


@dataclass(frozen=True)
class TextSetting:
    """How the prose of a document is set: line widths, blank lines, and the words it uses."""

    widths: Widths
    blank_lines_decide: bool
    words: frozenset[str]
    # Numbers of lines after which a paragraph may have ended, though nothing shows it.
    doubtful_joins: list[int] = field(default_factory=list, compare=False)

    @classmethod
    def measure(cls, runs: Sequence[Sequence[Line]]) -> "TextSetting":
        """The setting, measured from all the prose of a document."""
        wrapped = (
            Stretch([a.index], a.length, _length_with_next(a, b))
            for run in runs
            for a, b in pairwise(run)
            if _is_wrap(a, b) and a.length <= MAX_WRAPPED
        )
        words = frozenset(word for run in runs for word in whole_words([line.text for line in run]))
        return cls(Widths.measure(wrapped), bool(_blank_lines_decide(runs)), words)

    def paragraphs(self, run: Sequence[Line]) -> list[LineGroup]:
        """The paragraphs of a run of prose."""
        decide = self._blank_lines_decide_in(run)
        groups: list[list[Line]] = []
        for line in run:
            if groups and self._joins(groups[-1], line, blank_lines_decide=decide):
                groups[-1].append(_as_prose(line) if not _is_item(groups[-1], line) else line)
            else:
                groups.append([line])
        return [self.group(lines) for lines in _with_items(groups)]

    def group(self, lines: Sequence[Line]) -> LineGroup:
        """Lines that belong together, with their text."""
        return LineGroup(tuple(lines), self._join(lines))

    def _join(self, lines: Sequence[Line]) -> str:
        first = lines[0]
        parts = [first.text if _is_symbol(first.bullet) else _with_bullet(first)]
        for line in lines[1:]:
            if line.bullet:
                gap = " "
            else:
                parts[-1], gap = glue(parts[-1], line.text, self.words)
            parts.append(gap + _with_bullet(line))
        return "".join(parts).strip()

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
            return self._goes_on_in_figure(group, b)
        if blank_lines_decide and not over_furniture:
            return not b.after_blank and (unfinished or a.length <= MAX_WRAPPED)
        if unfinished:
            return True
        joins = not self._has_room(a, b, opens=opens)
        if (joins and not b.goes_on) or self._can_go_on_over_page(a, b, opens=opens):
            self.doubtful_joins.append(a.number)
        return joins

    def _goes_on_in_figure(self, group: Sequence[Line], b: Line) -> bool:
        """Whether prose that is broken early seems to continue with a figure right below it."""
        is_prose = len(group) > 1 and not _looks_like_heading(group)
        is_below = b.index == group[-1].index + 1 and not b.after_blank
        goes_on = is_prose and is_below and b.text[:1].isdigit()
        if goes_on:
            self.doubtful_joins.append(group[-1].number)
        return goes_on

    def _can_go_on_over_page(self, a: Line, b: Line, *, opens: bool) -> bool:
        """Whether a page ends between two sentences, and the widths do not show whether a paragraph
        ends there."""
        is_wrapped = self.widths.at(a.index, a.length, opens=opens) is not None
        return b.opens_page and b.length > HEADING_LENGTH and not is_wrapped

    def _stands_alone(self, a: Line, b: Line, *, opens: bool, over_furniture: bool) -> bool:
        """Whether a line that ends no sentence is complete anyway, because the next one begins with
        a capital or a figure."""
        width = self.widths.at(a.index, a.length, opens=opens)
        if width is None:
            return not over_furniture or a.length <= HEADING_LENGTH
        needed = _length_with_next(a, b)
        return needed <= width if opens else needed <= 0.75 * width

    def _has_room(self, a: Line, b: Line, *, opens: bool) -> bool:
        width = self.widths.at(a.index, a.length, opens=opens)
        return width is None or _length_with_next(a, b) <= width


def _with_items(groups: Iterable[list[Line]]) -> list[list[Line]]:
    """Groups of lines in which the items of a list are joined to the sentence that introduces
    them."""
    merged: list[list[Line]] = []
    items = ""
    for group in groups:
        before = merged[-1] if merged else []
        items = _items_taken(before, group, items)
        if items:
            before.extend(group)
        else:
            merged.append(list(group))
    return merged


def _items_taken(before: Sequence[Line], group: Sequence[Line], items: str) -> str:
    """Whether the lines before take a group as an item of their list: `marked` by a bullet or
    number, `plain` without one, or empty. `items` is the same of the group before."""
    if not before or before[-1].marked or group[0].marked:
        return ""
    if group[0].bullet:
        goes_on = items == "marked" or _introduces(before) or group[0].text[:1].islower()
        return "marked" if goes_on else ""
    # An item without a bullet: a short line after a colon, or after another such item.
    begins = items == "plain" or (not items and before[-1].text.endswith(":"))
    return "plain" if begins and _looks_like_heading(group) else ""


def _introduces(before: Sequence[Line]) -> bool:
    """Whether lines end like the introduction of a list."""
    if before[-1].text.endswith(":"):
        return True
    unfinished = not before[-1].ends_sentence and not before[-1].bullet
    return unfinished and not _looks_like_heading(before)


def _is_short(lines: Sequence[Line]) -> bool:
    if len(lines) > HEADING_WORDS or lines[-1].end - lines[0].start > 2 * HEADING_LENGTH:
        return False
    if any(line.bullet for line in lines) or sum(line.length for line in lines) > HEADING_LENGTH:
        return False
    text = " ".join(line.text for line in lines)
    return not text[:1].islower() and len(text.split()) <= HEADING_WORDS


def _looks_like_heading(lines: Sequence[Line]) -> bool:
    """Whether lines are short, begin with a capital or a figure, and are neither a sentence nor a
    list."""
    if not _is_short(lines):
        return False
    text = " ".join(line.text for line in lines)
    return (
        (text[-1:].isalnum() or text.endswith(CLOSING_MARKS))
        and not ends_sentence(text)
        and not any(mark in text for mark in NOT_IN_HEADINGS)
    )


def _is_item(group: Sequence[Line], b: Line) -> bool:
    """Whether `b` begins a list item. A dash or a number can also be the middle of a sentence."""
    if not b.bullet:
        return False
    a = group[-1]
    in_list = bool(group[0].bullet) or a.text.endswith((":", ";"))
    return b.bullet[0] in f"{SYMBOLS}*+o" or in_list or a.ends_sentence


def _as_prose(line: Line) -> Line:
    """A line whose dash or number is part of its sentence, with that mark as text."""
    return replace(line, text=f"{line.bullet} {line.text}", bullet="") if line.bullet else line


def _is_wrap(a: Line, b: Line) -> bool:
    return not a.ends_sentence and b.goes_on and not a.marked and not b.marked


def _length_with_next(a: Line, b: Line) -> int:
    """How long line `a` would be with the first word of line `b`."""
    space = 0 if broken_word(a.text) else 1
    return a.length + space + len(b.first_word)


def _blank_lines_decide(runs: Sequence[Sequence[Line]]) -> bool | None:
    """True if blank lines divide wrapped blocks, False if there are blank lines between all lines,
    even wrapped ones; None if no line is wrapped."""
    gaps = [(a, b) for run in runs for a, b in pairwise(run) if b.index == a.index + 1]
    blank = [_is_wrap(a, b) for a, b in gaps if b.after_blank]
    tight = [_is_wrap(a, b) for a, b in gaps if not b.after_blank]
    if sum(blank) > sum(tight) and 3 * sum(blank) >= len(blank):
        return False
    # A blank line below a heading does not show where paragraphs end.
    divides = any(a.ends_sentence for a, b in gaps if b.after_blank)
    return True if any(tight) and divides else None


def _is_symbol(bullet: str) -> bool:
    return bool(bullet) and not any(char.isalnum() and char != "o" for char in bullet)


def _with_bullet(line: Line) -> str:
    """The text of a line with its bullet. All symbols become `•`, whatever the format."""
    bullet = BULLET if _is_symbol(line.bullet) else line.bullet
    return f"{bullet} {line.text}" if bullet else line.text
