"""A zip of reports -> its files, one after another.

Nothing is written to disk. An unsafe entry (a path that leads out of the archive, a link, another
archive) is refused, with its name in the message, and the other entries are still read.
"""

import re
import stat
from collections.abc import Iterator
from pathlib import PurePosixPath
from zipfile import ZipFile, ZipInfo

from reports.parsing.errors import ReadError
from reports.parsing.formats.zipped import (
    MEBIBYTE,
    Limits,
    open_zip,
    read_entry,
    refuse_encrypted,
    too_large,
)

ARCHIVE_LIMITS = Limits(
    entries=500, entry_bytes=20 * MEBIBYTE, total_bytes=500 * MEBIBYTE, ratio=200
)
NESTED_SUFFIXES = frozenset((".zip", ".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst"))
# A Word document is a zip too.
ZIPPED_DOCUMENTS = frozenset((".docx",))
ZIP_SIGNATURE = b"PK\x03\x04"
DRIVE = re.compile(r"[A-Za-z]:")
UNIX = 3


def open_archive(
    data: bytes, limits: Limits = ARCHIVE_LIMITS
) -> Iterator[tuple[str, bytes | ReadError]]:
    """The name of each file in the archive with its bytes, or the reason why it is not read, in the
    order of the archive. One file is in memory at a time.

    What Finder and Windows add (`__MACOSX`, `.DS_Store`, `Thumbs.db`) is left out. Raises
    `ReadError` with the code `bad-archive`, `too-large` or `too-many-files` if it is refused as a
    whole. A file is refused with the code `encrypted`, `nested-archive`, `too-large`, `unsafe-path`
    or `bad-archive`.
    """
    with open_zip(data, limits) as archive:
        files = [entry for entry in archive.infolist() if not _is_passed_over(entry)]
        if sum(entry.file_size for entry in files) > limits.total_bytes:
            raise too_large("the archive")
        budget = limits.total_bytes
        for entry in files:
            try:
                name = _safe_name(entry)
                content = _read(archive, entry, name, limits, budget)
            except ReadError as error:
                yield entry.filename, error
                continue
            budget -= len(content)
            yield name, content


def _read(archive: ZipFile, entry: ZipInfo, name: str, limits: Limits, budget: int) -> bytes:
    refuse_encrypted(entry)
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in NESTED_SUFFIXES:
        raise _nested(name)
    content = read_entry(archive, entry, limits, budget)
    if content.startswith(ZIP_SIGNATURE) and suffix not in ZIPPED_DOCUMENTS:
        raise _nested(name)
    return content


def _safe_name(entry: ZipInfo) -> str:
    """The entry's path, with `/` between its parts."""
    # `filename` ends at a NUL and has this system's separators, so the path is judged as stored.
    name = entry.orig_filename.replace("\\", "/")
    is_link = entry.create_system == UNIX and stat.S_ISLNK(entry.external_attr >> 16)
    parts = PurePosixPath(name).parts
    leads_out = name.startswith("/") or DRIVE.match(name) or ".." in parts
    if is_link or leads_out or not name or "\0" in name:
        raise ReadError(
            f"the archive holds the path {entry.filename!r}, which may lead out of it; "
            "make it again from plain files",
            "unsafe-path",
        )
    return str(PurePosixPath(*parts))


def _is_passed_over(entry: ZipInfo) -> bool:
    path = PurePosixPath(entry.orig_filename.replace("\\", "/"))
    return (
        entry.filename.endswith("/")
        or "__MACOSX" in path.parts
        or path.name.startswith("._")
        or path.name in {".DS_Store", "Thumbs.db", "desktop.ini"}
    )


def _nested(name: str) -> ReadError:
    return ReadError(
        f"the archive holds another archive, {name}; unpack that one first", "nested-archive"
    )
