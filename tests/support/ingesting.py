"""Ingests one file or document, and returns its result."""

from pathlib import Path

from reports.ingest import IngestResult, ingest_paths, parse_document, store_document


def ingest(path: Path, *, dry_run: bool = False) -> IngestResult:
    [result] = ingest_paths([path], dry_run=dry_run)
    return result


def ingest_document(path: Path, data: bytes) -> IngestResult:
    return store_document(parse_document(path, data))
