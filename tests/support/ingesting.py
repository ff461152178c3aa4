"""One file in, one outcome out."""

from pathlib import Path

from reports.ingest import IngestResult, ingest_file, parse_document, read_file, store_document
from reports.ingest.run import try_documents


def ingest(path: Path, *, dry_run: bool = False) -> IngestResult:
    [outcome] = try_documents(list(read_file(path))) if dry_run else ingest_file(path)
    return outcome


def ingest_document(path: Path, data: bytes) -> IngestResult:
    return store_document(parse_document(path, data))
