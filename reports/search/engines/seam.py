"""What any engine must do: the seam between the search and the engine behind it.

An engine knows documents, words and axes; it knows nothing of facets, URLs or the database. It need
not keep the texts that it finds: pages read them from the database, which is the truth.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Protocol

from reports.search.language.question import Question
from reports.search.language.tree import Node

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
class Answer:
    """`counts` holds, for each axis, how many findings have each value, its own filter left aside.
    `page` is the one asked for or the last there is, and `public_ids` the findings on it."""

    total: int
    page: int
    public_ids: tuple[str, ...]
    counts: Mapping[str, Mapping[str, int]]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Nearest:
    """Findings that hold most of some parts. Each part has a share of 0 to 1 of the whole; wanted
    are findings that hold at least the share `least`, without `unwanted`, within `filters` (as in
    a Question)."""

    parts: Sequence[tuple[Node, float]]
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unwanted: Node | None = None
    least: float = 0.5


class BusyError(Exception):
    """Another process holds the lock."""


class IndexMissingError(Exception):
    """There is no index, or it was built by an older version of this program, or it is damaged."""


class EngineError(Exception):
    """The engine failed at a question, though its index is whole."""


class Writer(Protocol):
    def replace(self, public_ids: Iterable[str], documents: Iterable[SearchDocument]) -> None:
        """Remove `public_ids`, then add `documents`. When this returns, every process sees all
        of it; before, none of it."""


class NewIndex(Protocol):
    """An index being built, which nobody searches yet."""

    def fill(self, documents: Iterable[SearchDocument]) -> None:
        """Add all documents. Call it once."""

    def writer(self) -> AbstractContextManager[Writer]:
        """For the changes made during the build."""

    def publish(self) -> None:
        """Make this the index that every process searches. Call it under the engine's lock."""


class Engine(Protocol):
    def ready(self) -> bool:
        """Whether there is an index to search."""

    def answer(self, question: Question) -> Answer:
        """By relevance, a finding scores the sum of BM25 for its words over text and heading
        together. A word with a star and a filter score a constant for every finding, so that they
        do not change the order. Findings with equal scores come in any order that stays the same
        from page to page; those with equal sort keys too."""

    def count(self, question: Question) -> int: ...

    def public_ids(self, question: Question, limit: int) -> list[str]:
        """The first `limit` findings in order, whatever the question's page."""

    def every_id(self, question: Question) -> Iterator[str]:
        """The ids of all findings in order, however many, a part at a time. The question's sort is
        newest or authority."""

    def nearest(self, nearest: Nearest, limit: int) -> list[str]:
        """Those findings that hold the largest share come first; of equal ones the most
        relevant."""

    def frequencies(self, nodes: Sequence[Node]) -> list[int]:
        """About how many findings hold each of `nodes`: right for one word, and 0 only if none
        does. Counts no findings, so it costs the same for every size of index."""

    def words_starting(self, letters: str, limit: int) -> list[str]:
        """The words in findings that start with `letters`, in lower case and without accents, the
        commonest first."""

    def size(self) -> int:
        """How many findings the index holds."""

    def keyed_ids(self, question: Question, start: int, limit: int) -> list[tuple[int, str]]:
        """The next findings in order, from the sort key `start` on, each with its key. The
        question's sort is newest or authority."""

    def matching(self, question: Question, public_ids: Sequence[str]) -> set[str]:
        """Those of the ids that the question finds."""

    def holding(self, stems: Sequence[str], limit: int) -> list[str]:
        """Findings in which these words stand in a row, or the rarest part of them does."""

    def resembling(self, stems: Sequence[str], limit: int) -> list[str]:
        """Findings that share the most of the rarest of these words, the most alike first."""

    def headings(self, slugs: Iterable[str]) -> Mapping[str, str]:
        """The printed form of the headings with these slugs; unknown slugs are missing."""

    def lock(self, timeout: float) -> AbstractContextManager[object]:
        """The right to change the index, which one process holds at a time. Waits up to `timeout`
        seconds, then raises BusyError."""

    def writer(self) -> AbstractContextManager[Writer]:
        """Call it under the lock."""

    def rebuilding(self, timeout: float) -> AbstractContextManager[NewIndex]:
        """The right to build a new index, which one process holds at a time. Waits up to `timeout`
        seconds, then raises BusyError."""

    def rebuild_under_way(self) -> bool:
        """Whether any process holds that right."""

    def may_start_rebuild(self, documents: int) -> bool:
        """Whether a rebuild may begin unasked: there is room for so many documents, nobody builds
        and nobody has tried within the last minute. Asking counts as a try."""

    def tending(self) -> AbstractContextManager[None]:
        """While it is open, other processes can see that this one keeps the index up to date."""

    def tended(self) -> bool:
        """Whether any process does."""
