"""Reads the text of a PDF's pages, with the place of each part, by PDFium.

PDFium must not be called by two threads at once, so readers run in separate processes (see
`limited.py`), each with one document at a time.
"""

import ctypes
import math
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, NamedTuple

import pypdfium2  # type: ignore[import-untyped,unused-ignore]
from pypdfium2 import raw  # type: ignore[import-untyped,unused-ignore]

from reports.parsing.errors import ReadError
from reports.parsing.formats.pdf_page import PageContent, PdfSegment
from reports.parsing.formats.read import AFTER_UNIT

MAX_PAGES = 2000
# A full report has about 300,000, in some 10,000 segments.
MAX_CHARACTERS = 3_000_000
MAX_SEGMENTS = 200_000
# PDFium's own marks for a hyphen at the end of a line.
HYPHENS = frozenset((0xFFFE, 0x2))
SURROGATES = range(0xD800, 0xE000)
# Parts of a line that are further apart than this share of its height may be columns.
GAP = 0.9
SAME_LINE = 0.3
# Text at an angle that differs from a quarter turn by more radians than this is a watermark.
OBLIQUE = 4
UPRIGHT_WITHIN = 0.1
# The mark of a note is smaller than its line and raised.
MARK_HEIGHT = 0.85
MARK_RISE = 0.12
MARKS = frozenset("0123456789*†‡")
LONGEST_MARK = 3
# The size of a bullet, and how many shapes of a page are looked at.
DOT = (1.5, 8.0)
MAX_SHAPES = 3000
BOLD_NAME = re.compile(rb"bold|black|heavy|demi", re.IGNORECASE)
BOLD_WEIGHT = 600
FONT_NAME_SIZE = 128


def read_pages(data: bytes) -> list[PageContent]:
    """What each page draws. Raises `ReadError` with the code `damaged`, `encrypted` or
    `too-large`."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
            message = "the PDF is locked with a password; save it without one"
            raise ReadError(message, "encrypted") from error
        raise _damaged() from error
    try:
        if len(document) > MAX_PAGES:
            raise _too_large()
        return list(_read(document))
    except ReadError:
        raise
    except (pypdfium2.PdfiumError, OverflowError, ValueError) as error:
        raise _damaged() from error
    finally:
        document.close()


def _damaged() -> ReadError:
    return ReadError("the PDF is damaged; download it again", "damaged")


def _too_large() -> ReadError:
    return ReadError("the PDF has too many pages or too much text to be one report", "too-large")


def _read(document: Any) -> Iterator[PageContent]:
    characters, count = 0, 0
    for number in range(len(document)):
        page = document[number]
        text_page = page.get_textpage()
        characters += text_page.count_chars()
        if characters > MAX_CHARACTERS:
            raise _too_large()
        segments = list(_segments(text_page.raw))
        count += len(segments)
        if count > MAX_SEGMENTS:
            raise _too_large()
        yield PageContent(segments, _dots(page), not segments and _has_picture(page))
        text_page.close()
        page.close()


def _has_picture(page: Any) -> bool:
    return next(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3), None) is not None


def _dots(page: Any) -> list[list[float]]:
    """The edges of small shapes, because browsers draw the bullets of lists."""
    shapes = page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)
    boxes = (shape.get_bounds() for shape in islice(shapes, MAX_SHAPES))
    return [
        [round(value, 2) for value in (left, right, bottom, top)]
        for left, bottom, right, top in boxes
        if DOT[0] <= right - left <= DOT[1] and DOT[0] <= top - bottom <= DOT[1]
    ]


class _Character(NamedTuple):
    """A character and its box, turned so that its line runs to the right. `turn` counts quarter
    turns to the left; OBLIQUE is any other angle."""

    text: str
    turn: int
    left: float
    right: float
    baseline: float
    height: float


@dataclass(slots=True)
class _Segment:
    """A `PdfSegment` while its characters are read."""

    turn: int
    left: float
    right: float
    baseline: float
    height: float
    text: str = ""
    first_word_right: float = 0.0
    words_bold: list[bool] = field(default_factory=list)
    opens_note: bool = False

    def is_marked_by(self, character: _Character) -> bool:
        """Whether the next character is the mark of a note: "12 m²" keeps its 2."""
        return (
            character.text in MARKS
            and _is_raised(character, self)
            and -self.height < character.left - self.right <= GAP * self.height
            and not AFTER_UNIT.search(self.text[-6:])
        )

    def is_mark_of(self, character: _Character) -> bool:
        """Whether the segment is a raised mark right before the next character, as of a note at the
        foot of the page."""
        return (
            len(self.text) <= LONGEST_MARK
            and set(self.text) <= MARKS
            and _is_raised(self, character)
            and 0 <= character.left - self.right + 0.1 <= GAP * character.height
        )

    def takes(self, character: _Character) -> bool:
        return (
            character.turn == self.turn
            and abs(character.baseline - self.baseline) <= SAME_LINE * self.height
            and -self.height < character.left - self.right <= GAP * self.height
        )

    def add(self, character: _Character, *, bold: bool | None) -> None:
        """Add a character. `bold` is given for the first one of a word, and None for the others."""
        if bold is not None:
            self.text += " " if self.text else ""
            self.words_bold.append(bold)
        self.text += character.text
        self.right = max(self.right, character.right)
        # An "fi" drawn as one glyph is lower than others.
        self.height = max(self.height, character.height)
        if len(self.words_bold) == 1:
            self.first_word_right = self.right

    def place_beside(self, character: _Character) -> None:
        """Put the mark of a note on the line of the note's first character."""
        self.opens_note = True
        self.baseline, self.height = character.baseline, character.height

    def finished(self) -> PdfSegment:
        return PdfSegment(
            self.text,
            left=round(self.left, 2),
            right=round(self.right, 2),
            first_word_right=round(self.first_word_right, 2),
            baseline=round(self.baseline, 2),
            height=round(self.height, 2),
            bold=all(self.words_bold),
            turn=self.turn,
            is_mark=self.opens_note,
        )


def _is_raised(mark: _Character | _Segment, line: _Character | _Segment) -> bool:
    """Whether a mark is smaller than its line, and raised above it."""
    rise = mark.baseline - line.baseline
    is_small = mark.height < MARK_HEIGHT * line.height
    return mark.turn == line.turn and is_small and MARK_RISE * line.height < rise < line.height


def _segments(text_page: Any) -> Iterator[PdfSegment]:
    """The segments of a page in the order of its content."""
    segment: _Segment | None = None
    after_space = True
    for index in range(raw.FPDFText_CountChars(text_page)):
        character = _character(text_page, index)
        if character is None:
            after_space = True
            continue
        if segment is not None and segment.is_marked_by(character):
            segment.right = max(segment.right, character.right)
            continue
        if segment is None or not segment.takes(character):
            if segment is not None:
                if segment.is_mark_of(character):
                    segment.place_beside(character)
                yield segment.finished()
            segment = _Segment(*character[1:])
            after_space = True
        segment.add(character, bold=_is_bold(text_page, index) if after_space else None)
        after_space = False
    if segment is not None:
        yield segment.finished()


def _character(text_page: Any, index: int) -> _Character | None:
    """The character at an index; None for a space, and for a character without a place."""
    code = raw.FPDFText_GetUnicode(text_page, index)
    text = _text(code)
    if text.isspace():
        return None
    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetLooseCharBox(text_page, index, box)
    raw.FPDFText_GetCharOrigin(text_page, index, x, y)
    # PDFium's angle grows clockwise.
    angle = -raw.FPDFText_GetCharAngle(text_page, index)
    if not math.isfinite(angle):
        return None
    quarters = round(angle / (math.pi / 2))
    oblique = abs(angle - quarters * math.pi / 2) > UPRIGHT_WITHIN
    sides = (box.left, box.right, box.bottom, box.top)
    if not all(map(math.isfinite, (*sides, x.value, y.value))):
        return None
    if oblique:
        return _oblique(text, angle, sides, (x.value, y.value))
    return _turned(text, quarters % 4, sides, (x.value, y.value))


def _oblique(
    text: str, angle: float, sides: tuple[float, float, float, float], origin: tuple[float, float]
) -> _Character:
    """A character on a slanting line, with its place along that line and the height of the line."""
    left, right, bottom, top = sides
    x, y = origin
    along = x * math.cos(angle) + y * math.sin(angle)
    size = max(right - left, top - bottom, 0.1)
    return _Character(
        text, OBLIQUE, along, along + size, y * math.cos(angle) - x * math.sin(angle), size
    )


def _turned(
    text: str, turn: int, sides: tuple[float, float, float, float], origin: tuple[float, float]
) -> _Character:
    left, right, bottom, top = sides
    x, y = origin
    along, baseline, height = (
        ((left, right), y, top - bottom),
        ((bottom, top), -x, right - left),
        ((-right, -left), -y, top - bottom),
        ((-top, -bottom), x, right - left),
    )[turn]
    return _Character(text, turn, *along, baseline, max(height, 0.1))


def _text(code: int) -> str:
    if code in HYPHENS:
        return "-"
    if code in SURROGATES or code > sys.maxunicode:
        return "\N{REPLACEMENT CHARACTER}"
    character = chr(code)
    return character if code > 0x1F else " "


def _is_bold(text_page: Any, index: int) -> bool:
    if raw.FPDFText_GetFontWeight(text_page, index) >= BOLD_WEIGHT:
        return True
    name = ctypes.create_string_buffer(FONT_NAME_SIZE)
    raw.FPDFText_GetFontInfo(text_page, index, name, FONT_NAME_SIZE, None)
    return bool(BOLD_NAME.search(name.value))
