"""A Word document -> text.

Insertions that a reviewer tracked are text, deletions are not. Footers, comments, tables of
contents and what is set as hidden text are left out; text boxes follow the paragraph they are
anchored in, and footnotes and endnotes come at the end. Only a report's title is read from the
headers.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml.etree import _Element

from reports.parsing.errors import ReadError
from reports.parsing.formats.read import (
    BULLET,
    REPORT_TITLE,
    Read,
    bold_can_head,
    columns_spanned,
    heading,
    is_note_mark,
    joined_blocks,
    note,
    plain,
    row,
)
from reports.parsing.formats.word_package import DOCUMENT, damaged, read_parts
from reports.parsing.formats.word_styles import (
    Lists,
    Look,
    Styles,
    found,
    is_on,
    outline_level,
    qn,
    value_of,
)
from reports.parsing.lines import BOLD_LEVEL, ends_sentence

OLE_SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
ZIP_SIGNATURE = b"PK"
P, R, T = qn("w:p"), qn("w:r"), qn("w:t")
TABLE, TABLE_ROW, CELL = qn("w:tbl"), qn("w:tr"), qn("w:tc")
TEXT_BOX = qn("w:txbxContent")
WHITE_SPACE = frozenset((qn("w:tab"), qn("w:ptab")))
LINE_BREAKS = frozenset((qn("w:br"), qn("w:cr")))
HYPHEN = qn("w:noBreakHyphen")
# Elements whose text is not read. A fallback repeats the choice before it.
LEFT_OUT = frozenset(
    (
        *map(qn, ("w:del", "w:moveFrom", "w:delText", "w:instrText", "w:pPr", "w:rPr", "w:sdtPr")),
        "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback",
    )
)
CONTENTS_GALLERY = "Table of Contents"
TITLE_WITHIN = 5
LONGEST_DATA = 120
# All but comments and processing instructions.
ELEMENTS = "*"
MARKS = f"#{BULLET}"
NOTES = (("footnotes", qn("w:footnote")), ("endnotes", qn("w:endnote")))
# The line that Word draws above the notes is a note too.
SEPARATORS = frozenset(("separator", "continuationSeparator", "continuationNotice"))


def read_word(data: bytes) -> Read:
    """The document's text. Raises `ReadError` with the code `damaged`, `empty`, `encrypted`,
    `too-large` or `unsupported-format`."""
    _refuse_other_formats(data)
    parts = read_parts(data)
    body = found(parts[DOCUMENT][0], "w:body")
    if body is None:
        raise damaged()
    return Read(joined_blocks(_Body(body, parts).blocks()))


def _refuse_other_formats(data: bytes) -> None:
    if data.startswith(OLE_SIGNATURE):
        if ENCRYPTED_PACKAGE in data:
            raise ReadError(
                "the Word document is locked with a password; save it without one", "encrypted"
            )
        raise ReadError(
            "the file is an old Word document (.doc); open it in Word and save it as .docx",
            "unsupported-format",
        )
    if not data.startswith(ZIP_SIGNATURE):
        raise damaged()


@dataclass
class _Text:
    """The text of one paragraph while it is read. `bold` is true if all of it is bold so far."""

    texts: list[str] = field(default_factory=list)
    bold: bool = True
    boxes: list[_Element] = field(default_factory=list)

    def add(self, text: str, *, bold: bool) -> None:
        self.texts.append(text)
        self.bold &= bold or not text.strip()

    @property
    def lines(self) -> list[str]:
        return [plain(line) for line in "".join(self.texts).split("\n")]


class _Body:
    """The body of a document."""

    def __init__(self, body: _Element, parts: Mapping[str, list[_Element]]) -> None:
        self.body = body
        self.styles = Styles.of(parts["styles"])
        self.lists = Lists.of(parts["numbering"])
        self.notes = [
            element
            for kind, tag in NOTES
            for part in parts[kind]
            for element in part.iter(tag)
            if element.get(qn("w:type")) not in SEPARATORS
        ]
        self.headers = parts["header"]
        # What a deleted paragraph mark leaves to be read with the paragraph that follows.
        self.begun = _Text()

    def blocks(self) -> Iterator[str]:
        blocks = [*self._blocks_in(self.body), *filter(None, self.begun.lines)]
        yield from self._titles(blocks)
        yield from blocks
        for number, element in enumerate(self.notes, 1):
            words = " ".join(self._blocks_in(element)).replace("\n", " ")
            yield note(words.lstrip(MARKS), str(number)) if words else ""

    def _titles(self, blocks: list[str]) -> list[str]:
        """A report's title in the headers, where the document itself has none."""
        if any(REPORT_TITLE.search(block) for block in blocks[:TITLE_WITHIN]):
            return []
        lines = (line for header in self.headers for line in self._blocks_in(header))
        return [line for line in lines if REPORT_TITLE.search(line)][:1]

    def _blocks_in(self, container: _Element) -> Iterator[str]:
        for element in container.iterchildren(ELEMENTS):
            if element.tag in LEFT_OUT or _is_contents(element):
                continue
            if element.tag == P:
                yield from self._paragraph(element)
            elif element.tag == TABLE_ROW:
                yield from self._row(element)
            else:
                yield from self._blocks_in(element)

    def _paragraph(self, element: _Element) -> Iterator[str]:
        look = self.styles[value_of(element, "w:pPr", "w:pStyle")]
        if look.is_contents:
            return
        text, self.begun = self.begun, _Text()
        self._collect(element, look, text)
        if found(element, "w:pPr", "w:rPr", "w:del") is not None:
            self.begun = text
            return
        lines = text.lines
        if any(lines):
            yield self._mark(element, look, text) + "\n".join(filter(None, lines))
        for box in text.boxes:
            yield from self._blocks_in(box)

    def _collect(self, element: _Element, look: Look, text: _Text) -> None:
        for child in element.iterchildren(ELEMENTS):
            if child.tag in LEFT_OUT:
                continue
            if child.tag == TEXT_BOX:
                text.boxes.append(child)
            elif child.tag == R:
                self._collect_run(child, look, text)
            else:
                self._collect(child, look, text)

    def _collect_run(self, run: _Element, look: Look, text: _Text) -> None:
        if _is_unread(run, text.texts[-1] if text.texts else ""):
            return
        bold = self._is_bold(run, look)
        for child in run.iterchildren(ELEMENTS):
            if child.tag == T:
                text.add((child.text or "").replace("\n", " "), bold=bold)
            elif child.tag in WHITE_SPACE:
                text.add(" ", bold=bold)
            elif child.tag in LINE_BREAKS:
                text.add("\n", bold=bold)
            elif child.tag == HYPHEN:
                text.add("-", bold=bold)
            elif child.tag not in LEFT_OUT:
                self._collect(child, look, text)

    def _is_bold(self, run: _Element, look: Look) -> bool:
        direct = found(run, "w:rPr", "w:b")
        if direct is not None:
            return is_on(direct)
        style = value_of(run, "w:rPr", "w:rStyle")
        return bool((style and self.styles[style].bold) or look.bold)

    def _mark(self, element: _Element, look: Look, text: _Text) -> str:
        """The mark to put before a paragraph: that of a heading or of a list's item, or nothing."""
        if level := outline_level(element) or look.level:
            return heading("", level)
        list_id = value_of(element, "w:pPr", "w:numPr", "w:numId") or look.list_id
        if (list_id and list_id != "0") or look.bullet is not None:
            depth = value_of(element, "w:pPr", "w:numPr", "w:ilvl") or "0"
            return self.lists.mark(list_id, depth, look)
        is_heading = text.bold and bold_can_head(" ".join(text.lines))
        return heading("", BOLD_LEVEL) if is_heading else ""

    def _row(self, table_row: _Element) -> Iterator[str]:
        if found(table_row, "w:trPr", "w:del") is not None:
            return
        elements = [
            cell
            for cell in table_row.iter(CELL)
            if next(cell.iterancestors(TABLE_ROW)) is table_row
        ]
        cells = [list(self._blocks_in(cell)) for cell in elements]
        if any(map(_sets_out_page, cells)):
            yield from (block for cell in cells for block in cell)
        else:
            texts: list[str] = []
            for element, cell in zip(elements, cells, strict=True):
                texts.append(" ".join(block.lstrip(MARKS) for block in cell).replace("\n", " "))
                # Empty cells follow one over several columns, so that columns stay columns.
                span = columns_spanned(value_of(element, "w:tcPr", "w:gridSpan"))
                texts += [""] * (span - 1)
            yield row(texts)


def _sets_out_page(cell: Sequence[str]) -> bool:
    """Whether a cell holds a part of a page, such as paragraphs under a heading, rather than data
    in a few lines."""
    return len(cell) > 1 and any(
        block.startswith(tuple(MARKS)) or ends_sentence(block) or len(block) > LONGEST_DATA
        for block in cell
    )


def _is_unread(run: _Element, before: str) -> bool:
    """Whether a run is hidden, or is the raised number of a note (not the 2 of "m²")."""
    if is_on(found(run, "w:rPr", "w:vanish")):
        return True
    if value_of(run, "w:rPr", "w:vertAlign") != "superscript":
        return False
    text = "".join(each.text or "" for each in run.iter(T)).strip()
    return is_note_mark(text, before)


def _is_contents(element: _Element) -> bool:
    gallery = value_of(element, "w:sdtPr", "w:docPartObj", "w:docPartGallery")
    return gallery == CONTENTS_GALLERY
