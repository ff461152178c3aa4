from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from tantivy import Index, IndexWriter

from reports.search.engines.seam import IndexMissingError, SearchDocument
from reports.search.engines.tantivy.schema import SCHEMA, to_document

UPDATE_HEAP = 30_000_000
BUILD_HEAP = 256_000_000
BUILD_THREADS = 2


def open_index(folder: Path) -> Index:
    try:
        return Index.open(str(folder))
    except (OSError, ValueError) as error:  # a damaged index cannot be searched
        raise IndexMissingError(str(folder)) from error


class TantivyWriter:
    def __init__(self, writer: IndexWriter) -> None:
        self._writer = writer

    def replace(self, public_ids: Iterable[str], documents: Iterable[SearchDocument]) -> None:
        for public_id in public_ids:
            self._writer.delete_documents_by_term("id", public_id)
        _add(self._writer, documents)
        self._writer.commit()


@contextmanager
def updating(folder: Path) -> Iterator[TantivyWriter]:
    with _ended(open_index(folder).writer(UPDATE_HEAP, num_threads=1)) as writer:
        yield TantivyWriter(writer)


class IndexBeingBuilt:
    def __init__(self, folder: Path, publish: Callable[[Path], None]) -> None:
        self._folder = folder
        self._publish = publish

    def fill(self, documents: Iterable[SearchDocument]) -> None:
        index = Index(SCHEMA, path=str(self._folder))
        with _ended(index.writer(BUILD_HEAP, num_threads=BUILD_THREADS)) as writer:
            _add(writer, documents)
            writer.commit()

    def writer(self, version: int) -> AbstractContextManager[TantivyWriter]:
        return updating(self._folder)

    def publish(self) -> None:
        self._publish(self._folder)


def _add(writer: IndexWriter, documents: Iterable[SearchDocument]) -> None:
    for document in documents:
        writer.add_document(to_document(document))


@contextmanager
def _ended(writer: IndexWriter) -> Iterator[IndexWriter]:
    """Releases Tantivy's own lock at the end, after running merges. What was not committed is
    lost."""
    try:
        yield writer
    finally:
        writer.wait_merging_threads()
