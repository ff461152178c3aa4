"""Words and phrases of findings, 1 to 4 words long, which are counted and found in texts."""

import re
from collections.abc import Iterator

LONGEST = 4
WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
# No phrase goes across these: “services, staff” is not a phrase.
BREAK = re.compile(r"[.,;:!?()\[\]“”\"]|\s[–—-]\s|\n")
SENTENCE_START = re.compile(r"[.?!]\s|\n")
SENTENCE_END = re.compile(r"[.?!](?=\s|$)|\n")
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


def sentence_at(text: str, start: int, end: int) -> tuple[str, str, str]:
    """The sentence around a place: the text before the place, its words, and the text after it."""
    first = max((match.end() for match in SENTENCE_START.finditer(text, 0, start)), default=0)
    last = SENTENCE_END.search(text, end)
    return text[first:start], text[start:end], text[end : last.end() if last else None].rstrip()


def _clauses(text: str) -> Iterator[list[str]]:
    for clause in BREAK.split(text.replace("’", "'").lower()):
        yield WORD.findall(clause)
