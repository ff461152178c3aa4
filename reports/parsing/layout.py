"""Text -> lines, each knowing where in the source it stands and what a reader sees of it."""

import re
from dataclasses import dataclass

LINE = re.compile(r"([^\r\n\v\f\x85\u2028\u2029]*)(\r\n|[\r\n\v\f\x85\u2028\u2029]|\Z)")
HEADING_MARKS = re.compile(r"(?:#{1,6}\s+)+(?=\S)")
SYMBOL_BULLET = re.compile(r"(?:[•●▪◦‣∙○■]\s*|[-–—*+o·]\s+)+(?=\S)")
NUMBER_BULLET = re.compile(r"(?:\d{1,2}[.)]|\([a-z\d]{1,2}\)|[a-z]\))\s+(?=\S)")
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*$")
ABBREVIATION_END = re.compile(r"(?:^|\W)(?:e\.g|i\.e|Dr|Mr|Mrs|Ms|St|vs|approx)\.$")
HEADING_LENGTH = 120


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
        return self.bullet in ("", "–", "—") and self.text[:1].islower()

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
    if mark := HEADING_MARKS.match(words):
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
