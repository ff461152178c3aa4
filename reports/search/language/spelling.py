"""Finds the nearest known word to one that no finding holds."""

import re
from collections.abc import Iterable
from functools import cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from reports.facts import framework, gazetteer, related_terms
from reports.search.language.known_terms import is_plain, printed_words
from reports.search.language.terms import fold
from reports.search.language.tree import Both, Either, Node, Run

SHORTEST = 4  # letters; shorter words are acronyms, and have too many near words
LONGEST = 40


def checkable_words(tree: Node | None) -> list[str]:
    """The words of a query, as typed, that may be misspelt: not short, in quotation marks, excluded
    or terms of the field."""
    return list(dict.fromkeys(word for word in _words(tree) if _is_checkable(word)))


def nearest_word(word: str, indexed: Iterable[str]) -> str:
    """The word nearest to `word` of those `indexed`, the commonest first, and of the field's terms;
    empty if none is near. A swap of neighbouring letters is one mistake."""
    mistakes = mistakes_in(word)
    word = fold(word)
    names = _names()
    candidates = list(dict.fromkeys((*indexed, *_field_words(), *names)))
    found = process.extract(
        word, candidates, scorer=OSA.distance, score_cutoff=mistakes, limit=20, processor=None
    )
    # The fewest mistakes, then the same first letter, then the commonest.
    best = min(found, key=lambda hit: (hit[1], hit[0][0] != word[0], hit[2]), default=("",))
    return names.get(best[0], best[0])


def mistakes_in(word: str) -> int:
    """How many letters a word may differ from the one that was meant."""
    return 1 if len(fold(word)) < 8 else 2


def corrected(q: str, word: str, correction: str) -> str:
    """`q` with `correction` in the place of `word`."""
    return re.sub(rf"(?<![^\W_]){re.escape(word)}(?![^\W_])", correction, q)


def _words(tree: Node | None) -> Iterable[str]:
    match tree:
        case Run() if is_plain(tree):
            yield from tree.words
        case Both(parts) | Either(parts):
            for part in parts:
                yield from _words(part)


def _is_checkable(word: str) -> bool:
    return (
        SHORTEST <= len(word) <= LONGEST
        and word.isalpha()
        and fold(word) not in _field_words() | _names().keys()
    )


@cache
def _field_words() -> frozenset[str]:
    """The words of the field's terms, folded."""
    texts = [term for row in related_terms.ROWS for term in row]
    texts += [statement.name for statement in framework.STATEMENTS]
    return frozenset(map(fold, _long_words(texts)))


@cache
def _names() -> dict[str, str]:
    """The words of authorities' names: folded, and as written."""
    texts = [name for entry in gazetteer.entries() for name in (entry.name, *entry.aliases)]
    return {fold(word): word for word in _long_words(texts) if fold(word) not in _field_words()}


def _long_words(texts: Iterable[str]) -> list[str]:
    return [word for text in texts for word in printed_words(text) if len(word) >= SHORTEST]
