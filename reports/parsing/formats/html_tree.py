"""Parses a decoded page into a tree, in time that is linear in its size, and finds its address."""

import re
from urllib.parse import urlsplit

from lxml import etree
from lxml.etree import _Element

from reports.parsing.errors import ReadError

# libxml2 compares each attribute of a tag with all before it.
MAX_ATTRIBUTES = 200
NAME = r"[a-z][^ \t\n\f\r/>]*+"
ATTRIBUTE = (
    r"""[ \t\n\f\r/]*+[^ \t\n\f\r/>][^ \t\n\f\r/>=]*+"""
    r"""(?:[ \t\n\f\r]*+=[ \t\n\f\r]*+(?:"[^"]*+"|'[^']*+'|[^ \t\n\f\r>]*+))?+"""
)
# Everything that begins with `<`, because a comment, a script or a title can contain what only
# looks like a tag. Repetitions are possessive, so each character is read once.
MARKUP = re.compile(
    rf"<!--(?:-?>|.*?(?:--!?>|\Z))"
    rf"|(?P<crowded><{NAME}(?:{ATTRIBUTE}){{{MAX_ATTRIBUTES + 1}}}+)"
    rf"|<(?P<raw>script|style|title|textarea)(?=[ \t\n\f\r/>])(?:{ATTRIBUTE})*+[^>]*+>"
    r".*?(?:(?=</(?P=raw))|\Z)"
    rf"|</?{NAME}(?:{ATTRIBUTE})*+",
    re.IGNORECASE | re.DOTALL,
)
TOO_DEEP = "ERR_RESOURCE_LIMIT"
SAVED_FROM = re.compile(r"(?:saved from url=\(\d{1,5}\)|\burl:\s*)(https?://\S{1,500})")
# The element, the attribute that says what it is for, its value, and the attribute that answers.
ADDRESSES = (("link", "rel", "canonical", "href"), ("meta", "property", "og:url", "content"))


def parse_page(page: str) -> _Element:
    """The page as a tree. Raises `ReadError` with the code `too-large`, `damaged` or `empty`."""
    if any(found["crowded"] for found in MARKUP.finditer(page)):
        message = f"the page has a tag with more than {MAX_ATTRIBUTES} attributes; save it again"
        raise ReadError(message, "too-large")
    # `huge_tree` lets it be 2,048 deep instead of 256.
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, no_network=True)
    try:
        root = etree.fromstring(page.encode("utf-8", "replace"), parser)
    except etree.LxmlError as error:
        raise ReadError("the file is not a web page; save the page again", "damaged") from error
    if any(fault.type_name == TOO_DEEP for fault in parser.error_log):
        raise ReadError("the page is nested too deeply to be read", "too-large")
    # lxml gives None for a page without any element, whatever its types say.
    if not etree.iselement(root):
        raise ReadError("the page holds nothing; save it again", "empty")
    return root


def published_address(root: _Element) -> str:
    """The address that a page says it was published at, or empty. This walks the tree, because the
    time of an XPath search grows with the square of its size."""
    declared = [
        element.get(answer, "").strip()
        for tag, attribute, value, answer in ADDRESSES
        for element in root.iter(tag)
        if element.get(attribute) == value
    ]
    outside = (*root.itersiblings(etree.Comment, preceding=True), *root.itersiblings(etree.Comment))
    comments = [comment.text or "" for comment in (*outside, *root.iter(etree.Comment))]
    saved = [found[1] for text in comments if (found := SAVED_FROM.search(text[:2000]))]
    return next(filter(_is_address, (*declared, *saved)), "")


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)
