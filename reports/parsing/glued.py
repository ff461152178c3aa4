"""Divides lines that hold two things, so that each of the two is recognised.

Assessing needs Score: 2                                    a title and its score, in one row
| Assessing needs | Score: 2 |                              the same in a table
Barnet: local authority assessment Assessing needs          a title tightly above another
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from reports.facts import gazetteer
from reports.facts.framework import VERSIONS
from reports.parsing import patterns
from reports.parsing.known_phrases import PHRASES, TokenKind, normalised
from reports.parsing.lines import Line

MAX_LENGTH = 200
SCORE_BEGINS = re.compile(
    r"(?:[ \t]|[ \t]*[-–—:|,(])[ \t]*(?=(?:indicative |quality statement )*score\b)", re.IGNORECASE
)
STATEMENT_NAMES = {
    name
    for version in VERSIONS
    for statement in version.statements
    for name in (statement.name, *statement.aliases)
}
STATEMENT_ENDS = re.compile(
    rf"(?<=\s)(?:{'|'.join(re.escape(name) for name in STATEMENT_NAMES)})$".replace(r"\ ", r"\s+")
)


def divide_glued(lines: Sequence[Line]) -> list[Line]:
    """The lines, numbered again, with each line that holds two things divided into two."""
    divided = [part for line in lines for part in _parts(line)]
    if len(divided) == len(lines):
        return divided
    return [replace(line, index=index) for index, line in enumerate(divided)]


def _parts(line: Line) -> Iterator[Line]:
    if line.length > MAX_LENGTH:
        yield line
    elif line.cells:
        yield from _cells(line)
    elif at := _border(line.text):
        yield from _at(line, at)
    else:
        yield line


def _cells(line: Line) -> Iterator[Line]:
    """The cells of a row that holds a statement's title or the word for a score, and a score."""
    cells = [cell for cell in line.cells if cell]
    if len(cells) != 2 or not _is_scored(*cells):
        yield line
        return
    if normalised(cells[0]) not in PHRASES:
        yield replace(line, text=" ".join(cells), cells=())
        return
    words = line.text.replace("|", " ")
    yield from _at(replace(line, text=words, cells=()), words.rindex(cells[1]))


def _is_scored(first: str, second: str) -> bool:
    is_score = patterns.read_score_line(second) or patterns.FIGURE_ALONE.fullmatch(second)
    return bool(is_score and (patterns.SCORE_LABEL.fullmatch(first) or _is_statement(first)))


def _is_statement(text: str) -> bool:
    return PHRASES.get(normalised(text), (None,))[0] is TokenKind.STATEMENT


def _border(text: str) -> int:
    """Where the second of two things in a line begins, or 0."""
    for found in SCORE_BEGINS.finditer(text):
        title, score = text[: found.start()], text[found.end() :].rstrip(")")
        if _is_statement(title) and patterns.read_score_line(" ".join(score.split())):
            return found.end()
    if ending := STATEMENT_ENDS.search(text):
        above = patterns.REPORT_TITLE.fullmatch(" ".join(text[: ending.start()].split()))
        return ending.start() if above and gazetteer.named(above["name"]) else 0
    return 0


def _at(line: Line, at: int) -> Iterator[Line]:
    """The two parts of a line; `at` is a place in its text, which ends where the line does."""
    text = line.text
    place = line.end - len(text) + at
    before, after = text[:at].rstrip(" \t-–—:|,("), text[at:].strip(" |")
    yield replace(line, text=before.strip(), end=place)
    yield replace(line, text=after, start=place, bullet="", level=0, after_blank=False)
