"""What every reader gives, and how it is written down."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from reports.parsing.errors import ReadError

BULLET = "• "
# Marks that no reader sees and that would part a word for a search: soft hyphen, zero-width space,
# byte order mark. Others, such as the joiners that some scripts need, stay.
UNSEEN = {ord(char): None for char in "\u00ad\u200b\ufeff"}
# Letters that some fonts draw as one.
LIGATURES = str.maketrans(
    {"\ufb00": "ff", "\ufb01": "fi", "\ufb02": "fl", "\ufb03": "ffi", "\ufb04": "ffl"}
)
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Read:
    """The text of a document, and the page address it says it was published at. `notes` tell
    people what could not be read, such as pages that hold only a picture."""

    text: str
    address: str = ""
    notes: tuple[str, ...] = ()


def plain(text: str) -> str:
    """One line of text as a reader sees it: single spaces, nothing unseen."""
    return " ".join(CONTROLS.sub(" ", text.translate(UNSEEN).translate(LIGATURES)).split())


def heading(text: str, level: int) -> str:
    return f"{'#' * min(level, 6)} {text}"


def row(cells: Iterable[str]) -> str:
    return " | ".join(filter(None, cells))


def document(blocks: Iterable[str]) -> str:
    """Blocks as one text, a blank line between them. Raises `ReadError` with the code `empty`
    where there are none."""
    text = "\n\n".join(filter(None, blocks))
    if not text:
        raise ReadError("the file holds no text; save or download it again", "empty")
    return f"{text}\n"
