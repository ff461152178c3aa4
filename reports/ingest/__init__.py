"""Records become rows: one transaction a document, safe to repeat, safe to kill."""

from reports.ingest.outcomes import Fragment, Outcome, SectionOutcome, Status
from reports.ingest.run import (
    Found,
    find_files,
    ingest_archive,
    ingest_document,
    ingest_file,
    ingest_paths,
    reparse,
)

__all__ = [
    "Found",
    "Fragment",
    "Outcome",
    "SectionOutcome",
    "Status",
    "find_files",
    "ingest_archive",
    "ingest_document",
    "ingest_file",
    "ingest_paths",
    "reparse",
]
