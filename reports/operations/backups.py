"""A backup of the site in a folder: the database first, then the documents that its rows name.

A document is kept before the rows that name it are committed, and never changes. So a backup taken
while an ingest runs holds every document of every row that it holds.

    manifest.json   written last: a folder without it is not a backup
    database/       see `reports.operations.databases`
    documents/      as in DOCUMENTS_DIR
"""

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path

from django.core.files import File
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone

from reports import search
from reports.models import SourceDocument
from reports.operations import databases

MANIFEST = "manifest.json"
FORMAT = 1


class BackupError(Exception):
    """The backup was not made, or nothing was restored. The message tells an operator why."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `files` maps each path below the folder to its SHA-256."""

    vendor: str
    made_at: str
    migrations: list[tuple[str, str]]
    rows: dict[str, int]
    files: dict[str, str] = field(default_factory=dict)
    format: int = FORMAT


def back_up(folder: Path) -> Manifest:
    """Write a backup into `folder`, which must be new or empty."""
    if folder.exists() and any(folder.iterdir()):
        raise BackupError(f"{folder} is not empty. Name a new folder.")
    (folder / "database").mkdir(parents=True)
    migrations = databases.applied_migrations()
    made_at = timezone.now().isoformat()
    rows = databases.save(folder / "database")
    kept = [*sorted((folder / "database").iterdir()), *_copy_documents(folder / "documents")]
    hashes = {str(path.relative_to(folder)): _sha256(path) for path in kept}
    manifest = Manifest(connection.vendor, made_at, migrations, rows, hashes)
    (folder / MANIFEST).write_text(json.dumps(asdict(manifest), indent=1) + "\n", encoding="utf-8")
    return manifest


def restore(folder: Path, *, replace: bool = False) -> Manifest:
    """Replace the database and the documents by a backup. Everything is checked before
    anything is changed. Raises BackupError."""
    manifest = read_manifest(folder)
    if manifest.vendor != connection.vendor:
        raise BackupError(
            f"This is a backup of {manifest.vendor}, and DATABASE_URL names {connection.vendor}."
        )
    damaged = [name for name, sha256 in manifest.files.items() if not _is(folder / name, sha256)]
    if damaged:
        raise BackupError(f"Missing or damaged in the backup: {', '.join(damaged[:5])}.")
    if not replace and not databases.is_empty():
        raise BackupError("The database holds rows. To delete them, add --replace.")
    _restore_documents(folder, manifest.files)
    databases.load(folder / "database", manifest.migrations)
    search.rebuild()
    return manifest


def read_manifest(folder: Path) -> Manifest:
    try:
        values = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        values["migrations"] = [(app, name) for app, name in values["migrations"]]
        manifest = Manifest(**values)
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise BackupError(
            f"{folder} is not a complete backup: {MANIFEST} is missing or damaged."
        ) from error
    if manifest.format != FORMAT:
        raise BackupError("This backup was made by a later version of this program.")
    return manifest


def _copy_documents(target: Path) -> Iterator[Path]:
    """Every document that a row names; one whose bytes are not those of its name is refused."""
    rows = SourceDocument.objects.order_by("pk").values_list("original", "text")
    for name in dict.fromkeys(name for names in rows.iterator() for name in names):
        copy = target / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        with default_storage.open(name) as kept, copy.open("wb") as file:
            shutil.copyfileobj(kept, file)
        if _is_named_for_content(copy) and not _is(copy, copy.stem):
            raise BackupError(f"{name} is damaged: its bytes are not those it is named for.")
        yield copy


def _restore_documents(folder: Path, names: Iterable[str]) -> None:
    """Copy the documents that are missing. Others are left, because equal names mean equal
    bytes."""
    for name in names:
        place, _, kept = name.partition("/")
        if place == "documents" and not default_storage.exists(kept):
            with (folder / name).open("rb") as file:
                default_storage.save(kept, File(file))


def _is_named_for_content(path: Path) -> bool:
    return len(path.stem) == hashlib.sha256().digest_size * 2


def _is(path: Path, sha256: str) -> bool:
    return path.is_file() and _sha256(path) == sha256


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
