"""The container of a Word document, reduced to the parts that hold its text.

A `.docx` is a zip of XML parts. Only a few are read, within limits and without entities, and
written to a new package: so pictures cost no memory, and the package that python-docx opens has no
false sizes, entity bombs or links to missing parts.
"""

import io
import posixpath
import zipfile
from zipfile import ZipFile

from lxml import etree

from reports.parsing.errors import ReadError
from reports.parsing.formats.zipped import Limits, open_zip, read_entry

MEBIBYTE = 1024 * 1024
# The document part of a 300-page report has about 5 MiB; the tree of one costs ten times that.
PART_LIMITS = Limits(entries=5000, entry_bytes=24 * MEBIBYTE, total_bytes=32 * MEBIBYTE, ratio=200)
ROOT_RELATIONS = "_rels/.rels"
CONTENT_TYPES = "[Content_Types].xml"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# The last part of the type of a relation, the same in ordinary and in Strict Open XML.
DOCUMENT = "officeDocument"
NEEDED = frozenset((DOCUMENT, "styles", "numbering", "footnotes", "endnotes", "header"))
STRICT = "http://purl.oclc.org/ooxml/"


def slim_package(data: bytes) -> io.BytesIO:
    """A package with the document, its styles, lists, notes and headers, and nothing else.

    Raises `ReadError` with the code `damaged`, `encrypted`, `too-large` or `unsupported-format`.
    """
    try:
        with open_zip(data, PART_LIMITS) as archive:
            parts = _text_parts(_Parts(archive))
    except ReadError as error:
        if error.code in {"bad-archive", "too-many-files"}:
            raise _damaged() from error
        raise
    slim = io.BytesIO()
    with ZipFile(slim, "w", zipfile.ZIP_STORED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    slim.seek(0)
    return slim


class _Parts:
    """The parts of a package, read when they are asked for."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self.budget = PART_LIMITS.total_bytes

    def read(self, name: str) -> bytes:
        try:
            entry = self.archive.getinfo(name)
        except KeyError as error:
            raise _damaged() from error
        content = read_entry(self.archive, entry, PART_LIMITS, self.budget)
        self.budget -= len(content)
        _refuse_entities(content)
        return content

    def has(self, name: str) -> bool:
        return name in self.archive.NameToInfo


def _text_parts(parts: _Parts) -> dict[str, bytes]:
    package: dict[str, bytes] = {CONTENT_TYPES: parts.read(CONTENT_TYPES)}
    _follow(parts, ROOT_RELATIONS, "", package)
    documents = [name for name in package if name not in {CONTENT_TYPES, ROOT_RELATIONS}]
    if not documents:
        raise _damaged()
    for name in documents:
        folder, base = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        if parts.has(relations):
            _follow(parts, relations, folder, package)
    return package


def _follow(parts: _Parts, name: str, folder: str, package: dict[str, bytes]) -> None:
    """Take in a part of relations and the needed parts that it leads to."""
    root = _parse(parts.read(name))
    for relation in root.findall(RELATION):
        kind, target = relation.get("Type", ""), relation.get("Target", "")
        if kind.startswith(STRICT):
            raise ReadError(
                "the file is in Word's Strict Open XML; save it as an ordinary Word document",
                "unsupported-format",
            )
        path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
        if relation.get("TargetMode") == "External":
            continue
        if kind.rsplit("/", 1)[-1] in NEEDED and parts.has(path):
            package[path] = parts.read(path)
        else:
            root.remove(relation)
    package[name] = etree.tostring(root)


def _parse(content: bytes) -> etree._Element:
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False))
    except (etree.LxmlError, ValueError) as error:
        raise _damaged() from error


def _refuse_entities(content: bytes) -> None:
    """Refuse a part with a document type: Word never writes one, and entities can only be declared
    there."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", "replace").encode()
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise ReadError(
            "the file declares XML entities, which no Word document does; it is not read",
            "damaged",
        )


def _damaged() -> ReadError:
    return ReadError(
        "the file is damaged or is not a Word document; open it in Word and save it again",
        "damaged",
    )
