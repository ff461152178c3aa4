"""The seam between the search and whatever engine stands behind it.

An engine knows documents, words and axes; it knows nothing of facets, URLs or the database. It need
not keep the texts it finds: they are read from the database, where they are true.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from reports.search.highlight import Highlighter
from reports.search.words import Node

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A finding as an engine takes it in. `values` are its values on each axis; `newest` and
    `by_authority` are 64-bit sort keys, lowest first."""

    public_id: str
    text: str
    heading: str
    values: Mapping[str, Sequence[str]]
    newest: int
    by_authority: int


@dataclass(frozen=True, slots=True)
class Question:
    """`words` are widened already. `filters` maps an axis to the values of which any will do; an
    axis that is not there is not filtered. `sort` is relevance, newest or authority."""

    words: Node | None = None
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: str = "newest"
    page: int = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """`counts` holds, for each axis, how many findings have each value, its own filter left aside.
    `page` is the one asked for or the last there is, and `public_ids` the findings on it."""

    total: int
    page: int
    public_ids: tuple[str, ...]
    counts: Mapping[str, Mapping[str, int]]
    notes: tuple[str, ...] = ()


class BusyError(Exception):
    """Somebody else is at it."""


class IndexMissingError(Exception):
    """There is no index, or only one of an earlier make, or what is left of one."""


class Writer(Protocol):
    def replace(self, public_ids: Iterable[str], documents: Iterable[SearchDocument]) -> None:
        """Forget `public_ids`, then take in `documents`: seen by all when it returns, all at
        once."""


class NewIndex(Protocol):
    """An index in the making, which nobody searches yet."""

    def fill(self, documents: Iterable[SearchDocument]) -> None:
        """The bulk of it, once."""

    def writer(self) -> AbstractContextManager[Writer]:
        """For what changed meanwhile."""

    def publish(self) -> None:
        """Let everyone search this one from now on. Call it under the engine's lock."""


class Engine(Protocol):
    def ready(self) -> bool:
        """Whether there is an index to search."""

    def answer(self, question: Question) -> Answer: ...

    def count(self, question: Question) -> int: ...

    def public_ids(self, question: Question, limit: int) -> list[str]:
        """The first findings in order, on all pages."""

    def highlighter(self, words: Node | None) -> Highlighter:
        """Marks in texts what the index finds for `words`."""

    def headings(self, slugs: Iterable[str]) -> Mapping[str, str]:
        """How the headings behind slugs are printed, as far as known."""

    def lock(self, timeout: float) -> AbstractContextManager[object]:
        """The right to change the index, for one at a time among all processes. Waits up to
        `timeout` seconds, then raises BusyError."""

    def writer(self) -> AbstractContextManager[Writer]:
        """Call it under the lock."""

    def rebuilding(self, timeout: float) -> AbstractContextManager[NewIndex]:
        """The right to build a new index, for one at a time among all processes."""

    def rebuild_under_way(self) -> bool:
        """Whether anybody holds that right."""

    def tending(self) -> AbstractContextManager[None]:
        """Meanwhile others can see that somebody keeps the index up to date."""

    def tended(self) -> bool:
        """Whether anybody does."""
