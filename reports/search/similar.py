"""Findings that say much the same as another, by the words they share.

Words are weighted by TF-IDF, and the words of the heading count twice. The index finds candidates
by the weightiest words; they are then compared with all words. Findings about other authorities
come first.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice
from math import log, sqrt

from reports.models import Finding, ListedFinding, listed_findings
from reports.search.engines.configured import current_engine
from reports.search.engines.seam import CannotSearchError, Engine, Nearest
from reports.search.language.known_terms import printed_words
from reports.search.language.plain import FUNCTION_WORDS
from reports.search.language.terms import fold, stem
from reports.search.language.tree import Labelled, Node, Run

MOST = 5  # listed
CANDIDATES = 20
MOST_WORDS = 20  # that candidates are looked for by
MOST_HOLDING = 200_000  # findings that hold any of them, all together: bounds the time
LEAST_SHARE = 0.15  # of these words' weight that a candidate holds
LEAST_LIKENESS = 0.12
SHOWN_WORDS = 5
SHORTEST = 3  # letters; shorter words say too little


@dataclass(frozen=True, slots=True)
class SimilarFinding:
    """`shared` are the weightiest words that both findings hold, as the first one prints them."""

    finding: ListedFinding
    shared: tuple[str, ...]
    likeness: float


@dataclass(frozen=True, slots=True)
class _Word:
    printed: str
    holding: int
    weight: float


def similar_findings(finding: Finding) -> tuple[SimilarFinding, ...]:
    """Up to `MOST`, those about other authorities first, then the most alike. Empty without an
    index."""
    engine = current_engine()
    authority = finding.section.assessment.authority
    own = Labelled("authority", authority.slug) if authority else None
    try:
        words = _words(engine, finding.text, finding.heading)
        ids = _candidates(engine, words, own, finding.public_id)
        others = _most_alike(words, ids)
        if own and len(others) < MOST:
            within = _candidates(engine, words, None, finding.public_id)
            others += _most_alike(words, [each for each in within if each not in ids])
    except CannotSearchError:
        return ()
    return tuple(others[:MOST])


def _words(engine: Engine, text: str, heading: str) -> dict[str, _Word]:
    """The words that other findings hold too, by stem, the weightiest first."""
    printed = {stem(word): word for word in _comparable_words(f"{text} {heading}")}
    counts = Counter(map(stem, _comparable_words(f"{text} {heading} {heading}")))
    held = engine.frequencies([Run((word,)) for word in printed.values()])
    size = engine.size()
    words = {
        key: _Word(printed[key], holding, (1 + log(counts[key])) * log(1 + size / holding))
        for key, holding in zip(printed, held, strict=True)
        if holding > 1
    }
    return dict(sorted(words.items(), key=lambda item: -item[1].weight))


def _candidates(
    engine: Engine, words: Mapping[str, _Word], unwanted: Node | None, own_id: str
) -> list[str]:
    chosen: list[_Word] = []
    for word in words.values():
        holding = sum(each.holding for each in chosen) + word.holding
        if holding <= MOST_HOLDING and len(chosen) < MOST_WORDS:
            chosen.append(word)
    whole = sum(word.weight for word in chosen)
    parts = [(Run((word.printed,)), word.weight / whole) for word in chosen]
    nearest = Nearest(parts, unwanted=unwanted, least=LEAST_SHARE)
    return [each for each in engine.nearest(nearest, CANDIDATES) if each != own_id]


def _most_alike(words: Mapping[str, _Word], ids: Sequence[str]) -> list[SimilarFinding]:
    compared = (_compared(words, candidate) for candidate in listed_findings(ids))
    like = [each for each in compared if each.likeness >= LEAST_LIKENESS]
    return sorted(like, key=lambda each: -each.likeness)


def _compared(words: Mapping[str, _Word], candidate: ListedFinding) -> SimilarFinding:
    """Likeness is the share of both findings' weight that they have in common, from 0 to 1. A word
    that only the candidate holds weighs as much as a middling one of the finding."""
    stems = set(map(stem, printed_words(f"{candidate.text} {candidate.heading}")))
    stems -= _function_stems()
    shared = [word for key, word in words.items() if key in stems]
    whole = sum(word.weight**2 for word in words.values())
    common = sum(word.weight**2 for word in shared)
    likeness = common / whole * sqrt(len(words) / len(stems)) if shared else 0.0
    return SimilarFinding(
        candidate, tuple(word.printed for word in islice(shared, SHOWN_WORDS)), likeness
    )


@cache
def _function_stems() -> frozenset[str]:
    return frozenset(map(stem, FUNCTION_WORDS))


def _comparable_words(text: str) -> Iterable[str]:
    """The words of `text` that are long enough to compare, as printed."""
    return (
        word
        for word in printed_words(text)
        if len(word) >= SHORTEST and fold(word) not in FUNCTION_WORDS
    )
