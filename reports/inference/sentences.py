"""Cuts a text into sentences, in time linear in its size."""

import re
from collections.abc import Iterator

# These look back from the mark. A pattern that began with them would be tried at every letter, and
# that is slow.
_ABBREVIATIONS = "".join(
    rf"(?<!\b{abbreviation}[.!?…])"
    for abbreviation in ("St", r"e\.g", r"i\.e", "No", "Mr", "Mrs", "Dr")
)
SENTENCE_END = re.compile(rf"[.!?…]{_ABBREVIATIONS}[\"”’'\)\]]{{0,3}}(?:\s+|$)")


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Each sentence with the position where it starts."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        yield start, text[start : match.end()].rstrip()
        start = match.end()
    if text[start:].strip():
        yield start, text[start:].rstrip()


def first_sentence_end(text: str) -> int:
    match = SENTENCE_END.search(text)
    return match.end() if match else len(text)
