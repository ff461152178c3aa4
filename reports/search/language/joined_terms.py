"""Known terms of several words as single words of the index.

Beside its words, “unpaid care” is indexed as the one word “unpaid_care”. To look for a known term
then costs what one word costs, however common its own words are, and an engine that looks for
alternatives can skip findings that cannot be among the best.
"""

from collections.abc import Sequence
from functools import cache
from itertools import pairwise

from reports.facts import related_terms
from reports.search.language.compounds import spellings
from reports.search.language.known_terms import printed_words
from reports.search.language.terms import stem
from reports.search.language.tree import Run

Stems = tuple[str, ...]

_JOINT = "_"  # stands in no word


def as_one_word(stems: Sequence[str]) -> list[str]:
    """The words to look for in a row: one if these are the stems of a known term, else `stems`."""
    return [_JOINT.join(stems)] if tuple(stems) in joined_terms() else list(stems)


def with_joined_terms(stems: list[str]) -> list[str]:
    """The stems of a text and, after them, every known term among them as one word."""
    by_start = _terms_by_start()
    starts = [at for at, start in enumerate(pairwise(stems)) if start in by_start]
    return stems + [
        _JOINT.join(term)
        for at in starts
        for term in by_start[stems[at], stems[at + 1]]
        if tuple(stems[at : at + len(term)]) == term
    ]


@cache
def joined_terms() -> frozenset[Stems]:
    """The stems of all terms of several words, in every spelling. An index holds just these as
    single words, so it has to be built again if they change."""
    rows = (*related_terms.FORMS, *related_terms.ROWS, *related_terms.NARROWER.values())
    terms = {printed_words(term) for row in (*rows, related_terms.NARROWER) for term in row}
    ways = {way for words in terms for way in spellings(Run(words))}
    return frozenset(tuple(map(stem, way)) for way in ways if len(way) > 1)


@cache
def _terms_by_start() -> dict[Stems, list[Stems]]:
    """The joined terms by their first two stems."""
    by_start: dict[Stems, list[Stems]] = {}
    for term in sorted(joined_terms()):
        by_start.setdefault(term[:2], []).append(term)
    return by_start
