"""Files -> the text that the grammar reads. A new format is declared here and nowhere else.

Each reader takes the bytes of one file and gives a `Read`, or raises a `ReadError`. Their texts
look the same for every format: one block for each paragraph, blank lines between blocks, headings
marked with `#`, list items with `•` or their number, the cells of a table's row between `|`, notes
as `[^1]: `. `open_archive` gives the files of a zip.
"""

from collections.abc import Callable
from dataclasses import dataclass

from reports.parsing.formats.archive import ARCHIVE_LIMITS, open_archive
from reports.parsing.formats.html import read_html
from reports.parsing.formats.mhtml import read_mhtml
from reports.parsing.formats.pdf import read_pdf
from reports.parsing.formats.read import Read
from reports.parsing.formats.text import read_markdown, read_plain_text
from reports.parsing.formats.word import read_word


@dataclass(frozen=True, slots=True)
class Format:
    """A format that reports are read in: its name for people, and the suffixes of its files, the
    usual one first."""

    name: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes], Read]


FORMATS = (
    Format("web page", (".html", ".htm"), read_html),
    Format("web page in one file", (".mhtml", ".mht"), read_mhtml),
    Format("PDF", (".pdf",), read_pdf),
    Format("Word document", (".docx", ".doc"), read_word),
    Format("text", (".txt",), read_plain_text),
    Format("Markdown", (".md",), read_markdown),
)
# Formats that people have and this program does not read, and what to do about them.
REFUSED = {
    ".rtf": "rich text: open it in Word or LibreOffice and save it as .docx",
    ".odt": "an OpenDocument text: open it in LibreOffice or Word and save it as .docx",
    ".pages": "a Pages document: open it in Pages and export it as Word or PDF",
    ".epub": "an e-book: open it and save its text, or find the web page",
}
