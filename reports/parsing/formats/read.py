"""The result of every reader, and how its text is written."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from reports.parsing.errors import ReadError
from reports.parsing.lines import HEADING_WORDS, MAX_CELLS, ends_sentence

BULLET = "• "
# Invisible characters that would split a word for the search: soft hyphen, zero-width space, word
# joiner, byte order mark. Others, such as the joiners that some scripts need, are kept.
UNSEEN = {ord(char): None for char in "\u00ad\u200b\u2060\ufeff"}
# Letters that some fonts draw as one.
LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
# The mark of a note: a number, a letter or a symbol, in brackets or not.
NOTE_MARK = re.compile(r"[\[(]?(?:[0-9]{1,3}|[a-z]|[*†‡§¶]{1,3})[\])]?")
# A raised number after a unit of length is part of the unit, as in "12 m²".
AFTER_UNIT = re.compile(r"(?:\b|[0-9])[ckm]?m\s?$")
REPORT_TITLE = re.compile(r"\bassessment(?: report)?$", re.IGNORECASE)
SPAN = re.compile(r"[1-9][0-9]?")


@dataclass(frozen=True, slots=True)
class Read:
    """The text of a document, and the page address it says it was published at. `notes` tell
    people what could not be read, such as pages that hold only a picture."""

    text: str
    address: str = ""
    notes: tuple[str, ...] = ()


def plain(text: str) -> str:
    """One line of text as people see it: single spaces and no invisible characters."""
    return " ".join(CONTROLS.sub(" ", text.translate(UNSEEN).translate(LIGATURES)).split())


def is_note_mark(raised: str, before: str) -> bool:
    """Whether raised text is the mark of a note; `before` is the text before it."""
    return bool(NOTE_MARK.fullmatch(raised)) and not AFTER_UNIT.search(before[-6:])


def bold_can_head(text: str) -> bool:
    """Whether a text in bold type is short enough for a heading, and not a whole sentence. A
    question can be a heading."""
    ends = ends_sentence(text) and not text.endswith("?")
    return len(text.split()) <= HEADING_WORDS and not ends


def columns_spanned(span: str) -> int:
    """How many columns of a table a cell covers, from the attribute that says so."""
    return min(int(span), MAX_CELLS) if SPAN.fullmatch(span) else 1


def heading(text: str, level: int) -> str:
    return f"{'#' * min(level, 6)} {text}"


def row(cells: Sequence[str]) -> str:
    """The cells of a table's row; one cell alone is a paragraph."""
    if len(cells) < 2:
        return "".join(cells)
    escaped = (cell.replace("|", "\\|") for cell in cells)
    return f"| {' | '.join(escaped)} |" if any(cells) else ""


def note(text: str, mark: str) -> str:
    return f"[^{mark}]: {text}"


def joined_blocks(blocks: Iterable[str]) -> str:
    """Blocks as one text, with a blank line between them. Raises `ReadError` with the code `empty`
    if there are none."""
    text = "\n\n".join(filter(None, blocks))
    if not text:
        raise ReadError("the file holds no text; save or download it again", "empty")
    return f"{text}\n"
