"""Where the index is on the disk, and the locks on it.

    <root>/CURRENT            the name of the folder that is searched
    <root>/PLACE              a name that no other machine's folders have
    <root>/<version>-<token>/ one index; the version changes with what an index holds
    <root>/index.lock         held while an index is changed or swapped
    <root>/rebuild.lock       held while a new index is built
    <root>/following.lock     held by a process that changes findings and updates the index
    <root>/tried              touched when a rebuild begins unasked
    <root>/<version>-<token>/DAMAGED  there if the index was found damaged

An index of another version is not searched, nor is a damaged one. A swap replaces CURRENT in one
step. The folder before it stays until the next rebuild, because other processes may still be
reading it.

Every machine has its own folders. They must not be copied to another machine: both would then have
the same name in the outbox, and a change that one of them has applied would be missing in the
other.
"""

import os
import secrets
import shutil
import time
from contextlib import AbstractContextManager, suppress
from pathlib import Path

from reports.models.locks import file_held, file_is_held

NAME_TIMEOUT = 5.0  # seconds: much longer than it takes to write a name
TRY_AFTER = 60.0
DAMAGED = "DAMAGED"


class IndexFolders:
    def __init__(self, root: Path, version: str) -> None:
        self.root = root
        self._version = version
        self._pointer = root / "CURRENT"
        self._name = root / "PLACE"
        self._damaged: set[str] = set()

    @property
    def place(self) -> str:
        """The content of PLACE, which the first process writes. Read at every search, so it must be
        cheap."""
        try:
            return self._name.read_text("ascii")
        except FileNotFoundError:
            with self.held("place.lock", NAME_TIMEOUT):
                if not self._name.exists():
                    self._put(self._name, f"tantivy-{secrets.token_hex(8)}")
        return self._name.read_text("ascii")

    def current(self) -> Path | None:
        """The folder that is searched. Read at every search, so it must be cheap."""
        folder = self._named()
        if folder is None or not folder.name.startswith(f"{self._version}-"):
            return None
        if str(folder) in self._damaged or (folder / DAMAGED).exists():
            return None
        return folder if folder.is_dir() else None

    def mark_damaged(self, folder: Path) -> None:
        """Stop every process from searching `folder`; only this one, if nothing can be written."""
        self._damaged.add(str(folder))
        with suppress(OSError):
            (folder / DAMAGED).touch()

    def may_try(self, needed: int) -> bool:
        """Whether the disk has `needed` bytes and no other process has tried within `TRY_AFTER`
        seconds. Counts as a try."""
        tried = self.root / "tried"
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            if tried.exists() and time.time() - tried.stat().st_mtime < TRY_AFTER:
                return False
            tried.touch()
            return shutil.disk_usage(self.root).free > needed
        except OSError:
            return False

    def new(self) -> Path:
        """An empty folder for a new index."""
        folder = self.root / f"{self._version}-{secrets.token_hex(4)}"
        folder.mkdir(parents=True)
        return folder

    def publish(self, folder: Path) -> None:
        self._put(self._pointer, folder.name)

    def sweep(self) -> None:
        """Remove every folder but the one named: earlier ones, and what a killed rebuild left.
        Call it while no other rebuild can run."""
        named = self._named()
        for folder in self.root.iterdir():
            if folder.is_dir() and folder != named:
                shutil.rmtree(folder, ignore_errors=True)

    def held(self, name: str, timeout: float) -> AbstractContextManager[int]:
        """Hold a lock on the index: see `locks.held`."""
        self.root.mkdir(parents=True, exist_ok=True)
        return file_held(self.root / name, timeout)

    def is_held(self, name: str) -> bool:
        try:
            return file_is_held(self.root / name)
        except OSError:  # where nothing can be written, nobody holds it
            return False

    def _put(self, path: Path, text: str) -> None:
        """Write the whole text or nothing, even if the machine stops."""
        new = path.with_name(f"{path.name}.new")
        with new.open("w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)

    def _named(self) -> Path | None:
        try:
            name = self._pointer.read_text("ascii")
        except FileNotFoundError:
            return None
        return self.root / name
