"""The container of a Word document, and the parts of it that hold its text.

A `.docx` is a zip of XML parts. Only a few are read, within limits and without entities: pictures
cost no memory, and false sizes, entity bombs and links to missing parts do no harm.
"""

import posixpath
from collections import defaultdict
from collections.abc import Iterator
from zipfile import ZipFile

from lxml import etree
from lxml.etree import _Element

from reports.parsing.errors import ReadError
from reports.parsing.formats.zipped import MEBIBYTE, Limits, open_zip, read_entry

# The document part of a 300-page report has about 5 MiB; the tree of one costs ten times that.
PART_LIMITS = Limits(entries=5000, entry_bytes=24 * MEBIBYTE, total_bytes=32 * MEBIBYTE, ratio=200)
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
# The last part of the type of a relation, the same in ordinary and in Strict Open XML.
DOCUMENT = "officeDocument"
NEEDED = frozenset(("styles", "numbering", "footnotes", "endnotes", "header"))
STRICT = "http://purl.oclc.org/ooxml/"


def read_parts(data: bytes) -> defaultdict[str, list[_Element]]:
    """The document with its styles, lists, notes and headers, as trees, by the kind of their
    relation. There is one of the kind `officeDocument`.

    Raises `ReadError` with the code `damaged`, `encrypted`, `too-large` or `unsupported-format`.
    """
    try:
        with open_zip(data, PART_LIMITS) as archive:
            package = _Package(archive)
            return package.parts()
    except ReadError as error:
        if error.code in {"bad-archive", "too-many-files"}:
            raise damaged() from error
        raise


def damaged() -> ReadError:
    return ReadError(
        "the file is damaged or is not a Word document; open it in Word and save it again",
        "damaged",
    )


class _Package:
    """The parts of a package, read when they are asked for."""

    def __init__(self, archive: ZipFile) -> None:
        self.archive = archive
        self.budget = PART_LIMITS.total_bytes

    def parts(self) -> defaultdict[str, list[_Element]]:
        documents = [path for kind, path in self._related("") if kind == DOCUMENT]
        if not documents:
            raise damaged()
        parts = defaultdict(list, {DOCUMENT: [self._read(documents[0])]})
        for kind, path in self._related(documents[0]):
            if kind in NEEDED:
                parts[kind].append(self._read(path))
        return parts

    def _related(self, name: str) -> Iterator[tuple[str, str]]:
        """The kind and the path of each part of the package that a part leads to. The package
        itself, which must lead to the document, has no name."""
        folder, base = posixpath.split(name)
        relations = posixpath.join(folder, "_rels", f"{base}.rels")
        if name and not self._has(relations):
            return
        for relation in self._read(relations).findall(RELATION):
            kind, target = relation.get("Type", ""), relation.get("Target", "")
            if kind.startswith(STRICT):
                raise ReadError(
                    "the file is in Word's Strict Open XML; save it as an ordinary Word document",
                    "unsupported-format",
                )
            path = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            if relation.get("TargetMode") != "External" and self._has(path):
                yield kind.rsplit("/", 1)[-1], path

    def _has(self, name: str) -> bool:
        return name in self.archive.NameToInfo

    def _read(self, name: str) -> _Element:
        if not self._has(name):
            raise damaged()
        content = read_entry(self.archive, self.archive.getinfo(name), PART_LIMITS, self.budget)
        self.budget -= len(content)
        _refuse_entities(content)
        try:
            return etree.fromstring(content, etree.XMLParser(resolve_entities=False))
        except (etree.LxmlError, ValueError) as error:
            raise damaged() from error


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
