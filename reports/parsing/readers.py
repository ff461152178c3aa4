"""File bytes -> text. One function a format; nothing else in the project knows formats.

A reader takes the bytes of a file and gives its text, or raises a `ReadError` that says what is
wrong and what to do about it. It joins `READERS` under the suffixes it reads.
"""

import codecs
import re
from collections.abc import Callable
from pathlib import PurePath

from reports.parsing.errors import ReadError
from reports.parsing.formats import Read, read_html, read_pdf, read_word

BYTE_ORDER_MARKS = (
    # The mark of UTF-32 begins with that of UTF-16, so it is looked for first.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SIGNATURES = {
    b"%PDF-": "a PDF",
    b"PK\x03\x04": "a Word document or another zip archive",
    b"\xd0\xcf\x11\xe0": "an old Word document",
    b"{\\rtf": "an RTF document",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"\x1f\x8b": "a compressed file",
}
# Control characters that no text has; tab, line ends, page ends and the old end-of-file mark stay.
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
MAX_CONTROL_SHARE = 0.01


def read_document(data: bytes, name: str) -> Read:
    """What a file says, read by the format its name ends in."""
    suffix = PurePath(name).suffix.lower()
    if suffix not in READERS:
        ending = f"files ending in {suffix}" if suffix else "files without an ending"
        known = ", ".join(SUPPORTED_SUFFIXES)
        raise ReadError(
            f"{ending} cannot be read; convert it to one of {known}", "unsupported-format"
        )
    if not data:
        raise ReadError("the file is empty; save or download it again", "empty")
    read = READERS[suffix](data)
    if not read.text or read.text.isspace():
        raise ReadError("the file holds only blank space; save or download it again", "empty")
    return read


def read_text(data: bytes, name: str) -> str:
    """The text of a file alone."""
    return read_document(data, name).text


def read_plain_text(data: bytes) -> Read:
    """Text in UTF-8, UTF-16 or UTF-32 by its byte order mark, else UTF-16 or UTF-8 by its
    bytes, else Windows-1252."""
    for signature, what in SIGNATURES.items():
        if data.startswith(signature):
            raise _binary(f"the file is {what}, not text")
    text = _decode(data)
    if "\0" in text or len(CONTROLS.findall(text)) > MAX_CONTROL_SHARE * len(text):
        raise _binary("the file is not text: it holds bytes that no text has")
    return Read(text)


def _decode(data: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(data, encoding)
    if utf16 := _utf16_by_zeros(data):
        return _decode_as(data, utf16)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_damaged_utf8(data, error)
    return _decode_as(data, "cp1252")


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _binary(f"the file is not text: it cannot be read as {encoding}") from error


def _utf16_by_zeros(data: bytes) -> str | None:
    """UTF-16 without a mark: English text has a zero in nearly every second byte, and none in
    the others."""
    if len(data) % 2:
        return None
    even, odd = data[::2].count(0), data[1::2].count(0)
    most = 0.7 * len(data) / 2
    if odd > most and not even:
        return "utf-16-le"
    if even > most and not odd:
        return "utf-16-be"
    return None


def _refuse_damaged_utf8(data: bytes, error: UnicodeDecodeError) -> None:
    """Bytes that are mostly good UTF-8 are a damaged file, not Windows-1252: read as that, every
    apostrophe would turn into three wrong letters."""
    good = sum(not char.isascii() for char in data.decode("utf-8", "ignore"))
    bad = data.decode("utf-8", "replace").count("\N{REPLACEMENT CHARACTER}")
    if good > bad:
        line = data.count(b"\n", 0, error.start) + 1
        raise ReadError(
            "the file is UTF-8 with damaged bytes; save it again as UTF-8", "encoding", line
        )


def _binary(what: str) -> ReadError:
    return ReadError(f"{what}; save the report as UTF-8 text", "binary")


READERS: dict[str, Callable[[bytes], Read]] = {
    ".txt": read_plain_text,
    ".md": read_plain_text,
    ".html": read_html,
    ".htm": read_html,
    ".pdf": read_pdf,
    ".docx": read_word,
    ".doc": read_word,  # says how to convert it
}
SUPPORTED_SUFFIXES = tuple(READERS)
