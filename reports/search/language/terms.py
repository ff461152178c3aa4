"""How a text is cut into words for the index, and when two words count as equal.

Parser, highlighter and every engine use these functions, so that a word typed, a word indexed and a
word marked are the same word.
"""

import re
from functools import lru_cache

from tantivy import Filter, TextAnalyzerBuilder, Tokenizer

# Letters and digits; apostrophes within a word are dropped.
WORD = re.compile(r"[^\W_]+(?:['’]+[^\W_]+)*")

# Both take text that `indexed` has prepared.
FOLDED = (
    TextAnalyzerBuilder(Tokenizer.simple())
    .filter(Filter.lowercase())
    .filter(Filter.ascii_fold())
    .build()
)
STEMMED = (
    TextAnalyzerBuilder(Tokenizer.simple())
    .filter(Filter.lowercase())
    .filter(Filter.ascii_fold())
    .filter(Filter.stemmer("english"))
    .build()
)

# Without apostrophes “people's” is “peoples”, whose stem is that of “people”.
_NOT_INDEXED = "'’‘ʼ＇\u00ad\u200b\u200c\u200d\u2060\ufeff"


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """`word` in lower case without accents and ending; empty if it is not a word."""
    return "".join(STEMMED.analyze(indexed(word))[:1])


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """`word` in lower case without accents; empty if it is not a word."""
    return "".join(FOLDED.analyze(indexed(word))[:1])


def indexed(text: str) -> str:
    """`text` without the signs that do not end a word: apostrophes and invisible signs."""
    if text.isascii():
        return text.replace("'", "")
    for sign in _NOT_INDEXED:  # eight times as fast as to translate them all at once
        text = text.replace(sign, "")
    return text
