"""Public ids: made from content, so that permalinks survive a re-ingest and a rebuild."""

import hashlib
import itertools
import re
import unicodedata
from base64 import b32encode
from collections.abc import Callable, Iterable

LENGTH = 12
_QUOTES = str.maketrans("‘’‚‛“”„‟‐‑‒–—―", "''''\"\"\"\"------")


def normalise(text: str) -> str:
    """The text without what a change of format may change: case, spacing, kinds of quotation
    marks and dashes."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    # Folding can undo the normal form: once more makes the result stable.
    folded = unicodedata.normalize("NFKC", folded).translate(_QUOTES)
    return re.sub(r"\s+", " ", folded).strip()


def public_id(kind: str, statement: str, text: str, occurrence: int = 0, scope: str = "") -> str:
    """Twelve letters and digits (60 bits). The first such text of a statement is named by its
    content alone; the `occurrence`th further one by its `scope` (its assessment) too."""
    place = (scope, str(occurrence)) if occurrence else ("0",)
    content = "\n".join((kind, statement, normalise(text), *place))
    digest = hashlib.sha256(content.encode()).digest()
    return b32encode(digest).decode().lower()[:LENGTH]


def allocate(
    kind: str,
    statement: str,
    texts: Iterable[str],
    find_taken: Callable[[set[str]], Iterable[str]],
    scope: str = "",
) -> list[str]:
    """One unused public id a text, in order. `find_taken` says which of some ids are in use.

    Equal texts of two documents are told apart by which came first and by their scopes, those of
    one document by the order in which they stand.
    """
    waiting = list(enumerate(texts))
    given: dict[str, int] = {}
    for occurrence in itertools.count():
        wanted = [public_id(kind, statement, text, occurrence, scope) for _, text in waiting]
        taken = set(find_taken(set(wanted)))
        refused = []
        for (index, text), candidate in zip(waiting, wanted, strict=True):
            if candidate in taken or candidate in given:
                refused.append((index, text))
            else:
                given[candidate] = index
        if not refused:
            break
        waiting = refused
    return sorted(given, key=given.__getitem__)
