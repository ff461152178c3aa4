"""Describes the files of a release in the form of each standard.

Frictionless Data Package (datapackage.org), CSV on the Web (w3.org/TR/tabular-metadata),
schema.org Dataset as JSON-LD, RO-Crate 1.2 (w3id.org/ro/crate/1.2).
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from reports.exports.tables import LICENCE, LIST_SEPARATOR, Column, ColumnType, Table
from reports.reading import invented
from reports.releases.changes import Changes

NAME = "adult-social-care-findings"
TITLE = "Adult social care findings"
ABOUT = (
    "Key findings of the Care Quality Commission's assessments of English local authorities, "
    "paragraph by paragraph, with scores, topics and links to their place in the reports."
)
CQC = "https://www.cqc.org.uk/"
TERMS = "https://www.cqc.org.uk/about-us/our-policies/terms-conditions"
MEDIA = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
    ".jsonld": "application/ld+json",
    ".md": "text/markdown",
    ".ris": "application/x-research-info-systems",
    ".bib": "application/x-bibtex",
}
_FRICTIONLESS = {ColumnType.WHOLE: "integer", ColumnType.NUMBER: "number"}


@dataclass(frozen=True, slots=True)
class ReleaseTable:
    """A table of the release: its path within it, and how its rows are read."""

    table: Table[Any]
    path: str
    rows: Callable[[], Iterable[Any]]

    def without_prose(self) -> "ReleaseTable":
        """The facts-only edition: no column with CQC's wording."""
        columns = tuple(column for column in self.table.columns if not column.prose)
        table = replace(self.table, title=f"{self.table.title}: facts only", columns=columns)
        return ReleaseTable(table, f"facts/{self.path}", self.rows)


@dataclass(frozen=True, slots=True)
class ReleaseDetails:
    """`changed` is the day of the latest addition or correction; `fingerprint` differs with every
    change of what is released. `site` is the address that links begin with."""

    version: str
    site: str
    findings: int
    changed: date
    fingerprint: str

    @property
    def day(self) -> str:
        return self.changed.isoformat()


def described() -> str:
    """What a release holds, in a sentence or two."""
    return " ".join([*invented.notices(), ABOUT])


def data_package(
    release: ReleaseDetails, tables: Sequence[ReleaseTable], part: Path, below: str = ""
) -> dict[str, Any]:
    """Paths are relative to the folder `below`."""
    return {
        "name": f"{NAME}-facts" if below else NAME,
        "title": TITLE,
        "description": described(),
        "homepage": f"{release.site}/data/",
        "version": release.version,
        "created": f"{release.day}T00:00:00Z",
        "licenses": [{"title": LICENCE, "path": TERMS}],
        "sources": [{"title": "Care Quality Commission", "path": CQC}],
        "resources": [_resource(written, part, below) for written in tables],
    }


def csvw(release: ReleaseDetails, tables: Sequence[ReleaseTable]) -> dict[str, Any]:
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": TITLE,
        "dc:description": described(),
        "dc:license": {"@id": TERMS},
        "dc:rights": LICENCE,
        "dc:modified": {"@value": release.day, "@type": "xsd:date"},
        "tables": [
            {
                "url": written.path,
                "dc:title": written.table.title,
                "tableSchema": {
                    "columns": [_csvw_column(column) for column in written.table.columns],
                    "primaryKey": written.table.key,
                },
            }
            for written in tables
        ],
    }


def dataset(release: ReleaseDetails, tables: Sequence[ReleaseTable], part: Path) -> dict[str, Any]:
    return {
        "@context": {"@vocab": "https://schema.org/"},
        "@type": "Dataset",
        "@id": f"{release.site}/data/#{release.version}",
        "name": TITLE,
        "description": described(),
        "url": f"{release.site}/data/",
        "version": release.version,
        "dateModified": release.day,
        "inLanguage": "en-GB",
        "isAccessibleForFree": True,
        "license": TERMS,
        "copyrightNotice": LICENCE,
        "copyrightHolder": {"@type": "Organization", "name": "Care Quality Commission", "url": CQC},
        "spatialCoverage": {"@type": "Place", "name": "England"},
        "variableMeasured": [column.title for column in tables[0].table.columns],
        "distribution": [
            {
                "@type": "DataDownload",
                "name": written.table.title,
                "encodingFormat": "text/csv",
                "contentUrl": written.path,
                "contentSize": str((part / written.path).stat().st_size),
                "sha256": sha256(part / written.path),
            }
            for written in tables
        ],
    }


def ro_crate(release: ReleaseDetails, part: Path) -> dict[str, Any]:
    """Lists every file of the release except the checksums, which list this file too."""
    files = [path for path in sorted(part.rglob("*")) if path.is_file()]
    names = [str(path.relative_to(part)) for path in files]
    return {
        "@context": "https://w3id.org/ro/crate/1.2/context",
        "@graph": [
            {
                "@id": "ro-crate-metadata.json",
                "@type": "CreativeWork",
                "about": {"@id": "./"},
                "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"},
            },
            {
                "@id": "./",
                "@type": "Dataset",
                "name": TITLE,
                "description": described(),
                "datePublished": release.day,
                "version": release.version,
                "license": {"@id": TERMS},
                "publisher": {"@id": f"{release.site}/"},
                "author": {"@id": CQC},
                "hasPart": [{"@id": name} for name in names],
            },
            {
                "@id": TERMS,
                "@type": "CreativeWork",
                "name": "Terms of the Care Quality Commission",
                "description": LICENCE,
            },
            {"@id": CQC, "@type": "Organization", "name": "Care Quality Commission", "url": CQC},
            {
                "@id": f"{release.site}/",
                "@type": "Organization",
                "name": TITLE,
                "url": f"{release.site}/",
            },
            *(_crate_file(part, name) for name in names),
        ],
    }


def readme(release: ReleaseDetails, changes: Changes) -> str:
    since = changes.since or "the beginning"
    return f"""# {TITLE}, release {release.version}

{described()}

{LICENCE}

- `findings.csv`, `authorities.csv`: the data, UTF-8, one line of column names.
- `facts/`: the same without CQC's wording.
- `selectors.jsonl`: the place of each finding in its report (W3C Web Annotations).
- `datapackage.json`, `csvw.json`, `dataset.jsonld`, `ro-crate-metadata.json`: what the columns are.
- `changes.json`: what differs from the release before.
- `citation.*`: how to cite this release.
- `SHA256SUMS`: check with `sha256sum --check SHA256SUMS`.

A text in a cell can begin with a sign that a spreadsheet takes for a formula: import columns as
text.

{release.findings} findings. Since {since}: {len(changes.added)} added, {len(changes.removed)}
removed, {len(changes.changed)} changed. Latest change: {release.day}.
State: {release.fingerprint}.
"""


def sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _resource(written: ReleaseTable, part: Path, below: str) -> dict[str, Any]:
    path = part / written.path
    return {
        "name": written.table.name,
        "title": written.table.title,
        "path": written.path.removeprefix(below),
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256(path)}",
        "schema": {
            "fields": [_field(column) for column in written.table.columns],
            "primaryKey": [written.table.key],
            "missingValues": [""],
        },
    }


def _field(column: Column[Any]) -> dict[str, Any]:
    field = {
        "name": column.name,
        "title": column.title,
        "type": _FRICTIONLESS.get(column.type, "string"),
        "description": column.about,
    }
    if column.type is ColumnType.LIST:
        field["description"] = f"{column.about} Parts are separated by “{LIST_SEPARATOR}”.".strip()
    return {name: value for name, value in field.items() if value}


def _csvw_column(column: Column[Any]) -> dict[str, Any]:
    values: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:title": column.title,
        "datatype": _FRICTIONLESS.get(column.type, "string"),
    }
    if column.about:
        values["dc:description"] = column.about
    if column.type is ColumnType.LIST:
        values["separator"] = LIST_SEPARATOR
    return values


def _crate_file(part: Path, name: str) -> dict[str, Any]:
    path = part / name
    return {
        "@id": name,
        "@type": "File",
        "name": name,
        "encodingFormat": MEDIA.get(path.suffix, "text/plain"),
        "contentSize": str(path.stat().st_size),
        "sha256": sha256(path),
    }
