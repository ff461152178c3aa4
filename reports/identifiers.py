"""Public ids: made from content, so that permalinks survive a re-ingest and a rebuild."""

import hashlib
import re
import unicodedata
from base64 import b32encode
from collections.abc import Callable, Iterable

LENGTH = 12
_QUOTES = str.maketrans("‘’‚‛“”„‟‐‑‒–—―", "''''\"\"\"\"------")


def normalise(text: str) -> str:
    """The text without what a change of format may change: case, spacing, kinds of quotation
    marks and dashes."""
    folded = unicodedata.normalize("NFKC", text).translate(_QUOTES).casefold()
    return re.sub(r"\s+", " ", folded).strip()


def public_id(kind: str, statement: str, text: str, occurrence: int = 0) -> str:
    """Twelve letters and digits (60 bits) for the `occurrence`th such text of a statement."""
    content = "\n".join((kind, statement, normalise(text), str(occurrence)))
    digest = hashlib.sha256(content.encode()).digest()
    return b32encode(digest).decode().lower()[:LENGTH]


def allocate(
    kind: str,
    statement: str,
    texts: Iterable[str],
    find_taken: Callable[[set[str]], Iterable[str]],
) -> list[str]:
    """One unused public id a text, in order. `find_taken` says which of some ids are in use.

    Equal texts, in one document or several, are told apart by the order in which they came.
    """
    ids: list[str | None] = []
    waiting = list(enumerate(texts))
    ids = [None] * len(waiting)
    given: set[str] = set()
    occurrence = 0
    while waiting:
        wanted = {
            index: public_id(kind, statement, text, occurrence) for index, text in waiting
        }
        taken = given | set(find_taken(set(wanted.values())))
        for index, candidate in wanted.items():
            if candidate not in taken:
                ids[index] = candidate
                taken.add(candidate)
                given.add(candidate)
        waiting = [(index, text) for index, text in waiting if ids[index] is None]
        occurrence += 1
    return [public for public in ids if public is not None]
