"""Public ids: made from content, so that permalinks survive a re-ingest and a rebuild."""

import hashlib
import itertools
import re
import unicodedata
from base64 import b32encode
from collections.abc import Callable, Iterable

LENGTH = 12
# The scopes of the first five reports. Their ids were published before ids had a scope, and stay
# without one, so that links to them go on working.
WITHOUT_SCOPE = frozenset(
    {
        "haringey undated formal",
        "harrow undated formal",
        "northumberland undated formal",
        "text 5145b752dcddfac30828c2991435d44e",
        "text f683ac4a8ece93c87229bf06e8e42bf6",
    }
)
_QUOTES = str.maketrans("‘’‚‛“”„‟‐‑‒–—―", "''''\"\"\"\"------")


def normalise(text: str) -> str:
    """The text without the differences between formats: case, spacing, kinds of quotation marks and
    dashes."""
    folded = unicodedata.normalize("NFKC", text).casefold()
    # Folding can undo the normal form, so normalise again: the result is then stable.
    folded = unicodedata.normalize("NFKC", folded).translate(_QUOTES)
    return re.sub(r"\s+", " ", folded).strip()


def scope_of(authority: str, published: str, kind: str, texts: Iterable[str]) -> str:
    """The text that makes a document's ids differ from those of other documents with the same
    sentences: its authority, date and kind, or its own words if it does not name an authority.
    It does not depend on the order in which documents are read."""
    if authority:
        scope = f"{authority} {published or 'undated'} {kind}"
    else:
        words = "\n".join(map(normalise, texts))
        scope = f"text {hashlib.sha256(words.encode()).hexdigest()[:32]}"
    return "" if scope in WITHOUT_SCOPE else scope


def public_id(
    kind: str, statement: str, text: str, occurrence: int = 0, tie: str = "", *, scope: str = ""
) -> str:
    """Twelve letters and digits (60 bits), made from the content and the `scope` of its document.
    If the same text comes again, `occurrence` counts it and `tie` (its assessment) is part of the
    id."""
    place = (tie, str(occurrence)) if occurrence else ("0",)
    named = (kind, scope) if scope else (kind,)
    content = "\n".join((*named, statement, normalise(text), *place))
    digest = hashlib.sha256(content.encode()).digest()
    return b32encode(digest).decode().lower()[:LENGTH]


def allocate(
    kind: str,
    statement: str,
    texts: Iterable[str],
    find_taken: Callable[[set[str]], Iterable[str]],
    tie: str = "",
    *,
    scope: str = "",
) -> list[str]:
    """One unused public id for each text, in order. `find_taken` says which of some ids are in use.

    Equal texts of one document are told apart by their order in it, those of two documents by their
    scopes. Only documents of one scope, or without any, need the `tie` and the order of reading.
    """
    waiting = dict(enumerate(texts))
    given: dict[str, int] = {}
    for occurrence in itertools.count():
        wanted = {
            index: public_id(kind, statement, text, occurrence, tie, scope=scope)
            for index, text in waiting.items()
        }
        taken = set(find_taken(set(wanted.values())))
        for index, candidate in wanted.items():
            if candidate not in taken and candidate not in given:
                given[candidate] = index
                del waiting[index]
        if not waiting:
            break
    return sorted(given, key=given.__getitem__)
