"""File bytes -> text, by the format that a file's name ends in. See `formats/__init__.py`."""

from pathlib import PurePath

from reports.parsing.errors import ReadError
from reports.parsing.formats import FORMATS, REFUSED, Read
from reports.parsing.limited import read_limited

SUPPORTED_SUFFIXES = tuple(suffix for each in FORMATS for suffix in each.suffixes)
# Files that may be reports. If one cannot be read, it is refused by name and not skipped.
KNOWN_SUFFIXES = (*SUPPORTED_SUFFIXES, *REFUSED)


def read_document(data: bytes, name: str) -> Read:
    """The content of a file, read in the format that the suffix of its name says."""
    suffix = PurePath(name).suffix.lower()
    if suffix in REFUSED:
        raise ReadError(f"the file is {REFUSED[suffix]}", "unsupported-format")
    if suffix not in SUPPORTED_SUFFIXES:
        ending = f"files ending in {suffix}" if suffix else "files without an ending"
        known = ", ".join(SUPPORTED_SUFFIXES)
        raise ReadError(
            f"{ending} cannot be read; convert it to one of {known}", "unsupported-format"
        )
    if not data:
        raise ReadError("the file is empty; save or download it again", "empty")
    read = read_limited(data, suffix)
    if not read.text or read.text.isspace():
        raise ReadError("the file holds only blank space; save or download it again", "empty")
    return read
