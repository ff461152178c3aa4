"""Text -> lines, each with its place in the source and the text that a reader sees.

The readers of `formats/` write the layout of a page in the marks of Markdown, which people also
type:

    ## Learning from feedback       a heading, and its level from 1 to 6
    **Learning from feedback**      a heading by its bold type alone: level 6
    • one item, - one item          a list's item; also 1. 1) (a) a)
    | Service | Wait |              a row of a table; so are neighbouring lines with as many tabs
    [^1]: Survey of carers          a note
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

LINE = re.compile(r"([^\r\n\v\f\x85\u2028\u2029]*)(\r\n|[\r\n\v\f\x85\u2028\u2029]|\Z)")
PAGE_END = "\f"
HEADING_MARKS = re.compile(r"(?:#{1,6}\s+)+(?=\S)")
SYMBOLS = "•●▪◦‣∙○■"
SYMBOL_BULLET = re.compile(rf"(?:[{SYMBOLS}]\s*|[-–—*+o·]\s+)+(?=\S)")
NUMBER_BULLET = re.compile(r"(?:[0-9]{1,2}[.)]|\([a-z0-9]{1,2}\)|[a-z]\))\s+(?=\S)")
NOTE = re.compile(r"\[\^[^\]\s]{1,12}\]:\s+(?=\S)")
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
ABBREVIATION_END = re.compile(r"(?:^|\W)(?:e\.g|i\.e|Dr|Mr|Mrs|Ms|St|vs|approx)\.$")
# The most that a heading without marks has, in characters and in words.
HEADING_LENGTH = 120
HEADING_WORDS = 16
# A heading that only bold type marks has no level.
BOLD_LEVEL = 6
MAX_CELLS = 40


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank. `text` is what a reader sees, without marks and bullet; `index`
    counts such lines, `number` is the source's, `[start, end)` is the place of the line without
    blanks around it. `level` is that of a heading, or 0; `cells` are those of a table's row;
    `is_note` marks a note; `opens_page` is true if a form feed, or text that is printed on every
    page, comes before it."""

    index: int
    number: int
    start: int
    end: int
    text: str
    bullet: str = ""
    level: int = 0
    after_blank: bool = False
    cells: tuple[str, ...] = ()
    is_note: bool = False
    opens_page: bool = False

    @property
    def marked(self) -> bool:
        return self.level > 0

    @property
    def length(self) -> int:
        return self.end - self.start

    @property
    def ends_sentence(self) -> bool:
        return ends_sentence(self.text)

    @property
    def goes_on(self) -> bool:
        """Whether the line reads as the middle of a sentence."""
        return self.bullet in ("", "–", "—") and self.text[:1].islower()

    @property
    def first_word(self) -> str:
        return self.text.split(maxsplit=1)[0] if self.text else ""


def has_words(text: str) -> bool:
    """Whether a text has a letter or a figure, and is not only a rule."""
    return any(map(str.isalnum, text))


def ends_sentence(text: str) -> bool:
    tail = text[-12:]
    return bool(SENTENCE_END.search(tail)) and not ABBREVIATION_END.search(tail)


def split_lines(text: str) -> list[Line]:
    """The lines of a text that are not blank."""
    lines: list[Line] = []
    number, blank, opens_page = 1, True, False
    for match in LINE.finditer(text):
        raw, end_mark = match[1], match[2]
        stripped = raw.strip()
        if stripped:
            start = match.start() + len(raw) - len(raw.lstrip())
            line = _line(stripped, len(lines), number, start, after_blank=blank)
            lines.append(replace(line, opens_page=True) if opens_page else line)
            opens_page = False
        blank = not stripped
        opens_page |= end_mark == PAGE_END
        # Editors count only these as ends of lines.
        number += end_mark in ("\r\n", "\n", "\r")
    return _without_lone_rows(lines)


def _line(stripped: str, index: int, number: int, start: int, *, after_blank: bool) -> Line:
    line = Line(
        index, number, start, start + len(stripped), stripped, "", 0, after_blank, _cells(stripped)
    )
    if line.cells:
        return line
    if note := NOTE.match(stripped):
        return replace(line, text=stripped[note.end() :], is_note=True)
    words, bullet, level = _visible(stripped)
    return replace(line, text=words, bullet=bullet, level=level)


def _cells(stripped: str) -> tuple[str, ...]:
    """The cells of a row of Markdown or of a line with tabs; empty for other lines."""
    if stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 1:
        cells = stripped[1:-1].replace("\\|", "\v").split("|")
    else:
        cells = stripped.split("\t")
    # The first cell of "•<tab>text" and "1.<tab>text" is the mark of a list's item.
    is_item = len(cells) == 2 and not any(char.isalpha() for char in cells[0])
    if not 2 <= len(cells) <= MAX_CELLS or (is_item and not stripped.startswith("|")):
        return ()
    return tuple(cell.replace("\v", "|").strip() for cell in cells)


def _without_lone_rows(lines: Sequence[Line]) -> list[Line]:
    """The lines, where a line with tabs is a row only next to another with as many tabs, and
    otherwise prose."""
    widths = [0, *(len(line.cells) for line in lines), 0]
    return [
        line
        if not line.cells or line.text.startswith("|") or width in (before, after)
        else _prose(line)
        for line, before, width, after in zip(lines, widths, widths[1:], widths[2:], strict=False)
    ]


def _prose(line: Line) -> Line:
    words, bullet, level = _visible(line.text)
    return replace(line, text=" ".join(words.split()), bullet=bullet, level=level, cells=())


def _visible(stripped: str) -> tuple[str, str, int]:
    """The text of a line that a reader sees, its bullet, and its level as a heading."""
    words, level = stripped, 0
    if not has_words(words):
        return words, "", 0
    if mark := HEADING_MARKS.match(words):
        level = len(mark[0].split()[0])
        words = words[mark.end() :].rstrip("#").rstrip()
    words, level = _without_bold(words, level)
    bullet = SYMBOL_BULLET.match(words) or NUMBER_BULLET.match(words)
    if bullet is None:
        return words, "", level
    return words[bullet.end() :], bullet[0].strip(), level


def _without_bold(words: str, level: int) -> tuple[str, int]:
    bold = words.replace("**", "").strip()
    if bold and bold != words:
        whole = words.startswith("**") and words.endswith("**") and len(words) <= HEADING_LENGTH
        words, level = bold, level or (BOLD_LEVEL if whole else 0)
    if words.startswith("__") and words.endswith("__") and words.strip("_ "):
        words = words.strip("_ ")
        level = level or (BOLD_LEVEL if len(words) <= HEADING_LENGTH else 0)
    return words, level
