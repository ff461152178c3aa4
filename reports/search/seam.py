"""The seam between the search and whatever engine stands behind it.

An engine knows documents, words and axes; it knows nothing of facets, URLs or the database.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.safestring import SafeString

from reports.search.words import Node

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class SearchDocument:
    """A finding as an engine keeps it. `values` are its values on each axis; `newest` and
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
class Hit:
    """A finding that was found: its text cut to what matched, and its heading, both as HTML with
    the matches marked."""

    public_id: str
    highlight: SafeString
    heading: SafeString


@dataclass(frozen=True, slots=True)
class Answer:
    """`counts` holds, for each axis, how many findings have each value, its own filter left aside.
    `page` is the one asked for or the last there is."""

    total: int
    page: int
    hits: tuple[Hit, ...]
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

    def fill(self, batches: Iterable[Iterable[SearchDocument]]) -> None:
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
