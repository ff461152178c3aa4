"""Turns records into rows: one transaction for each document, safe to repeat and to stop."""

from reports.ingest.outcomes import Fragment, Outcome, SectionOutcome, Status
from reports.ingest.run import (
    FilesFound,
    ParsedDocument,
    find_files,
    ingest_file,
    ingest_paths,
    parse_document,
    read_file,
    reparse,
    store_document,
    try_documents,
)

__all__ = [
    "FilesFound",
    "Fragment",
    "Outcome",
    "ParsedDocument",
    "SectionOutcome",
    "Status",
    "find_files",
    "ingest_file",
    "ingest_paths",
    "parse_document",
    "read_file",
    "reparse",
    "store_document",
    "try_documents",
]
