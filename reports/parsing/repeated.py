"""Finds lines that a document repeats: running headers and footers, page numbers.

The whole document is needed, because a line that occurs once can be the end of a sentence.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence, Set
from itertools import pairwise

from reports.parsing.known_phrases import PHRASES, normalised
from reports.parsing.lines import Line
from reports.parsing.patterns import DOUBTFUL, PAGE_NUMBER

MAX_LENGTH = 120
SHORT = 50
FIGURES = re.compile(r"[0-9]+")
ENOUGH = 3
# Lines of a table or a list can be alike too, but they follow one another.
LINES_BETWEEN = 3
MOST_STEP = 10
MOST_LINES_OF_A_HEADER = 3


def repeated_lines(lines: Sequence[Line]) -> frozenset[int]:
    """The indexes of the lines that are furniture because they are repeated."""
    alike: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if _can_be(line):
            alike[FIGURES.sub("#", line.text)].append(line)
    groups = [group for group in alike.values() if _is_apart(group) and not _is_prose(group, lines)]
    found = [line for group in groups if _is_running(group, lines) for line in group]
    certain = {line.index for line in (*found, *_numbered_pages(lines), *_printed_twice(lines))}
    for _ in range(MOST_LINES_OF_A_HEADER):
        certain |= {
            line.index
            for group in groups
            if all(_is_at_page_end(line, certain) for line in group)
            for line in group
        }
    return frozenset(certain)


def _can_be(line: Line) -> bool:
    if line.length > MAX_LENGTH or line.bullet or line.cells or line.is_note or line.ends_sentence:
        return False
    # A score or a label can be printed under each of nine statements.
    is_known = normalised(line.text) in PHRASES or "score" in line.text.casefold()
    return not is_known and not line.text[:1].islower() and not PAGE_NUMBER.fullmatch(line.text)


def _is_apart(group: Sequence[Line]) -> bool:
    """Whether there are enough equal lines, at least as far apart as pages are long."""
    apart = [b.index - a.index for a, b in pairwise(group)]
    is_enough = len(group) >= ENOUGH and min(apart) >= LINES_BETWEEN
    return is_enough and not any(line.marked for line in group)


def _is_prose(group: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Whether most of the lines begin a paragraph that continues below them. A header can also be
    above the middle of a sentence, but then it is below its beginning."""
    begin = [
        line
        for line in group
        if any(below.goes_on and not below.after_blank for below in _below(line, lines))
        and (line.index == 0 or lines[line.index - 1].ends_sentence)
    ]
    return 2 * len(begin) > len(group)


def _below(line: Line, lines: Sequence[Line]) -> Sequence[Line]:
    return lines[line.index + 1 : line.index + 2]


def _is_at_page_end(line: Line, certain: Set[int]) -> bool:
    """Whether a line is next to a form feed, or next to a line that ends or begins a page."""
    return line.opens_page or bool({line.index - 1, line.index + 1} & certain)


def _is_running(group: Sequence[Line], lines: Sequence[Line]) -> bool:
    """Whether equal lines are on page after page: their figures grow, or they interrupt sentences,
    which headings do not."""
    figures = [tuple(map(int, FIGURES.findall(line.text[:MAX_LENGTH]))) for line in group]
    if len(set(figures)) == 1:
        # In tightly wrapped prose a name can be alone on a line by chance.
        return _names_the_report(group[0].text) and all(_is_alone(line, lines) for line in group)
    if figures != sorted(figures) or len(set(figures)) < len(figures):
        return False
    # The numbers of pages follow one another.
    return all(b[-1] - a[-1] <= MOST_STEP for a, b in pairwise(figures))


def _is_alone(line: Line, lines: Sequence[Line]) -> bool:
    """Whether there are blank lines above and below a line."""
    return line.after_blank and all(each.after_blank for each in _below(line, lines))


def _names_the_report(text: str) -> bool:
    """Whether the words are those of a running header, and not of a heading used in each part."""
    words = text.casefold()
    return any(each in words for each in ("assessment", "care quality commission", "cqc", "report"))


def _printed_twice(lines: Iterable[Line]) -> list[Line]:
    """The lines with only a date, a number or a regulator's name that occur more than once."""
    alike: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        # Right below another line it is more likely the end of a wrapped sentence.
        alone = line.after_blank and line.length <= SHORT
        if alone and DOUBTFUL.fullmatch(" ".join(line.text.split())):
            alike[line.text].append(line)
    return [line for group in alike.values() if len(group) > 1 for line in group]


def _numbered_pages(lines: Iterable[Line]) -> list[Line]:
    """The lines with only a figure that continue a count: 3 after 2, or before 4."""
    numbered = [
        (int(found[1]), line)
        for line in lines
        if line.length <= 20 and (found := PAGE_NUMBER.fullmatch(line.text))
    ]
    steps = [b[0] - a[0] == 1 for a, b in pairwise(numbered)]
    return [
        line
        for (_, line), before, after in zip(
            numbered, [False, *steps], [*steps, False], strict=False
        )
        if before or after
    ]
