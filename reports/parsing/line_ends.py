"""Joins wrapped lines, and with them words that the end of a line breaks."""

import re
from collections.abc import Iterator, Sequence

WORD = re.compile(r"\w+(?:[-'’]\w+)*")
BROKEN_WORD = re.compile(r"(\w+)[-‐\u00ad]$")
FIRST_LETTERS = re.compile(r"[^\W\d_]+")
# "short- and long-term" keeps its space when it is wrapped after the hyphen.
AFTER_HANGING_HYPHEN = frozenset(("and", "or", "to"))
# The longest word, so that the search for a broken one need not read a whole paragraph.
WORD_LENGTH = 60
SOFT_HYPHEN = "\u00ad"


def broken_word(text: str) -> str:
    """The part of a word that a hyphen at the end of a line breaks, or empty."""
    found = BROKEN_WORD.search(text[-WORD_LENGTH:])
    return found[1] if found else ""


def glue(before: str, after: str, words: frozenset[str]) -> tuple[str, str]:
    """The text before a line's end, and what to put between it and the next line. A hyphen at the
    end of a line stays, unless the document uses the joined word elsewhere and not the hyphened
    one. A soft hyphen is always removed.
    """
    broken = broken_word(before)
    if not broken:
        return before, " "
    if before.endswith(SOFT_HYPHEN):
        return before[:-1], ""
    letters = FIRST_LETTERS.match(after[:WORD_LENGTH])
    if letters is None:
        return before, "" if after[:1].isdigit() else " "
    if letters[0] in AFTER_HANGING_HYPHEN:
        return before, " "
    joined = (broken + letters[0]).casefold()
    hyphened = f"{broken}-{letters[0]}".casefold()
    return (before[:-1], "") if joined in words and hyphened not in words else (before, "")


def whole_words(lines: Sequence[str]) -> Iterator[str]:
    """The words, in lower case, that are not broken by the end of a line."""
    was_broken = False
    for line in lines:
        is_broken = bool(broken_word(line))
        words = WORD.findall(line)
        for word in words[1 if was_broken else 0 : -1 if is_broken else None]:
            yield word.casefold()
        was_broken = is_broken
