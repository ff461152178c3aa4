"""Web pages, PDF and Word documents -> the text that the grammar reads.

Each `read_...` takes the bytes of one file and gives a `Read`, or raises a `ReadError`. What they
give looks the same whatever the format: one block a paragraph, blank lines between, headings
marked with `#`, list items with `•` or their number, the cells of a table's row parted by ` | `.
`open_archive` gives the files of a zip.
"""

from reports.parsing.formats.archive import ARCHIVE_LIMITS, open_archive
from reports.parsing.formats.html import read_html
from reports.parsing.formats.pdf import read_pdf
from reports.parsing.formats.read import Read
from reports.parsing.formats.word import read_word

__all__ = ["ARCHIVE_LIMITS", "Read", "open_archive", "read_html", "read_pdf", "read_word"]
