"""Decodes texts, and web pages in the way that browsers do."""

import re

from w3lib.encoding import html_body_declared_encoding, read_bom, to_unicode

from reports.parsing.errors import ReadError

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
ZEROS_WITHIN = 4096
WEB_ENCODINGS = re.compile(r"utf-?8|cp125[0-9]|windows-|iso-?8859|koi8|mac|big5|gb|euc|shift|ascii")
# A page with a byte that Windows-1252 leaves undefined is not refused.
FALLBACK = "cp1252"


def decode_text(data: bytes) -> str:
    """The text of a file. A byte order mark says that it is UTF-8, UTF-16 or UTF-32. Without one
    its bytes show whether it is UTF-16 or UTF-8, and otherwise it is Windows-1252. Raises
    `ReadError` with the code `binary` or `encoding`."""
    for signature, what in SIGNATURES.items():
        if data.startswith(signature):
            raise _binary(f"the file is {what}, not text")
    text = _decode(data)
    if "\0" in text or _has_controls(text):
        raise _binary("the file is not text: it holds bytes that no text has")
    return text


def decode_html(data: bytes) -> str:
    """A page's text. Raises `ReadError` with the code `binary` if the bytes are not text."""
    marked, mark = read_bom(data)
    encoding = marked or _utf16_by_zeros(data) or _declared(data) or _guess(data)
    text = to_unicode(data[len(mark or b"") :], encoding)
    if _has_controls(text):
        raise ReadError(
            "the file is not a web page: it holds bytes that no page has; save the page again",
            "binary",
        )
    return CONTROLS.sub(" ", text)


def _declared(data: bytes) -> str | None:
    """The encoding that a page declares, or None if that cannot be right. If the declaration can be
    read as ASCII, the page is not UTF-16, and some of Python's encodings are not for text."""
    name = html_body_declared_encoding(data)
    if name is None or not WEB_ENCODINGS.match(name):
        return None
    try:
        data.decode(name)
    except UnicodeDecodeError:
        # Windows-1252 leaves five bytes undefined; browsers read them as well.
        return None if name == "utf-8" else name
    return name


def _guess(data: bytes) -> str:
    """The encoding of a page that declares none, or a wrong one."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "utf-8" if _is_mostly_utf8(data) else FALLBACK
    return "utf-8"


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether bytes that are not UTF-8 have more of its letters than faults. As Windows-1252, each
    apostrophe of such a file would become three wrong letters."""
    text = data.decode("utf-8", "replace")
    bad = text.count("\N{REPLACEMENT CHARACTER}")
    return sum(not char.isascii() for char in text) > 2 * bad


def _decode(data: bytes) -> str:
    encoding, mark = read_bom(data)
    if encoding or (encoding := _utf16_by_zeros(data)):
        return _decode_as(data[len(mark or b"") :], encoding)
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if _is_mostly_utf8(data):
            raise ReadError(
                "the file is UTF-8 with damaged bytes; save it again as UTF-8",
                "encoding",
                line=data.count(b"\n", 0, error.start) + 1,
            ) from error
    return _decode_as(data, FALLBACK)


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise _binary(f"the file is not text: it cannot be read as {encoding}") from error


def _utf16_by_zeros(data: bytes) -> str | None:
    """UTF-16 without a mark: English text and a page's markup have a zero in nearly every second
    byte, and none in the others."""
    if len(data) % 2:
        return None
    begins = data[:ZEROS_WITHIN]
    even, odd = begins[::2].count(0), begins[1::2].count(0)
    most = 0.35 * len(begins)
    if odd > most and not even:
        return "utf-16-le"
    if even > most and not odd:
        return "utf-16-be"
    return None


def _has_controls(text: str) -> bool:
    return len(CONTROLS.findall(text)) > MAX_CONTROL_SHARE * len(text)


def _binary(what: str) -> ReadError:
    return ReadError(f"{what}; save the report as UTF-8 text", "binary")
