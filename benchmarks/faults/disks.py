"""A small disk of memory, which can be filled and made read-only. It needs Linux and root."""

import errno
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SIZE = "600m"
CHUNK = bytes(64 * 1024)
TRIES = 20


@contextmanager
def disk(folder: Path) -> Iterator[bool]:
    """Mount one at `folder`, if this user may. Yields whether it is mounted."""
    options = f"size={SIZE},mode=755"
    there = _mount("-t", "tmpfs", "-o", options, "tmpfs", folder)
    try:
        yield there
    finally:
        if there:
            _call("umount", "--lazy", folder)


@contextmanager
def filled(folder: Path) -> Iterator[None]:
    """Until the block ends, the disk of the folder has no byte left."""
    filler = folder / "filler"
    try:
        with filler.open("wb", buffering=0) as file:
            try:
                while file.write(CHUNK):
                    pass
            except OSError as error:
                if error.errno != errno.ENOSPC:
                    raise
        yield
    finally:
        filler.unlink()


@contextmanager
def read_only(folder: Path) -> Iterator[None]:
    """Until the block ends, no file below the folder can be opened for writing. Raises
    OSError if programs keep it busy."""
    if not any(_made_read_only(folder) for _ in range(TRIES)):
        raise OSError(errno.EBUSY, "The disk cannot be made read-only", str(folder))
    try:
        yield
    finally:
        _call("umount", "--lazy", folder)


def _made_read_only(folder: Path) -> bool:
    """Make the folder read-only and return whether it is. It is not if a program opened a file for
    writing between the two steps."""
    _mount("--bind", folder, folder)
    if _mount("-o", "remount,ro,bind", folder):
        return True
    _call("umount", "--lazy", folder)
    return False


def _mount(*arguments: object) -> bool:
    return _call("mount", *arguments)


def _call(*command: object) -> bool:
    try:
        done = subprocess.run([str(part) for part in command], capture_output=True, check=False)
    except FileNotFoundError:
        return False
    return done.returncode == 0
