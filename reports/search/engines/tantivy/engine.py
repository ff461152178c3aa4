import logging
import os
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tantivy import Index, Searcher

from reports.search.engines.frequency import frequency
from reports.search.engines.seam import (
    LOOK_TIMEOUT,
    Answer,
    EngineError,
    IndexMissingError,
    Lock,
    Nearest,
    NewIndex,
    Writer,
)
from reports.search.engines.tantivy.answering import Answering, nearest_findings, printed_heading
from reports.search.engines.tantivy.folders import IndexFolders
from reports.search.engines.tantivy.integrity import is_whole
from reports.search.engines.tantivy.schema import index_version
from reports.search.engines.tantivy.writing import IndexBeingBuilt, open_index, updating
from reports.search.language.question import Question
from reports.search.language.tree import Node

MOST_HEADINGS = 5_000  # remembered
MOST_NEAR = 5_000  # words that a misspelt one is compared with, per letter
BYTES_A_DOCUMENT = 1_500  # of disk while an index is built, with its merges
ROOM = 200_000_000  # bytes that a rebuild leaves to others
PANIC = "PanicException"
OF_THE_SYSTEM = re.compile(r"os error|IoError\(Os\b")  # alone, and inside another error


logger = logging.getLogger(__name__)


@dataclass(slots=True)
class _Opened:
    """An open index and the process it belongs to: a forked child would never see a later commit
    through what its parent opened."""

    pid: int
    folder: Path
    index: Index
    headings: dict[str, str] = field(default_factory=dict)


class TantivyEngine:
    def __init__(self, root: Path) -> None:
        self._folders = IndexFolders(root, index_version())
        self._last_opened: _Opened | None = None

    @property
    def place(self) -> str:
        return self._folders.place

    def ready(self) -> bool:
        try:
            self._open()
        except IndexMissingError:
            return False
        return True

    def answer(self, question: Question) -> Answer:
        with self._noticing_damage():
            return Answering(self._searcher(), question).answer()

    def count(self, question: Question) -> int:
        with self._noticing_damage():
            return Answering(self._searcher(), question).count()

    def public_ids(self, question: Question, limit: int) -> list[str]:
        with self._noticing_damage():
            return Answering(self._searcher(), question).public_ids(limit)

    def nearest(self, nearest: Nearest, limit: int) -> list[str]:
        with self._noticing_damage():
            return nearest_findings(self._searcher(), nearest, limit)

    def frequencies(self, nodes: Sequence[Node]) -> list[int]:
        with self._noticing_damage():
            searcher = self._searcher()
            return [frequency(node, searcher.doc_freq) for node in nodes]

    def words_near(self, word: str, mistakes: int) -> list[str]:
        """The commonest that start with one of its first two letters, whatever `mistakes`."""
        with self._noticing_damage():
            searcher = self._searcher()
            found: list[tuple[str, int]] = []
            for letter in dict.fromkeys(word[:2]):
                found += searcher.terms_with_prefix("words", letter, limit=MOST_NEAR)
            return [word for word, _ in sorted(found, key=lambda each: -each[1])]

    def size(self) -> int:
        with self._noticing_damage():
            size: int = self._searcher().num_docs
            return size

    def keyed_ids(self, question: Question, start: int, limit: int) -> list[tuple[int, str]]:
        with self._noticing_damage():
            return Answering(self._searcher(), question).keyed_ids(start, limit)

    def matching(self, question: Question, public_ids: Sequence[str]) -> set[str]:
        with self._noticing_damage():
            return Answering(self._searcher(), question).matching(public_ids)

    def headings(self, slugs: Iterable[str]) -> Mapping[str, str]:
        with self._noticing_damage():
            opened = self._open()
            searcher, known = opened.index.searcher(), opened.headings
            if len(known) > MOST_HEADINGS:
                known.clear()
            found = {}
            for slug in slugs:
                if printed := known.get(slug) or printed_heading(searcher, slug):
                    found[slug] = known[slug] = printed
            return found

    def held(self, lock: Lock, timeout: float) -> AbstractContextManager[int]:
        return self._folders.held(f"{lock}.lock", timeout)

    def is_held(self, lock: Lock) -> bool:
        return self._folders.is_held(f"{lock}.lock")

    def writer(self, version: int) -> AbstractContextManager[Writer]:
        # No running process loses a lock that is a file, so the version need not be compared.
        return updating(self._current())

    @contextmanager
    def rebuilding(self, timeout: float) -> Iterator[NewIndex]:
        with self.held(Lock.REBUILDING, max(timeout, LOOK_TIMEOUT)):
            self._folders.sweep()
            folder = self._folders.new()
            try:
                yield IndexBeingBuilt(folder, self._folders.publish)
            finally:
                if self._folders.current() != folder:
                    shutil.rmtree(folder, ignore_errors=True)

    def may_start_rebuild(self, documents: int) -> bool:
        needed = ROOM + documents * BYTES_A_DOCUMENT
        return not self.is_held(Lock.REBUILDING) and self._folders.may_try(needed)

    @contextmanager
    def _noticing_damage(self) -> Iterator[None]:
        """If the index is damaged, no process searches it from then on. Damage is raised as an
        OSError, a ValueError or a panic of Tantivy, which is not an Exception. A fault of the
        engine itself can be raised in the same way, so the files are checked before the index is
        given up."""
        folder = self._current()
        try:
            yield
        except BaseException as error:
            if not isinstance(error, OSError | ValueError) and type(error).__name__ != PANIC:
                raise
            if is_whole(folder):
                # Tantivy says in words that the disk is full or read-only.
                kind = OSError if OF_THE_SYSTEM.search(str(error)) else EngineError
                raise kind(str(error)) from error
            logger.error("The search index %s is damaged: %s", folder, error)
            self._folders.mark_damaged(folder)
            raise IndexMissingError(str(folder)) from error

    def _searcher(self) -> Searcher:
        """A searcher that sees every commit made before now, by any process."""
        index = self._open().index
        index.reload()
        return index.searcher()

    def _open(self) -> _Opened:
        folder, pid = self._current(), os.getpid()
        opened = self._last_opened
        if opened is None or opened.folder != folder or opened.pid != pid:
            opened = self._last_opened = _Opened(pid, folder, open_index(folder))
        return opened

    def _current(self) -> Path:
        folder = self._folders.current()
        if folder is None:
            raise IndexMissingError
        return folder
