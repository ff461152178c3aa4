"""Bytes of a web page -> its text, as browsers decode it."""

import codecs
import re

from reports.parsing.errors import ReadError

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
META_CHARSET = re.compile(
    rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE
)
DECLARED_WITHIN = 4096
# Latin 1 means Windows-1252 on the web (encoding.spec.whatwg.org).
MEANS_WINDOWS_1252 = frozenset(
    ("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii")
)
WEB_ENCODINGS = re.compile(r"utf-?8|(?:windows-|cp)125\d|iso-?8859-\d{1,2}")
# What Windows-1252 leaves undefined is no reason to refuse a page.
FALLBACK = "cp1252"
MAX_CONTROL_SHARE = 0.01
CONTROLS = re.compile(r"[\x00-\x08\x0e-\x19\x1c-\x1f\x7f]")


def decode_html(data: bytes) -> str:
    """The page's text. Raises `ReadError` with the code `binary` where it is none."""
    text = _decode(data)
    if len(CONTROLS.findall(text)) > MAX_CONTROL_SHARE * len(text):
        raise ReadError(
            "the file is not a web page: it holds bytes that no page has; save the page again",
            "binary",
        )
    return CONTROLS.sub(" ", text)


def _decode(data: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, "replace")
    if unmarked := _utf16_by_zeros(data[:DECLARED_WITHIN]):
        return data.decode(unmarked, "replace")
    declared = _declared(data)
    try:
        return data.decode(declared or "utf-8")
    except UnicodeDecodeError:
        # One damaged byte does not make a page of UTF-8 another encoding.
        text = data.decode("utf-8", "replace")
        good = sum(not char.isascii() for char in text)
        bad = text.count("\N{REPLACEMENT CHARACTER}")
        return text if good > 2 * bad else data.decode(FALLBACK, "replace")


def _declared(data: bytes) -> str | None:
    """The encoding that the page declares, if it is one that pages have."""
    found = META_CHARSET.search(data[:DECLARED_WITHIN])
    if found is None:
        return None
    name = found[1].decode("ascii").lower()
    if name in MEANS_WINDOWS_1252:
        return FALLBACK
    # A page that can be read up to here is not UTF-16, whatever it declares.
    return name if WEB_ENCODINGS.fullmatch(name) and _is_known(name) else None


def _is_known(encoding: str) -> bool:
    try:
        codecs.lookup(encoding)
    except LookupError:
        return False
    return True


def _utf16_by_zeros(data: bytes) -> str | None:
    """UTF-16 without a mark: in a page's markup every second byte is a zero."""
    even, odd = data[::2].count(0), data[1::2].count(0)
    most = 0.35 * len(data)
    if odd > most and not even:
        return "utf-16-le"
    if even > most and not odd:
        return "utf-16-be"
    return None
