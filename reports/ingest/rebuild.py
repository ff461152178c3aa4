"""Rebuilds a site from its kept documents and its corrections file, in an empty database."""

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.db import transaction

from reports.corrections.exchange import read_export
from reports.ingest.published_scores import load_outcome
from reports.ingest.results import IngestResult
from reports.ingest.run import parse_document, store_document
from reports.models import Authority


def rebuild_documents(folder: Path, file: IO[str]) -> Iterator[IngestResult]:
    """Ingest the originals of `folder` in the order and under the names that the export in `file`
    gives them; files that it does not name come last, under their own names. Files are recognised
    by their content, whatever their names.

    Raises ExchangeError where `file` is not an export, OSError where the folder cannot be read.
    """
    data = read_export(file)
    kept = _files_by_content(folder)
    with transaction.atomic():
        for row in data["published_scores"]:
            load_outcome(**row | {"authority": Authority.objects.get(slug=row["authority"])})
    for row in data["documents"]:
        path = kept.pop(row["sha256"], None)
        if path is None:
            yield IngestResult.failed(
                row["path"],
                "not-found",
                "The folder has no file with the content of this document.",
            )
            continue
        yield _ingest(Path(row["path"]), path, row["id_scope"])
    for path in kept.values():
        yield _ingest(path, path, None)


def _ingest(name: Path, path: Path, id_scope: str | None) -> IngestResult:
    return store_document(parse_document(name, path.read_bytes(), id_scope=id_scope))


def _files_by_content(folder: Path) -> dict[str, Path]:
    """Every file below the folder's originals, by the SHA-256 of its bytes."""
    originals = folder / "originals"
    files = sorted(path for path in (originals if originals.is_dir() else folder).rglob("*"))
    return {hashlib.sha256(path.read_bytes()).hexdigest(): path for path in files if path.is_file()}
