"""Uploaded files that wait to be confirmed.

They are kept in Django's storage “uploads”, outside the documents that are served: a folder of this
machine, or a bucket that several machines share, so that one can ingest what another received. The
session of the uploader holds the token of the upload and the names of its files. In the storage the
files have numbers, so that a name never becomes a path.
"""

import re
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path, PurePath, PureWindowsPath
from shutil import copyfileobj
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files.storage import Storage, storages
from django.core.files.uploadedfile import UploadedFile
from django.utils import timezone

KEPT_FOR = timedelta(days=1)
MAX_NAME = 150  # characters
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Staging:
    """One upload: its token and the names of its files, in order."""

    token: str
    names: tuple[str, ...]

    @classmethod
    def from_session(cls, value: Mapping[str, Any]) -> "Staging":
        return cls(value["token"], tuple(value["names"]))

    def to_session(self) -> dict[str, Any]:
        return {"token": self.token, "names": list(self.names)}

    @property
    def is_there(self) -> bool:
        return _storage().exists(self._kept(0))

    def discard(self) -> None:
        for number in range(len(self.names)):
            _storage().delete(self._kept(number))
        _storage().delete(self.token)  # the folder, where the storage has folders

    @contextmanager
    def local_files(self) -> Iterator[list[tuple[str, Path]]]:
        """The name of each file and a copy of it on this machine, until the block ends."""
        with TemporaryDirectory() as folder:
            yield [
                (name, self._copy(number, Path(folder) / str(number)))
                for number, name in enumerate(self.names)
            ]

    def _copy(self, number: int, to: Path) -> Path:
        with _storage().open(self._kept(number)) as kept, to.open("wb") as copy:
            copyfileobj(kept, copy)
        return to

    def _kept(self, number: int) -> str:
        return f"{self.token}/{number}"


def stage(files: Sequence["UploadedFile[Any]"]) -> Staging:
    """Keep uploaded files until they are confirmed. Files that nobody confirms within a day are
    deleted."""
    _remove_old()
    staging = Staging(
        secrets.token_urlsafe(24), tuple(safe_name(file.name or "") for file in files)
    )
    for number, file in enumerate(files):
        _storage().save(f"{staging.token}/{number}", file)
    return staging


def safe_name(name: str) -> str:
    """The last part of the path that a browser sent, in printable characters and not too long."""
    base = PureWindowsPath(UNPRINTABLE.sub("", name)).name.strip(". ") or "unnamed"
    suffix = PurePath(base).suffix[-10:]
    return base.removesuffix(suffix)[: MAX_NAME - len(suffix)] + suffix


def _storage() -> Storage:
    return storages["uploads"]


def _remove_old() -> None:
    storage = _storage()
    try:
        tokens, _ = storage.listdir("")
    except FileNotFoundError:  # the folder is made with the first upload
        return
    for token in tokens:
        _, kept = storage.listdir(token)
        names = [f"{token}/{name}" for name in kept]
        if all(storage.get_modified_time(name) < timezone.now() - KEPT_FOR for name in names):
            for name in (*names, token):
                storage.delete(name)
