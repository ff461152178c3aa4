"""Findings that a quotation may come from: candidates, to be compared word by word."""

from collections.abc import Callable

from reports.search.engines.configured import current_engine
from reports.search.engines.seam import CannotSearchError
from reports.search.index.outbox import heal
from reports.search.language.terms import WORD, stem

Find = Callable[[list[str], int], list[str]]


def holding(text: str, limit: int) -> list[str]:
    """Public ids of findings that contain the words of `text` in a row, in any form. Only a part of
    the words may have been looked for, so the caller compares."""
    return _find(current_engine().holding, text, limit)


def resembling(text: str, limit: int) -> list[str]:
    """Public ids of findings that share the most of the rare words of `text`, the most alike
    first."""
    return _find(current_engine().resembling, text, limit)


def ready_to_quote() -> bool:
    """Whether there is an index to look in. Applies changes that wait in the outbox."""
    heal()
    try:
        return current_engine().ready()
    except CannotSearchError:
        return False


def _find(find: Find, text: str, limit: int) -> list[str]:
    stems = [stem(word) for word in WORD.findall(text)]
    try:
        return find(stems, limit)
    except CannotSearchError:
        return []
