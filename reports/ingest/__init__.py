"""Turns records into rows: one transaction for each document, safe to repeat and to stop."""

from reports.ingest.results import Fragment, IngestResult, IngestStatus, SectionResult
from reports.ingest.run import (
    FilesFound,
    ParsedDocument,
    find_files,
    ingest_paths,
    parse_document,
    read_file,
    reparse,
    store_document,
    try_documents,
)
