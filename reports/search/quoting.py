"""Findings that a quotation may come from: candidates, to be compared word by word.

Only the rarest words of a quotation are looked for, because the fewest findings hold them.
"""

from collections.abc import Mapping, Sequence
from math import log

from reports.search.engines.configured import current_engine
from reports.search.engines.seam import CannotSearchError
from reports.search.index.outbox import heal
from reports.search.language.question import Question
from reports.search.language.terms import WORD, stem
from reports.search.language.tree import Either, Node, Run

WINDOW = 8  # words in a row that are looked for; more only cost time
RAREST = 12  # words that a finding has to share some of


def holding(text: str, limit: int) -> list[str]:
    """Public ids of findings that contain the words of `text` in a row, in any form. Only a part of
    the words may have been looked for, so the caller compares."""
    words = WORD.findall(text)
    held = _held(words)
    if not words or not all(held.values()):
        return []
    found = _found(Run(_rarest_window(words, held)), limit)
    if len(found) == limit and len(words) > WINDOW:
        return _found(Run(tuple(words)), limit)
    return found


def resembling(text: str, limit: int) -> list[str]:
    """Public ids of findings that share the most of the rare words of `text`, the most alike
    first."""
    words = {stem(word): word for word in WORD.findall(text)}  # one form of each
    held = {word: count for word, count in _held(list(words.values())).items() if count}
    rarest = sorted(held, key=lambda word: held[word])[:RAREST]
    return _found(Either(tuple(Run((word,)) for word in rarest)), limit) if rarest else []


def ready_to_quote() -> bool:
    """Whether there is an index to look in. Applies changes that wait in the outbox."""
    heal()
    try:
        return current_engine().ready()
    except CannotSearchError:
        return False


def _held(words: Sequence[str]) -> dict[str, int]:
    """How many findings hold each word; 0 for all if there is no index."""
    different = list(dict.fromkeys(words))
    try:
        counts = current_engine().frequencies([Run((word,)) for word in different])
    except CannotSearchError:
        counts = [0] * len(different)
    return dict(zip(different, counts, strict=True))


def _rarest_window(words: Sequence[str], held: Mapping[str, int]) -> tuple[str, ...]:
    """The `WINDOW` neighbouring words that are rarest together."""
    rarity = [-log(held[word]) for word in words]
    starts = range(max(1, len(words) - WINDOW + 1))
    best = max(starts, key=lambda start: sum(rarity[start : start + WINDOW]))
    return tuple(words[best : best + WINDOW])


def _found(words: Node, limit: int) -> list[str]:
    try:
        return current_engine().public_ids(Question(words, sort="relevance"), limit)
    except CannotSearchError:
        return []
