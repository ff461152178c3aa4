"""Reads zip containers without trusting their headers.

The headers of a zip can declare any size. The declared sizes are checked first, to refuse early,
and the bytes that are unpacked are counted as well.
"""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from reports.parsing.errors import ReadError

MEBIBYTE = 1024 * 1024
ENCRYPTED_FLAG = 0x1
CHUNK = 64 * 1024
# The signature of an entry in a zip's table of contents. Archives within it add their own.
ENTRY_SIGNATURE = b"PK\x01\x02"
SIGNATURES_PER_ENTRY = 50
# Below this size the ratio is not checked: a small page of one letter is not a bomb.
RATIO_MATTERS_FROM = MEBIBYTE
READABLE_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# The errors that Python's zip reader raises, or documents, for damaged files.
ZIP_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    IndexError,
    OverflowError,
    RuntimeError,
)


@dataclass(frozen=True, slots=True)
class Limits:
    """How much may be unpacked from a zip: the number of entries, the bytes of one and of all, and
    how many times its packed size an entry may have."""

    entries: int
    entry_bytes: int
    total_bytes: int
    ratio: int


def open_zip(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The zip in these bytes, its table of contents read. Raises `ReadError` with the code
    `bad-archive` or `too-many-files`."""
    # Counted before Python makes an object of each.
    if data.count(ENTRY_SIGNATURE) > limits.entries * SIGNATURES_PER_ENTRY:
        raise _too_many(limits)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except ZIP_FAULTS as error:
        raise ReadError(
            "the file is damaged or is not a zip archive; download it again", "bad-archive"
        ) from error
    if len(archive.infolist()) > limits.entries:
        raise _too_many(limits)
    return archive


def read_entry(
    archive: zipfile.ZipFile, entry: zipfile.ZipInfo, limits: Limits, budget: int
) -> bytes:
    """The bytes of one entry, at most `budget` of them. Raises `ReadError` with the code
    `encrypted`, `too-large` or `bad-archive`."""
    refuse_encrypted(entry)
    if entry.compress_type not in READABLE_METHODS:
        raise ReadError(
            f"{entry.filename} is compressed in an unusual way; make the archive again",
            "bad-archive",
        )
    most = min(limits.entry_bytes, budget)
    if entry.file_size > most:
        raise too_large(entry.filename)
    parts: list[bytes] = []
    size = 0
    try:
        with archive.open(entry) as stream:
            while part := stream.read(CHUNK):
                size += len(part)
                if size > most or _is_bomb(size, entry.compress_size, limits):
                    raise too_large(entry.filename)
                parts.append(part)
    except ReadError:
        raise
    except ZIP_FAULTS as error:
        raise ReadError(
            f"{entry.filename} in the archive is damaged; download it again", "bad-archive"
        ) from error
    return b"".join(parts)


def refuse_encrypted(entry: zipfile.ZipInfo) -> None:
    if entry.flag_bits & ENCRYPTED_FLAG:
        raise ReadError(
            f"{entry.filename} is locked with a password; save it without one", "encrypted"
        )


def too_large(name: str) -> ReadError:
    return ReadError(f"{name} becomes too large when it is unpacked", "too-large")


def _too_many(limits: Limits) -> ReadError:
    return ReadError(
        f"the archive holds more than {limits.entries} files; divide it", "too-many-files"
    )


def _is_bomb(size: int, packed: int, limits: Limits) -> bool:
    return size > RATIO_MATTERS_FROM and size > limits.ratio * max(packed, 1)
