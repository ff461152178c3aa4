"""Reads plain text and Markdown. markdown-it reads Markdown as GitHub does."""

import re

from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from reports.parsing.formats.encodings import decode_text
from reports.parsing.formats.html import read_page
from reports.parsing.formats.read import LIGATURES, UNSEEN, Read, note
from reports.parsing.line_ends import SOFT_HYPHEN

# At the end of a line it shows that the word continues; elsewhere it is invisible.
SOFT_HYPHEN_WITHIN = re.compile(f"{SOFT_HYPHEN}(?!\\s)")
UNSEEN_BUT_SOFT_HYPHEN = {code: None for code in UNSEEN if chr(code) != SOFT_HYPHEN}
# `## Heading {#its-id}`, as some converters write it.
HEADING_ID = re.compile(r"[ \t]*\{#[\w-]{1,80}\}[ \t]*$", re.MULTILINE)

# A raised number ends a word or a sentence where it is a note's mark; "12 km²" keeps its own.
RAISED = "[¹²³⁰⁴-⁹]{1,3}"
NOTE_MARK = re.compile(rf"(?:(?<=[^\W\d_]{{3}})|(?<=[.,;:!?’”)%])){RAISED}")
NOTE_LINE = re.compile(rf"^[ \t]*({RAISED})[ \t]*(?=[^\W\d_])", re.MULTILINE)
FIGURES = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


def read_plain_text(data: bytes) -> Read:
    """The text without invisible characters and raised marks of notes. A line that begins with such
    a mark is a note. Raises `ReadError` with the code `binary` or `encoding`."""
    text = NOTE_MARK.sub("", _cleaned(decode_text(data)))
    return Read(NOTE_LINE.sub(lambda found: note("", found[1].translate(FIGURES)), text))


def read_markdown(data: bytes) -> Read:
    """The text of the web page that the Markdown makes, with its links, lists, tables and notes."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    # Text indented by four spaces is not a block of code here.
    markdown.disable("code")
    markdown.use(footnote_plugin)
    text = HEADING_ID.sub("", _cleaned(decode_text(data)))
    return read_page(f"<body>{markdown.render(text)}</body>")


def _cleaned(text: str) -> str:
    text = SOFT_HYPHEN_WITHIN.sub("", text.translate(UNSEEN_BUT_SOFT_HYPHEN))
    return text.translate(LIGATURES)
