"""Checks whether the files of an index are as they were written.

Tantivy ends each file of a segment with a footer, as JSON: the CRC-32 of all before it. The last
eight bytes are the footer's length and a mark.

    <body> {"version": {...}, "crc": 3985818213} <length: 4 bytes> <1337: 4 bytes>
"""

import json
import os
import struct
import zlib
from pathlib import Path
from typing import Any, BinaryIO

SUFFIXES = {".fast", ".fieldnorm", ".idx", ".pos", ".store", ".term"}
MARK = 1337
TAIL = struct.Struct("<II")
CHUNK = 1 << 20


def is_whole(folder: Path) -> bool:
    """Read every file that is in use, at about a second a gigabyte, and compare its checksum."""
    while True:
        meta = _meta(folder)
        if meta is None:
            return False
        if all(_segment_is_whole(folder, segment) for segment in meta["segments"]):
            return True
        if _meta(folder) == meta:
            return False
        # A commit or a merge has taken files away meanwhile: look again.


def _meta(folder: Path) -> dict[str, Any] | None:
    try:
        meta = json.loads((folder / "meta.json").read_bytes())
    except (OSError, ValueError):
        return None
    return meta if isinstance(meta, dict) and isinstance(meta.get("segments"), list) else None


def _segment_is_whole(folder: Path, segment: dict[str, Any]) -> bool:
    name = str(segment["segment_id"]).replace("-", "")
    suffixes = SUFFIXES
    if segment["deletes"]:
        suffixes = SUFFIXES | {f".{segment['deletes']['opstamp']}.del"}
    return all(_file_is_whole(folder / f"{name}{suffix}") for suffix in suffixes)


def _file_is_whole(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            end_of_footer = file.seek(-TAIL.size, os.SEEK_END)
            length, mark = TAIL.unpack(file.read())
            body = file.seek(end_of_footer - length)
            written = json.loads(file.read(length))["crc"]
            file.seek(0)
            return bool(mark == MARK and written == _checksum(file, body))
    except (OSError, ValueError, KeyError, TypeError, struct.error):
        return False


def _checksum(file: BinaryIO, length: int) -> int:
    checksum = 0
    for start in range(0, length, CHUNK):
        checksum = zlib.crc32(file.read(min(CHUNK, length - start)), checksum)
    return checksum
