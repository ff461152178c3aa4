"""A saved web page -> text. lxml parses the page; `html_furniture.py` says which parts are left
out."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from lxml import etree
from lxml.etree import _Element

from reports.parsing.formats.encodings import decode_html
from reports.parsing.formats.html_furniture import NEVER_READ, Furniture, main_parts
from reports.parsing.formats.html_hidden import is_unread, without_copies
from reports.parsing.formats.html_tree import parse_page, published_address
from reports.parsing.formats.read import (
    BULLET,
    REPORT_TITLE,
    Read,
    bold_can_head,
    columns_spanned,
    heading,
    joined_blocks,
    note,
    plain,
    row,
)
from reports.parsing.lines import BOLD_LEVEL, has_words

# The elements within a line. Every other element begins a new line.
INLINE = frozenset(
    (
        *("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn"),
        *("em", "font", "i", "ins", "kbd", "label", "mark", "q", "s", "samp", "small", "span"),
        *("strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"),
    )
)
BOLD = frozenset(("b", "strong"))
NOTE_ROLES = frozenset(("doc-endnotes", "doc-footnotes", "doc-endnote", "doc-footnote"))
NOTE_NAME = re.compile(r"(?:^|\s)(?:foot|end)notes?(?:$|\s)", re.IGNORECASE)
# The arrow that leads back from a note to its place.
BACK = str.maketrans("", "", "↩↑\ufe0e")
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
CELLS = frozenset(("td", "th"))
# A row that holds one of these sets out a page; any other is a row of data.
PARTS_OF_A_LAYOUT = ("h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "table", "blockquote")
# Characters that no decoded page holds mark the end of a line and the bar between cells.
LINE_BREAK = "\v"
CELL_BREAK = "\f"
SITE_NAME = re.compile(r"\s+[-–—|]\s+(?=\S)")
# More than any page has, except a hostile one.
ENOUGH_HEADINGS = 10


def read_html(data: bytes) -> Read:
    """The page's text and address. Raises `ReadError` with the code `binary`, `empty` or
    `too-large`."""
    return read_page(decode_html(data))


def read_page(page: str) -> Read:
    """The text and address of a page that is decoded already. Raises `ReadError` as `read_html`
    does."""
    root = parse_page(page)
    parts = (list(_Blocks(part, Furniture(root, part))) for part in main_parts(root))
    blocks = without_copies(next(filter(None, parts), []))
    title = _missing_title(root, blocks) if blocks else []
    return Read(joined_blocks([*title, *blocks]), published_address(root))


class _Blocks:
    """The blocks of one part of a page, in order."""

    def __init__(self, part: _Element, furniture: Furniture) -> None:
        self.part = part
        self.furniture = furniture
        self.texts: list[str] = []
        self.mark = ""
        self.numbers: list[int | None] = []
        self.row: _Element | None = None
        self.preformatted = 0
        self.bold = 0
        self.is_bold = True
        self.notes: _Element | None = None
        self.noted = 0

    def __iter__(self) -> Iterator[str]:
        walk = etree.iterwalk(self.part, events=("start", "end", "comment", "pi"))
        skipped: _Element | None = None
        for event, element in walk:
            if event == "start":
                if element is not self.part and self._is_left_out(element):
                    if element.tag not in INLINE | NEVER_READ:
                        yield from self._flush()
                    # Its end is announced as well.
                    walk.skip_subtree()
                    skipped = element
                else:
                    yield from self._start(element)
                continue
            if event == "end" and element is not skipped:
                yield from self._end(element)
            if element is not self.part:
                self._add(element.tail)
        yield from self._flush()

    def _is_left_out(self, element: _Element) -> bool:
        if self.furniture.has(element):
            return True
        return element.tag in INLINE and is_unread(element, self.texts[-1] if self.texts else "")

    def _start(self, element: _Element) -> Iterator[str]:
        tag = element.tag
        self.bold += tag in BOLD
        if tag == "br":
            self.texts.append(LINE_BREAK)
        elif tag in CELLS and self.row is not None:
            self.texts.append(CELL_BREAK)
        elif self._divides_blocks(element):
            yield from self._flush()
            self._open(element)
        self._add(element.text)

    def _end(self, element: _Element) -> Iterator[str]:
        self.bold -= element.tag in BOLD
        if element.tag in CELLS and self.row is not None:
            # A cell over several columns is followed by empty ones, so that columns stay columns.
            self.texts.append(
                CELL_BREAK * (columns_spanned(element.get("colspan", "").strip()) - 1)
            )
        if element is self.row:
            self.row = None
        if not self._divides_blocks(element):
            return
        yield from self._flush()
        if element is self.notes:
            self.notes = None
        if _level(element) or element.tag == "li":
            self.mark = ""
        elif element.tag in {"ul", "ol"} and self.numbers:
            self.numbers.pop()
        elif element.tag == "pre":
            self.preformatted -= 1

    def _open(self, element: _Element) -> None:
        tag = element.tag
        if self.notes is None and _holds_notes(element):
            self.notes = element
        if level := _level(element):
            self.mark = heading("", level)
        elif tag == "li":
            self.mark = self._bullet()
        elif tag in {"ul", "ol"}:
            self.numbers.append(0 if tag == "ol" else None)
        elif tag == "tr" and _is_data(element):
            self.row = element
        elif tag == "pre":
            self.preformatted += 1

    def _bullet(self) -> str:
        if self.notes is not None:
            self.noted += 1
            return note("", str(self.noted))
        if not self.numbers or self.numbers[-1] is None:
            return BULLET
        self.numbers[-1] += 1
        return f"{self.numbers[-1]}. "

    def _divides_blocks(self, element: _Element) -> bool:
        return element.tag not in INLINE and element.tag != "br" and self.row is None

    def _add(self, text: str | None) -> None:
        if text:
            text = text.replace(LINE_BREAK, " ").replace(CELL_BREAK, " ")
            self.is_bold &= self.bold > 0 or not text.strip()
            self.texts.append(text.replace("\n", LINE_BREAK) if self.preformatted else text)

    def _flush(self) -> Iterator[str]:
        lines = [_row_or_line(line) for line in "".join(self.texts).split(LINE_BREAK)]
        self.texts.clear()
        is_bold, self.is_bold = self.is_bold, True
        # One break is the end of a line, two the end of a paragraph.
        for block in filter(None, "\n".join(lines).strip("\n").split("\n\n")):
            block = block.strip("\n")
            if self.notes is not None:
                block = block.translate(BACK).strip()
            elif is_bold and not self.mark and _can_head(block):
                self.mark = heading("", BOLD_LEVEL)
            yield self.mark + block
            self.mark = ""


def _row_or_line(line: str) -> str:
    """A table row or a line: each cell of a row begins with a break, and a line has no breaks."""
    first, *cells = map(plain, line.split(CELL_BREAK))
    return row(cells) if cells and not first else " ".join(filter(None, (first, *cells)))


def _can_head(block: str) -> bool:
    """Whether a block in bold type can be a heading."""
    return not block.startswith("|") and has_words(block) and bold_can_head(block)


def _level(element: _Element) -> int:
    """The level of a heading, 0 for none."""
    if element.tag in HEADINGS:
        return int(element.tag[1])
    if element.get("role") != "heading":
        return 0
    level = element.get("aria-level", "")
    return int(level) if level in {"1", "2", "3", "4", "5", "6"} else 2


def _holds_notes(element: _Element) -> bool:
    names = f"{element.get('class', '')} {element.get('id', '')}"
    return element.get("role", "") in NOTE_ROLES or bool(NOTE_NAME.search(names))


def _is_data(table_row: _Element) -> bool:
    """Whether the cells of a row are short ones that belong together."""
    if next(table_row.iter(*PARTS_OF_A_LAYOUT), None) is not None:
        return False
    return all(sum(1 for _ in cell.iter("p")) <= 1 for cell in table_row.iter("td", "th"))


def _missing_title(root: _Element, blocks: Iterable[str]) -> list[str]:
    """The line that names the authority, if it is outside the main part of the page. If no title
    says "assessment", it is the heading of the page, else the title of its window."""
    present = {block.lstrip("# ").casefold() for block in blocks}
    headings = [_text(element) for element in islice(root.iter("h1"), ENOUGH_HEADINGS)]
    windows = [_text(element) for element in root.findall("head/title")]
    parts = [part for title in windows for part in SITE_NAME.split(title)]
    titles = [title for title in (*headings, *parts) if REPORT_TITLE.search(title)]
    titles = titles or [title for title in (*headings[:1], *parts[:1]) if title]
    if any(title.casefold() in present for title in titles):
        return []
    return [heading(title, 1) for title in titles[:1]]


def _text(element: _Element) -> str:
    return plain("".join(element.itertext()))
