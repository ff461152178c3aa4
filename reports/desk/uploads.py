"""Uploaded files are read on trial, then ingested.

The path of a document keeps the name of its file (`/uploads/NAME`), because the name may say whose
report it is.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

from django.db.models import Q

from reports import search
from reports.desk.queue.waiting import about_conflict
from reports.desk.staging import Staging
from reports.facts import dates, gazetteer
from reports.facts.framework import STATEMENT_BY_SLUG, Statement
from reports.ingest import (
    IngestResult,
    IngestStatus,
    ParsedDocument,
    SectionResult,
    read_file,
    store_document,
    try_documents,
)
from reports.models import Conflict, Problem

MAX_FILES = 20
NAMED_BELOW = Path("/uploads")


@dataclass(frozen=True, slots=True)
class UploadedDocument:
    """What ingesting one document did, or would do. `conflicts` are edits that the new text
    disagrees with; `doubts` are problems of its assessment."""

    result: IngestResult
    conflicts: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return str(PurePath(self.result.path).relative_to(NAMED_BELOW))

    @property
    def display_date(self) -> str:
        return dates.display(self.result.published)

    @property
    def authority_slug(self) -> str:
        entry = gazetteer.named(self.result.authority) if self.result.authority else None
        return entry.slug if entry else ""

    @property
    def sections(self) -> list[tuple[Statement, SectionResult]]:
        return [(STATEMENT_BY_SLUG[section.statement], section) for section in self.result.sections]

    @property
    def findings(self) -> int:
        return sum(section.findings for section in self.result.sections)

    @property
    def failed(self) -> bool:
        return self.result.status is IngestStatus.FAILED


def preview(staging: Staging) -> list[UploadedDocument]:
    """What ingesting the files would do. Nothing is changed."""
    parsed = list(_parsed(staging))
    trial = _Trial()
    try_documents(parsed, trial.note)
    return trial.documents


def ingest(staging: Staging, left_out: Collection[int] = ()) -> list[UploadedDocument]:
    """Ingest the files, each document in its own transaction, and bring the index up to date. The
    files with the numbers in `left_out` are deleted."""
    documents = [UploadedDocument(store_document(parsed)) for parsed in _parsed(staging, left_out)]
    staging.discard()
    search.catch_up()
    return documents


def _parsed(
    staging: Staging, left_out: Collection[int] = ()
) -> Iterator[ParsedDocument | IngestResult]:
    with staging.local_files() as files:
        for number, (name, path) in enumerate(files):
            if number not in left_out:
                yield from read_file(path, name=NAMED_BELOW / name)


class _Trial:
    """What each document of an upload would do, noted before its rows are rolled back."""

    def __init__(self) -> None:
        self.documents: list[UploadedDocument] = []
        self._before = _conflicts()

    def note(self, result: IngestResult) -> None:
        after = _conflicts()
        new = tuple(
            ". ".join(about_conflict(conflict)[:2])
            for key, conflict in after.items()
            if key not in self._before
        )
        self.documents.append(UploadedDocument(result, new, tuple(_doubts(result))))
        self._before = after


def _conflicts() -> dict[tuple[str, str, str, str], Conflict]:
    """All conflicts that wait for an editor, by their subject and what the parser reads there
    now."""
    return {
        (conflict.target_kind, conflict.target_id, conflict.field, repr(conflict.parsed)): conflict
        for conflict in Conflict.objects.all()
    }


def _doubts(result: IngestResult) -> list[str]:
    if result.status in (IngestStatus.FAILED, IngestStatus.UNCHANGED):
        return []
    about = Q(assessment__sections__document__sha256=result.sha256) | Q(
        assessment__outcomes__document__sha256=result.sha256
    )
    return list(Problem.objects.filter(about).distinct().values_list("message", flat=True))
