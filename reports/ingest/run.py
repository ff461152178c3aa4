"""Reads the files that paths name, stores each document and returns the result."""

import glob
import logging
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath

from django.conf import settings
from django.db import DataError, IntegrityError, transaction

from reports.ingest.kept_files import Content, store_content
from reports.ingest.results import IngestResult
from reports.ingest.store import WithdrawnError, lock_out_other_ingests, store, store_again
from reports.models import SourceDocument
from reports.parsing import (
    ARCHIVE_LIMITS,
    KNOWN_SUFFIXES,
    SUPPORTED_SUFFIXES,
    ProblemRecord,
    ReadError,
    ReportRecord,
    open_archive,
    parse_report,
    read_document,
)

ARCHIVE = ".zip"
SUFFIXES = ", ".join((*SUPPORTED_SUFFIXES, ARCHIVE))
MEBIBYTE = 1024 * 1024

WITHDRAWN = (
    "This document was withdrawn at the corrections desk. To have it back, undo the withdrawal on "
    "the document’s page there."
)

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class FilesFound:
    """The files to read, those skipped because of their format, and the arguments for which there
    were no files."""

    files: tuple[Path, ...]
    skipped: tuple[Path, ...] = ()
    failed: tuple[IngestResult, ...] = ()


def find_files(arguments: Iterable[str]) -> FilesFound:
    """The files named by paths, folders (searched with all below them, without hidden entries) and
    glob patterns; each file once, in the order named."""
    files: dict[Path, None] = {}
    skipped: list[Path] = []
    failed: list[IngestResult] = []
    for argument in arguments:
        matches = [Path(argument)] if Path(argument).exists() else _expand(argument)
        if not matches:
            message = "There is no such file or folder. Check the spelling."
            failed.append(IngestResult.failed(argument, "not-found", message))
        for match in matches:
            if not match.is_dir():
                files[match] = None
                continue
            readable, others = _search_folder(match)
            skipped += others
            files |= dict.fromkeys(readable)
            if not readable:
                message = f"This folder has no report: no file in it ends in {SUFFIXES}."
                failed.append(IngestResult.failed(str(match), "empty-folder", message))
    return FilesFound(tuple(files), tuple(skipped), tuple(failed))


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """A document that was read and is not stored yet."""

    content: Content
    record: ReportRecord


def ingest_paths(paths: Iterable[Path], *, dry_run: bool = False) -> Iterator[IngestResult]:
    """Ingest each file in turn. A dry run reports what would happen and changes nothing."""
    if dry_run:
        yield from try_documents([parsed for path in paths for parsed in read_file(path)])
    else:
        for path in paths:
            yield from map(store_document, read_file(path))


def read_file(path: Path, *, name: Path | None = None) -> Iterator[ParsedDocument | IngestResult]:
    """Read and parse what a file holds, without the database: one document, or those of a zip
    archive. If that fails, the result says why. `name` is the file's own name, if it is stored
    under another."""
    name = name or path
    try:
        if name.suffix.lower() == ARCHIVE:
            yield from _read_archive(name, _read_bytes(path, settings.MAX_ARCHIVE_BYTES))
        else:
            yield parse_document(name, _read_bytes(path, settings.MAX_DOCUMENT_BYTES))
    except ReadError as error:
        yield IngestResult.failed(_printable(name), error.code, str(error))


def _read_archive(path: Path, data: bytes) -> Iterator[ParsedDocument | IngestResult]:
    """The reports in a zip archive; raises ReadError where it is refused as a whole. Files in other
    formats, such as the pictures of a saved page, are named in one result."""
    limits = replace(ARCHIVE_LIMITS, entry_bytes=settings.MAX_DOCUMENT_BYTES)
    empty = True
    skipped: list[str] = []
    for name, content in open_archive(data, limits):
        if isinstance(content, ReadError):
            empty = False
            yield IngestResult.failed(str(path / name), content.code, content.message)
        elif PurePath(name).suffix.lower() in KNOWN_SUFFIXES:
            empty = False
            yield parse_document(path / name, content)
        else:
            skipped.append(name)
    if skipped and not empty:
        yield IngestResult.without_report(str(path), skipped)
    if empty:
        raise ReadError(
            f"this archive has no report: no file in it ends in {SUFFIXES}", "empty-archive"
        )


def parse_document(
    path: Path, data: bytes, *, id_scope: str | None = None
) -> ParsedDocument | IngestResult:
    """Read and parse one document, without the database. If that fails, the result says why.
    `path` names it; the file itself is not opened."""
    try:
        _check_name(path)
        return _parse(path, data, id_scope)
    except ReadError as error:
        return IngestResult.failed(_printable(path), error.code, str(error), error.line)
    except Exception:
        # A fault in one document must not keep the others of the run from being read.
        logger.exception("%s could not be read", _printable(path))
        return IngestResult.failed(
            _printable(path),
            "program-fault",
            "The program failed at this document, so nothing of it is stored. The log says why.",
        )


def store_document(parsed: ParsedDocument | IngestResult) -> IngestResult:
    """Store all of a document that was read, or nothing of it."""
    if isinstance(parsed, IngestResult):
        return parsed
    with transaction.atomic():
        lock_out_other_ingests()
        store_content(parsed.content)
        return _store(parsed)


def try_documents(
    parsed: Sequence[ParsedDocument | IngestResult],
    after_each: Callable[[IngestResult], None] = lambda _: None,
) -> list[IngestResult]:
    """What storing documents would do. All are stored in one transaction that is rolled back, so
    that documents of one report are judged together. They are read before it begins, because other
    writers wait while it is open. `after_each` is called before the rollback."""
    outcomes: list[IngestResult] = []
    with transaction.atomic():
        lock_out_other_ingests()
        for document in parsed:
            outcomes.append(document if isinstance(document, IngestResult) else _store(document))
            after_each(outcomes[-1])
        transaction.set_rollback(True)
    return outcomes


def _store(parsed: ParsedDocument) -> IngestResult:
    try:
        with transaction.atomic():
            stored = store(parsed.content, parsed.record)
    except WithdrawnError:
        return IngestResult.skipped(str(parsed.content.path), "withdrawn", WITHDRAWN)
    except (DataError, IntegrityError) as error:
        logger.exception("%s could not be stored", parsed.content.path)
        return IngestResult.failed(
            str(parsed.content.path),
            "not-stored",
            f"The database refused what was read, so nothing of it is stored: {error}",
        )
    return IngestResult.of(str(parsed.content.path), stored, parsed.record, parsed.content.text)


def reparse(document: SourceDocument) -> IngestResult:
    """Read a kept original again with the present parser, and update its rows. Edits stay."""
    with document.original.open("rb") as file:
        data = file.read()
    try:
        parsed = _parse(Path(document.path), data)
    except ReadError as error:
        return IngestResult.failed(document.path, error.code, str(error), error.line)
    with transaction.atomic():
        lock_out_other_ingests()
        store_content(parsed.content)
        stored = store_again(document, parsed.content, parsed.record)
    return IngestResult.of(document.path, stored, parsed.record, parsed.content.text)


def _parse(path: Path, data: bytes, id_scope: str | None = None) -> ParsedDocument:
    read = read_document(data, path.name)
    record = parse_report(read.text, path.name, read.address)
    notes = tuple(ProblemRecord("not-read", note) for note in read.notes)
    record = replace(record, problems=record.problems + notes)
    return ParsedDocument(Content(path, data, read.text, id_scope), record)


def _check_name(path: Path) -> None:
    longest = SourceDocument._meta.get_field("path").max_length or 0
    if len(str(path.absolute())) > longest:
        raise ReadError(
            f"The path is longer than {longest} characters. Move the file to a shorter one.",
            "path-too-long",
        )
    if _printable(path) != str(path):
        raise ReadError(
            "The file's name is not in UTF-8. Rename it, in plain letters.", "name-not-utf-8"
        )


def _printable(path: Path) -> str:
    """The path with a mark in place of every byte that is not text."""
    return os.fsencode(path).decode("utf-8", "replace")


def _read_bytes(path: Path, limit: int) -> bytes:
    try:
        size = path.stat().st_size
        if size > limit:
            raise ReadError(
                f"The file is {size / MEBIBYTE:.1f} MB; the limit is {limit / MEBIBYTE:.0f} MB. "
                "It can be raised by the setting MAX_DOCUMENT_MB.",
                code="too-large",
            )
        return path.read_bytes()
    except OSError as error:
        raise ReadError(
            f"The file cannot be read ({error.strerror}). Check that it exists and that you may "
            "read it.",
            code="unreadable",
        ) from error


def _expand(pattern: str) -> list[Path]:
    # Path.glob takes no pattern that begins at the root.
    return [Path(match) for match in sorted(glob.glob(pattern, recursive=True))]  # noqa: PTH207


def _search_folder(folder: Path) -> tuple[list[Path], list[Path]]:
    """The files of a folder that may be reports, and the others."""
    visible = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and not any(part.startswith(".") for part in path.relative_to(folder).parts)
    ]
    readable = {path for path in visible if path.suffix.lower() in (*KNOWN_SUFFIXES, ARCHIVE)}
    return (
        [path for path in visible if path in readable],
        [path for path in visible if path not in readable],
    )
