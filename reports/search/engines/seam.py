"""What any engine must do: the seam between the search and the engine behind it.

An engine knows documents, words and axes; it knows nothing of facets, URLs or findings' rows. It
need not keep the texts that it finds: pages read them from the database, which is the truth.

What a word is, and which words are equal, is the same for every engine: `language/terms.py` makes
words and stems, `language/joined_terms.py` makes one word of a known term, and an engine cuts them
at blanks. Text and heading are apart: no run of words
begins in one and ends in the other.

Every method that asks or changes an index may raise IndexMissingError and EngineAwayError. The
first means that an index has to be built. The second means that nothing is known: the caller
tries again later, changes wait in the outbox, and no index is built.

The same tests run against every engine (tests/search/engines).
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from reports.search.language.question import Question
from reports.search.language.tree import Node

PAGE_SIZE = 20
DEEPEST = 1_000_000  # findings that any engine can page through
LOOK_TIMEOUT = 0.2  # seconds: longer than a process takes to look whether a lock is held


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
    are findings that hold at least the share `least`, and at least `of_best` of what the best of
    them holds, without `unwanted`, within `filters` (as in a Question)."""

    parts: Sequence[tuple[Node, float]]
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unwanted: Node | None = None
    least: float = 0.5
    of_best: float = 0.0

    def wanted(self, best: float) -> float:
        """The least share wanted if the best finding holds the share `best`."""
        return max(self.least, self.of_best * best)

    @property
    def fewest(self) -> int:
        """How few parts can make up the least share."""
        whole = 0.0
        shares = sorted((share for _, share in self.parts), reverse=True)
        for number, share in enumerate(shares, start=1):
            whole += share
            if whole >= self.least:
                return number
        return len(shares)


class CannotSearchError(Exception):
    """Nothing can be searched or changed at the moment."""


class IndexMissingError(CannotSearchError):
    """There is no index, or it was built by an older version of this program, or it is damaged."""


class EngineAwayError(CannotSearchError):
    """The engine does not answer. Whether it has an index is not known."""


class StaleWriteError(CannotSearchError):
    """A later holder of the lock has written, so this write was rejected and must be repeated."""


class EngineError(Exception):
    """The engine failed at a question, though its index is not damaged."""


class Lock(StrEnum):
    """Locks on an index. Of all processes that share it, one holds each of them at a time."""

    WRITING = "index"  # to change the index, or to replace it by a new one
    REBUILDING = "rebuild"  # to build a new index
    FOLLOWING = "following"  # by a process that changes findings and keeps the index up to date


class Writer(Protocol):
    def replace(self, public_ids: Iterable[str], documents: Iterable[SearchDocument]) -> None:
        """Remove `public_ids`, then add `documents`, which are of some of these ids. When this
        returns, every process sees all of it. If it fails, any part of it may be done: it can be
        repeated."""


class NewIndex(Protocol):
    """An index being built, which nobody searches yet."""

    def fill(self, documents: Iterable[SearchDocument]) -> None:
        """Add all documents. Call it once."""

    def writer(self, version: int) -> AbstractContextManager[Writer]:
        """For the changes made during the build."""

    def publish(self) -> None:
        """Make this the index that every process searches. Call it under `Lock.WRITING`."""


class Engine(Protocol):
    @property
    def place(self) -> str:
        """Names the index among all for which changes of this database are queued, in at most 200
        letters. It stays the same when the index is built again. A version of this program that
        keeps a separate index uses another name."""

    def ready(self) -> bool:
        """Whether there is an index to search. Asked before every search: it must cost nothing."""

    def answer(self, question: Question) -> Answer:
        """Total and counts are exact, also those of an axis without its own filter. Every page is
        right, however deep; but an engine may call a page the last that begins no earlier than the
        `DEEPEST`th finding.

        By relevance, a finding scores the sum of BM25 (k1 1.2, b 0.75) for its words over text and
        heading together, and of a run of words that for the run. A single word with a star and a
        filter score a constant for every finding, so that they do not change the order. A run that
        ends with a star is found, and what it scores is the engine's own. Findings with equal
        scores come in any order that stays the same from page to page; those with equal sort keys
        too.

        A word with a star means every word that starts with these letters, or for the hundred
        commonest of them, with a note that says so."""

    def count(self, question: Question) -> int: ...

    def public_ids(self, question: Question, limit: int) -> list[str]:
        """The first `limit` findings in order, whatever the question's page."""

    def nearest(self, nearest: Nearest, limit: int) -> list[str]:
        """Those findings that hold the largest share come first; of equal ones the most
        relevant."""

    def frequencies(self, nodes: Sequence[Node]) -> list[int]:
        """About how many findings hold each of `nodes`: right for one word, and 0 only if none
        does. Counts no findings, so it costs the same for every size of index."""

    def words_near(self, word: str, mistakes: int) -> list[str]:
        """The words in findings that differ from `word` by at most so many letters, and perhaps
        others, all folded, the commonest first. Words whose first letters differ from both of the
        first two of `word` may be missing."""

    def size(self) -> int:
        """How many findings the index holds."""

    def keyed_ids(self, question: Question, start: int, limit: int) -> list[tuple[int, str]]:
        """The next findings in order, from the sort key `start` on, each with its key. The
        question's sort is newest or authority."""

    def matching(self, question: Question, public_ids: Sequence[str]) -> set[str]:
        """Those of the ids that the question finds."""

    def headings(self, slugs: Iterable[str]) -> Mapping[str, str]:
        """The printed form of the headings with these slugs; unknown slugs are missing."""

    def held(self, lock: Lock, timeout: float) -> AbstractContextManager[int]:
        """Hold a lock. Waits up to `timeout` seconds, then raises BusyError. Yields the version of
        what is written under it: each holder has a higher one. A holder that lost the lock without
        noticing, because it or its connection was suspended, overwrites nothing that a later one
        wrote."""

    def is_held(self, lock: Lock) -> bool:
        """Whether any process holds the lock."""

    def writer(self, version: int) -> AbstractContextManager[Writer]:
        """Call it under `Lock.WRITING`, with the version that the lock gave."""

    def rebuilding(self, timeout: float) -> AbstractContextManager[NewIndex]:
        """A new index, under `Lock.REBUILDING`. Waits up to `timeout` seconds, then raises
        BusyError."""

    def may_start_rebuild(self, documents: int) -> bool:
        """Whether a rebuild may begin unasked: as far as the engine can tell there is room for so
        many documents, nobody builds and nobody here has tried within the last minute. Asking
        counts as a try."""
