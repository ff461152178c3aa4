"""Lines of a PDF -> paragraphs.

Line `b` continues the paragraph of line `a` if the type is the same, the distance is that of lines
and not of paragraphs, `b` is not indented, and `a` had no room for the first word of `b`. At the
end of a column or page there is no distance, so the room on `a` decides, and headings and list
items end there. A line that begins in lower case continues the sentence anyway, unless `a` is far
too short.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median, quantiles

from reports.parsing.formats.pdf_notes import is_small, opens_note, separate_notes, text_of_note
from reports.parsing.formats.pdf_page import PdfLine
from reports.parsing.formats.pdf_tables import tables
from reports.parsing.formats.read import heading, note, row
from reports.parsing.line_ends import broken_word, glue, whole_words
from reports.parsing.lines import BOLD_LEVEL, ends_sentence

PARAGRAPH_GAP = 1.2
# The distance of lines, by their height, if the document does not show it.
USUAL_LEADING = 1.15
SAME_HEIGHT = 0.08
HEADING_HEIGHT = 1.12
HEADING_WORDS = 40
LONGEST_HEADING = 50
INDENT = 0.7
SPACE = 0.2
BOTTOM_LINES = 2.2
SHORT_LINE = 0.3
JUSTIFIED_WITHIN = 1.5
JUSTIFIED_LINES = 0.9
ENOUGH_LINES = 10
LIST_ITEM = re.compile(r"[-–•] |[0-9]{1,2}[.)] (?=\S)|\([a-z0-9]{1,2}\) |[a-z]\) ")


@dataclass(frozen=True)
class Block:
    lines: tuple[PdfLine, ...]
    text: str
    is_note: bool = False

    @property
    def page(self) -> int:
        return self.lines[0].page


@dataclass(frozen=True)
class PdfSetting:
    """How a document is set: the height of its body type, whether that is bold, the distance of
    lines by their height, the heights of its headings, the right and the lower margin of each
    column, the columns whose lines all reach that margin, and its words."""

    height: float
    bold: bool
    leading: dict[int, float]
    heading_heights: tuple[int, ...]
    right: dict[str, float]
    justified: frozenset[str]
    bottom: dict[str, float]
    words: frozenset[str]

    @classmethod
    def of(cls, lines: Sequence[PdfLine]) -> "PdfSetting":
        bold: Counter[bool] = Counter()
        bottom: dict[str, float] = {}
        for line in lines:
            bold[line.bold] += len(line.text)
            bottom[line.column] = min(line.baseline, bottom.get(line.column, line.baseline))
        right, justified = _right_margins(lines)
        height = _body_height(lines)
        larger = {round(line.height) for line in lines if line.height > HEADING_HEIGHT * height}
        return cls(
            height=height,
            bold=bold.most_common(1)[0][0],
            leading=_leading(lines),
            heading_heights=tuple(sorted(larger, reverse=True)[: BOLD_LEVEL - 2]),
            right=right,
            justified=justified,
            bottom=bottom,
            words=frozenset(whole_words([line.text for line in lines])),
        )

    def leading_of(self, line: PdfLine) -> float:
        return self.leading.get(round(line.height), USUAL_LEADING * line.height)

    def is_heading(self, group: Sequence[PdfLine]) -> bool:
        text = " ".join(line.text for line in group)
        words = len(text.split())
        ends = ends_sentence(text) and not text.endswith("?")
        if ends or LIST_ITEM.match(text) or words > LONGEST_HEADING:
            return False
        if self.is_larger(group):
            return True
        return words <= HEADING_WORDS and not self.bold and all(line.bold for line in group)

    def is_larger(self, group: Sequence[PdfLine]) -> bool:
        return all(line.height > HEADING_HEIGHT * self.height for line in group)

    def level(self, group: Sequence[PdfLine]) -> int:
        """The level of a heading, by the rank of its height among all headings."""
        if not self.is_larger(group):
            return BOLD_LEVEL
        height = round(group[0].height)
        return 1 + sum(other > height for other in self.heading_heights)


def paragraphs(lines: Sequence[PdfLine]) -> list[Block]:
    """The paragraphs of lines in reading order, without margins. Notes come after the paragraphs
    that begin on their page."""
    if not lines:
        return []
    prose, notes = separate_notes(lines, _body_height(lines))
    setting = PdfSetting.of(prose or lines)
    blocks = [*_blocks(prose, setting), *(_note(group, setting) for group in notes)]
    return sorted(blocks, key=lambda block: (block.page, block.is_note))


def _blocks(lines: Sequence[PdfLine], setting: PdfSetting) -> Iterator[Block]:
    found = tables(lines)
    group: list[PdfLine] = []
    at = 0
    while at < len(lines):
        if group and (at in found or not _goes_on(group, lines[at], setting)):
            yield Block(tuple(group), _write(group, setting))
            group = []
        if table := found.get(at):
            yield Block(tuple(lines[at : table.end]), "\n\n".join(map(row, table.rows)))
            at = table.end
        else:
            group.append(lines[at])
            at += 1
    if group:
        yield Block(tuple(group), _write(group, setting))


def _note(group: Sequence[PdfLine], setting: PdfSetting) -> Block:
    text, mark = text_of_note(_joined(group, setting), group[0].mark)
    return Block(tuple(group), note(text, mark), is_note=True)


def _goes_on(group: Sequence[PdfLine], b: PdfLine, setting: PdfSetting) -> bool:
    a = group[-1]
    if LIST_ITEM.match(b.text) and not _is_wrapped_figure(group, b):
        return False
    if abs(a.height - b.height) > SAME_HEIGHT * a.height:
        return False
    same_column = _is_below(a, b)
    if same_column and a.baseline - b.baseline > PARAGRAPH_GAP * setting.leading_of(a):
        return False
    if _is_mid_sentence(a, b) and not _is_list(a, b, setting):
        return True
    if a.bold != b.bold or _has_room(a, b, setting):
        return False
    if same_column:
        return not _is_set_in(group, b)
    stands_alone = setting.is_heading([a]) or bool(LIST_ITEM.match(group[0].text))
    return not stands_alone and not _had_lines_left(a, setting)


def _is_below(a: PdfLine, b: PdfLine) -> bool:
    """Whether line `b` is below line `a` in the same column."""
    return (a.page, a.column) == (b.page, b.column) and b.baseline < a.baseline


def _is_mid_sentence(a: PdfLine, b: PdfLine) -> bool:
    return not ends_sentence(a.text) and b.text[:1].islower()


def _is_list(a: PdfLine, b: PdfLine, setting: PdfSetting) -> bool:
    """Whether lines in lower case are items of a list whose bullets are not seen: `a` is short,
    or has room and ends like the line before an item."""
    if a.text.isdecimal():
        return False
    width = setting.right[a.column] - a.left
    if setting.right[a.column] - a.right > SHORT_LINE * width:
        return True
    return a.text.endswith((":", ";")) and _has_room(a, b, setting)


def _is_wrapped_figure(group: Sequence[PdfLine], b: PdfLine) -> bool:
    """Whether a line begins with a figure or a dash of the sentence before it."""
    unfinished = not ends_sentence(group[-1].text) and not group[-1].text.endswith(":")
    return unfinished and not LIST_ITEM.match(group[0].text) and b.left <= group[-1].left + 1


def _has_room(a: PdfLine, b: PdfLine, setting: PdfSetting) -> bool:
    """Whether the first word of `b` would have fitted on `a`, or `a` is shorter than the lines of
    prose if these all have one length."""
    margin = setting.right[a.column]
    if a.column in setting.justified and not setting.is_heading([a]):
        return a.right < margin - JUSTIFIED_WITHIN
    space = 0 if broken_word(a.text) else SPACE * a.height
    return a.right + space + b.first_word_width < margin - 1


def _is_set_in(group: Sequence[PdfLine], b: PdfLine) -> bool:
    """Whether a line begins further in, or out, than the lines of its paragraph."""
    first, a = group[0], group[-1]
    step = INDENT * b.height
    if LIST_ITEM.match(first.text):
        return b.left < first.left - step
    return b.left > a.left + step or (len(group) > 1 and b.left < a.left - step)


def _had_lines_left(a: PdfLine, setting: PdfSetting) -> bool:
    """Whether a column ended early, so that what follows was put on the next."""
    left = a.baseline - setting.bottom[a.column]
    return ends_sentence(a.text) and left > BOTTOM_LINES * setting.leading_of(a)


def _write(group: Sequence[PdfLine], setting: PdfSetting) -> str:
    text = _joined(group, setting)
    if opens_note(group[0]) and all(is_small(line, setting.height) for line in group):
        return note(*text_of_note(text, group[0].mark))
    if setting.is_heading(group):
        return heading(text, setting.level(group))
    return text


def _joined(group: Sequence[PdfLine], setting: PdfSetting) -> str:
    parts = [group[0].text]
    for line in group[1:]:
        parts[-1], gap = glue(parts[-1], line.text, setting.words)
        parts.append(gap + line.text)
    return "".join(parts)


def _body_height(lines: Sequence[PdfLine]) -> float:
    heights: Counter[float] = Counter()
    for line in lines:
        heights[round(line.height, 1)] += len(line.text)
    return heights.most_common(1)[0][0]


def _wraps(lines: Sequence[PdfLine]) -> list[tuple[PdfLine, PdfLine]]:
    """The pairs of neighbouring lines of a column between which a sentence continues."""
    return [(a, b) for a, b in pairwise(lines) if _is_below(a, b) and _is_mid_sentence(a, b)]


def _leading(lines: Sequence[PdfLine]) -> dict[int, float]:
    gaps: dict[int, list[float]] = defaultdict(list)
    for a, b in _wraps(lines):
        gaps[round(a.height)].append(a.baseline - b.baseline)
    return {height: median(distances) for height, distances in gaps.items()}


def _right_margins(lines: Sequence[PdfLine]) -> tuple[dict[str, float], frozenset[str]]:
    """The right edge of the lines of each column (of the full lines, or of the longest if few are
    wrapped), and the columns in which all full lines reach it."""
    longest: dict[str, float] = {}
    for line in lines:
        longest[line.column] = max(line.right, longest.get(line.column, line.right))
    wrapped: dict[str, list[float]] = defaultdict(list)
    for a, _ in _wraps(lines):
        wrapped[a.column].append(a.right)
    full = {column: ends for column, ends in wrapped.items() if len(ends) > ENOUGH_LINES}
    right = longest | {column: quantiles(ends, n=20)[-1] for column, ends in full.items()}
    reached = {
        column: sum(abs(end - right[column]) <= JUSTIFIED_WITHIN for end in ends) / len(ends)
        for column, ends in full.items()
    }
    return right, frozenset(each for each in reached if reached[each] >= JUSTIFIED_LINES)
