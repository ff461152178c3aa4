"""A PDF -> text. PDFium reads the glyphs (`pdf_glyphs.py`); this module lays out the lines."""

from collections.abc import Iterator, Sequence

from reports.parsing.errors import ReadError
from reports.parsing.formats.pdf_columns import Gutters, reading_order
from reports.parsing.formats.pdf_glyphs import read_pages
from reports.parsing.formats.pdf_margins import PdfPage, without_margins
from reports.parsing.formats.pdf_page import (
    PageContent,
    PdfLine,
    PdfSegment,
    drawn_bullets,
    rows,
)
from reports.parsing.formats.pdf_text import Block, paragraphs
from reports.parsing.formats.read import Read, joined_blocks

SIGNATURE = b"%PDF-"
# PDF viewers look for the signature in the first kilobyte, so damaged downloads open in them.
SIGNATURE_WITHIN = 1024
SCANNED = (
    "the PDF holds only pictures of pages, no text; "
    "have text recognised in it (OCR), or find the web page or Word version"
)


def read_pdf(data: bytes) -> Read:
    """The document's text. Raises `ReadError` with the code `damaged`, `empty`, `encrypted`,
    `scanned` or `too-large`."""
    if SIGNATURE not in data[:SIGNATURE_WITHIN]:
        raise ReadError("the file is damaged or is not a PDF; download it again", "damaged")
    return text_of_pages(read_pages(data))


def text_of_pages(pages: Sequence[PageContent]) -> Read:
    """The text of pages in reading order. Raises `ReadError` with the code `scanned` or `empty`."""
    segments = [[*page.segments, *drawn_bullets(page.segments, page.dots)] for page in pages]
    pictures = [number for number, page in enumerate(pages, 1) if page.is_picture]
    if pictures and not any(segments):
        raise ReadError(SCANNED, "scanned")
    return Read(joined_blocks(_blocks(segments)), notes=_notes(pictures))


def _notes(pictures: Sequence[int]) -> tuple[str, ...]:
    if not pictures:
        return ()
    return (f"Pages that hold only a picture: {', '.join(map(str, pictures))}.",)


def _blocks(pages: Sequence[Sequence[PdfSegment]]) -> Iterator[str]:
    """The paragraphs of all pages. The text of margins is put before the first paragraph that
    begins on their page or after it, so that it divides no paragraph."""
    bare = without_margins(
        [rows(_upright(segments), number) for number, segments in enumerate(pages)]
    )
    gutters = Gutters([page.rows for page in bare])
    lines = [line for page in bare for line in reading_order(page.rows, gutters)]
    blocks: list[PdfLine | Block] = [*_furniture(pages, bare), *paragraphs(lines)]
    # The sort keeps the order of what is on the same page.
    yield from (block.text for block in sorted(blocks, key=lambda block: block.page))


def _furniture(pages: Sequence[Sequence[PdfSegment]], bare: Sequence[PdfPage]) -> list[PdfLine]:
    """The furniture in the order of pages: the margins, and text turned at an angle to its page,
    such as a watermark. Repeated words are listed once, at their first page."""
    said: set[str] = set()
    found: list[PdfLine] = []
    for number, (segments, page) in enumerate(zip(pages, bare, strict=True)):
        found += page.furniture
        turn = _usual_turn(segments)
        for segment in segments:
            if segment.turn != turn and segment.text not in said:
                said.add(segment.text)
                found.append(PdfLine((segment,), number))
    return found


def _upright(segments: Sequence[PdfSegment]) -> list[PdfSegment]:
    turn = _usual_turn(segments)
    return [segment for segment in segments if segment.turn == turn]


def _usual_turn(segments: Sequence[PdfSegment]) -> int:
    letters = [0] * 4
    for segment in segments:
        if segment.turn < len(letters):
            letters[segment.turn] += len(segment.text)
    return letters.index(max(letters))
