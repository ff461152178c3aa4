"""Paths become documents, and each document an outcome."""

import glob
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from reports.ingest.outcomes import Outcome
from reports.ingest.storage import Content, store_content
from reports.ingest.store import lock_out_other_ingests, store, store_again
from reports.models import SourceDocument
from reports.parsing import SUPPORTED_SUFFIXES, ReadError, parse_report, read_text


@dataclass(frozen=True, slots=True)
class Found:
    """The files to read, those passed over as no report's format, and arguments that gave none."""

    files: tuple[Path, ...]
    skipped: tuple[Path, ...] = ()
    failed: tuple[Outcome, ...] = ()


def find_files(arguments: Iterable[str]) -> Found:
    """The files named by paths, folders (searched to the bottom, hidden entries left out) and
    glob patterns; each file once, in the order named."""
    files: dict[Path, None] = {}
    skipped: list[Path] = []
    failed: list[Outcome] = []
    for argument in arguments:
        matches = [Path(argument)] if Path(argument).exists() else _expand(argument)
        if not matches:
            failed.append(_vanished(argument))
        for match in matches:
            if not match.is_dir():
                files[match] = None
                continue
            readable, others = _search_folder(match)
            skipped += others
            files |= dict.fromkeys(readable)
            if not readable:
                failed.append(
                    Outcome.failed(
                        str(match),
                        "empty-folder",
                        "There is no report in this folder: no file in it ends in "
                        f"{', '.join(SUPPORTED_SUFFIXES)}.",
                    )
                )
    return Found(tuple(files), tuple(skipped), tuple(failed))


def ingest_paths(paths: Iterable[Path], *, dry_run: bool = False) -> Iterator[Outcome]:
    """Ingest each file in turn. A dry run reports what would happen and changes nothing.

    A dry run goes through the motions in one transaction that is rolled back, so that documents of
    the run which belong together are judged together.
    """
    with transaction.atomic() if dry_run else nullcontext():
        for path in paths:
            yield ingest(path, dry_run=dry_run)
        if dry_run:
            transaction.set_rollback(True)


def ingest(path: Path, *, dry_run: bool = False) -> Outcome:
    """Ingest one file: all of it, or nothing and the reason."""
    try:
        data = _read_bytes(path)
        text = read_text(data, path.name)
        record = parse_report(text, path.name)
    except ReadError as error:
        return Outcome.failed(str(path), error.code, str(error), error.line)
    content = Content(path, data, text)
    with transaction.atomic():
        lock_out_other_ingests()
        if not dry_run:
            store_content(content)
        stored = store(content, record)
    return Outcome.of(str(path), stored, record, text)


def reparse(document: SourceDocument) -> Outcome:
    """Read a kept original again with today's parser: the rows follow, edits stay."""
    path = Path(document.path)
    with document.original.open("rb") as file:
        data = file.read()
    try:
        text = read_text(data, path.name)
        record = parse_report(text, path.name)
    except ReadError as error:
        return Outcome.failed(str(path), error.code, str(error), error.line)
    content = Content(path, data, text)
    with transaction.atomic():
        lock_out_other_ingests()
        store_content(content)
        stored = store_again(document, content, record)
    return Outcome.of(str(path), stored, record, text)


def _read_bytes(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        if size > settings.MAX_DOCUMENT_BYTES:
            raise ReadError(
                f"The file is {size / 1e6:.1f} MB; the limit is "
                f"{settings.MAX_DOCUMENT_BYTES / 1e6:.0f} MB a document (MAX_DOCUMENT_MB).",
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
    readable = [path for path in visible if path.suffix.lower() in SUPPORTED_SUFFIXES]
    return readable, [path for path in visible if path not in set(readable)]


def _vanished(argument: str) -> Outcome:
    return Outcome.failed(
        argument, "not-found", "There is no such file or folder. Check the spelling."
    )
