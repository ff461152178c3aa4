"""Checks whether the files of an index are as they were written.

Tantivy ends each file of a segment with a footer, as JSON: the CRC-32 of all before it. The last
eight bytes are the footer's length and a mark.

    <body> {"version": {...}, "crc": 3985818213} <length: 4 bytes> <1337: 4 bytes>
"""

import json
import struct
import zlib
from pathlib import Path
from typing import Any

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
        return _read_checksum(path) == _checksum_of(path)
    except (OSError, ValueError, KeyError, TypeError, struct.error):
        return False


def _read_checksum(path: Path) -> tuple[int, int]:
    """The length of the body, and its checksum as the footer has it."""
    with path.open("rb") as file:
        end = file.seek(0, 2)
        file.seek(end - TAIL.size)
        length, mark = TAIL.unpack(file.read(TAIL.size))
        body = end - TAIL.size - length
        if mark != MARK:
            raise ValueError("no footer")
        file.seek(body)
        return body, json.loads(file.read(length))["crc"]


def _checksum_of(path: Path) -> tuple[int, int]:
    body, _ = _read_checksum(path)
    checksum, left = 0, body
    with path.open("rb") as file:
        while left:
            chunk = file.read(min(CHUNK, left))
            if not chunk:
                raise ValueError("cut off")
            checksum = zlib.crc32(chunk, checksum)
            left -= len(chunk)
    return body, checksum
