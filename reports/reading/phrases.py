"""Words and phrases of findings, 1 to 4 words long, which are counted and found in texts."""

import re
from collections.abc import Iterable, Iterator

LONGEST = 4
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# No phrase goes across these: “services, staff” is not a phrase.
BREAK = re.compile(r"[.,;:!?()\[\]“”\"]|\s[–—-]\s|\n")
# Words that carry no meaning by themselves: a phrase does not begin or end with one.
EMPTY = frozenset(
    (
        "a", "an", "and", "are", "as", "at", "be", "been", "being",
        "but", "by", "did", "do", "does", "for", "from", "had", "has",
        "have", "he", "her", "his", "i", "if", "in", "into", "is",
        "it", "its", "of", "on", "or", "she", "so", "than", "that",
        "the", "their", "them", "there", "these", "they", "this", "those", "to",
        "was", "we", "were", "when", "where", "which", "while", "who", "whom",
        "whose", "will", "with", "would", "you", "your",
    )
)  # fmt: skip


def phrases(text: str) -> Iterator[str]:
    """Every phrase of a text, in lower case, with one space between words. Repeated phrases are
    repeated."""
    for words in _clauses(text):
        for start, first in enumerate(words):
            if first in EMPTY:
                continue
            for end in range(start + 1, min(start + LONGEST, len(words)) + 1):
                if words[end - 1] not in EMPTY:
                    yield " ".join(words[start:end])


def clean(text: str) -> str:
    """What a reader typed in the form that `phrases` returns; empty if it is not a phrase."""
    clauses = [words for words in _clauses(text) if words]
    return " ".join(clauses[0]) if len(clauses) == 1 else ""


def pattern(phrase: str) -> re.Pattern[str]:
    """A pattern that finds in a text a phrase that `phrases` returned, in capitals or not. Like
    `phrases`, it skips digits and signs between words, and does not go across a break."""
    words = [re.escape(word).replace("'", "['’]") for word in phrase.split()]
    return re.compile(
        r"(?<![\w'’-])" + r"[^\w.;:!?()\[\]“”\"\n]+".join(words) + r"(?![\w'’-]*\w)", re.IGNORECASE
    )


def sentences(text: str, found: Iterable[re.Match[str]]) -> list[tuple[str, str, str]]:
    """The sentence around each place: the text before the words found, the words, and the text
    after them."""
    shown = []
    for match in found:
        start = max(text.rfind(mark, 0, match.start()) + 2 for mark in (". ", "? ", "! ", "\n "))
        start = start if start > 1 else 0
        ends = [text.find(mark, match.end()) for mark in (". ", "? ", "! ", "\n")]
        end = min([place + 1 for place in ends if place >= 0], default=len(text))
        shown.append((text[start : match.start()], match[0], text[match.end() : end].rstrip()))
    return shown


def _clauses(text: str) -> Iterator[list[str]]:
    for clause in BREAK.split(text.replace("’", "'").lower()):
        yield WORD.findall(clause)
