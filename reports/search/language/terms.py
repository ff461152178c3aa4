"""How a text is cut into words for the index, and when two words count as equal.

Parser, highlighter and every engine use these functions, so that a word typed, a word indexed and a
word marked are the same word. An engine is given words and stems that were made here; it cuts them
at blanks and changes nothing.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import Stemmer

WORDS_FORMAT = 1  # raise it when the same text gives other words: indexes are built again

# Letters and digits; apostrophes within a word are dropped.
WORD = re.compile(r"[^\W_]+(?:['’]+[^\W_]+)*")
_PLAIN = re.compile(r"[^\W_]+")

# Without apostrophes “people's” is “peoples”, whose stem is that of “people”.
_NOT_INDEXED = "'’‘ʼ＇\u00ad\u200b\u200c\u200d\u2060\ufeff"

# Letters that Unicode does not take for another with an accent.
_LETTERS = str.maketrans(
    {
        "æ": "ae",
        "ð": "d",
        "đ": "d",
        "ħ": "h",
        "ı": "i",
        "ł": "l",
        "ø": "o",
        "œ": "oe",
        "ß": "ss",
        "þ": "th",
    }
)
# Signs that stand in every report; most texts are ASCII without them, and those take a tenth of the
# time.
_COMMON_SIGNS = "“”–—…•£"
_ASCII = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() else ord(" ") for code in range(128)
).ljust(256)

_STEMMER = Stemmer.Stemmer("english", maxCacheSize=0)  # what it returns is kept here
_MOST_KEPT = 200_000


class _Stems(dict[str, str]):
    """The stems of folded words: made once."""

    def __missing__(self, word: str) -> str:
        if len(self) > _MOST_KEPT:
            self.clear()
        stemmed: str = _STEMMER.stemWord(word)
        self[word] = stemmed
        return stemmed


_stems = _Stems()


@lru_cache(maxsize=50_000)
def stem(word: str) -> str:
    """`word` in lower case without accents and ending; empty if it is not a word."""
    return _stems[fold(word)] if fold(word) else ""


@lru_cache(maxsize=50_000)
def fold(word: str) -> str:
    """`word` in lower case without accents; empty if it is not a word."""
    return "".join(words_of(word)[:1])


def words_of(text: str) -> list[str]:
    """All words of `text`, folded, in order."""
    text = indexed(text)
    if not text.isascii():
        for sign in _COMMON_SIGNS:
            text = text.replace(sign, " ")
    if text.isascii():
        return text.encode().translate(_ASCII).decode().split()
    return list(map(_folded, _PLAIN.findall(text)))


def stems_of(words: Iterable[str]) -> list[str]:
    """The stem of each of these folded words."""
    return list(map(_stems.__getitem__, words))


def indexed(text: str) -> str:
    """`text` without the signs that do not end a word: apostrophes and invisible signs."""
    if text.isascii():
        return text.replace("'", "")
    for sign in _NOT_INDEXED:  # eight times as fast as to translate them all at once
        text = text.replace(sign, "")
    return text


@lru_cache(maxsize=50_000)
def _folded(word: str) -> str:
    lower = word.lower()
    if lower.isascii():
        return lower
    apart = unicodedata.normalize("NFKD", lower.translate(_LETTERS)).lower()
    return "".join(filter(str.isalnum, apart)) or lower
