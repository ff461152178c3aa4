"""Writes a release. Two builds of the same state are equal, byte for byte: nothing in the files
depends on the clock, on row numbers, or on the order in which rows were stored."""

import csv
import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.exports import AUTHORITIES, FINDINGS, Table, taken_authorities
from reports.exports.citations import WRITERS, Citation
from reports.exports.tables import LICENCE, as_text
from reports.models import Authority, Finding, listed
from reports.releases import describing
from reports.releases.changes import Changes, changes_since
from reports.releases.selectors import write_selectors
from reports.releases.shelf import SUMS, releases
from reports.releases.state import state_of

BATCH = 500
VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,63}")


class ReleaseError(Exception):
    """The release cannot be made; the message says why and what to do. Nothing was written."""


@dataclass(frozen=True, slots=True)
class Built:
    version: str
    folder: Path
    findings: int
    changes: Changes


def build(root: Path, site: str, version: str = "") -> Built:
    """Write a release under `root` and return it. Links begin with the address `site`. Without
    `version`, the version is made from the state. Raises ReleaseError."""
    site = site.rstrip("/")
    if version:
        _check_version(root, version)
    root.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=".part-", dir=root))
    try:
        _write_data(part, site)
        state = state_of(sorted(part.glob("*")))
        about = describing.About(version or state.version, site, state)
        _check_version(root, about.version)
        changes = changes_since(next(iter(releases(root)), None), part)
        _describe(part, about, changes)
        part.chmod(0o755)
        part.rename(root / about.version)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Built(about.version, root / about.version, state.findings, changes)


def _check_version(root: Path, version: str) -> None:
    if not VERSION.fullmatch(version):
        raise ReleaseError(f"“{version}” is not a version: use letters, digits, dots and hyphens.")
    if (root / version).exists():
        raise ReleaseError(
            f"{root / version} exists already, and a release is never changed. Delete the folder "
            "or give another version."
        )


def _write_data(part: Path, site: str) -> None:
    for written in TABLES:
        _write_table(part / written.path, written.table, written.rows(), site)
    write_selectors(part / "selectors.jsonl", site)


def _describe(part: Path, about: describing.About, changes: Changes) -> None:
    facts = [written.without_prose() for written in TABLES]
    for written in facts:
        _write_table(part / written.path, written.table, written.rows(), about.site)
    _write_json(part / "changes.json", changes.as_json())
    _write_text(part / "README.md", describing.readme(about, changes))
    _write_citations(part, about)
    _write_json(part / "datapackage.json", describing.data_package(about, TABLES, part))
    _write_json(
        part / "facts" / "datapackage.json", describing.data_package(about, facts, part, "facts/")
    )
    _write_json(part / "csvw.json", describing.csvw(about, [*TABLES, *facts]))
    _write_json(part / "dataset.jsonld", describing.dataset(about, [*TABLES, *facts], part))
    _write_json(part / "ro-crate-metadata.json", describing.ro_crate(about, part))
    _write_sums(part)


def _findings() -> Iterator[Any]:
    """Published findings by public id, a batch at a time."""
    last = ""
    while batch := listed(
        Finding.objects.published().filter(public_id__gt=last).order_by("public_id")[:BATCH]
    ):
        yield from batch
        last = batch[-1].public_id


def _authorities() -> Iterable[Any]:
    return taken_authorities(Authority.objects.order_by("slug"))


TABLES = (
    describing.Written(FINDINGS, "findings.csv", _findings),
    describing.Written(AUTHORITIES, "authorities.csv", _authorities),
)


def _write_table(path: Path, table: Table[Any], rows: Iterable[Any], site: str) -> None:
    """CSV with the columns' names for programs. Texts are word for word: the selectors count
    their characters."""
    path.parent.mkdir(exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(table.names)
        for row in rows:
            cells = table.cells(row, lambda address: f"{site}{address}")
            writer.writerow([as_text(cell) for cell in cells])


def _write_citations(part: Path, about: describing.About) -> None:
    citation = Citation(
        key=f"adult-social-care-findings-{about.version}",
        kind="dataset",
        title="Adult social care findings",
        author="Adult social care findings",
        url=f"{about.site}/data/",
        accessed=about.state.changed,
        published=about.state.changed.isoformat(),
        notes=(LICENCE,),
        version=about.version,
    )
    for ending, write in WRITERS.items():
        _write_text(part / f"citation.{ending}", write([citation]))


def _write_sums(part: Path) -> None:
    lines = [
        f"{describing.sha256(path)}  {path.relative_to(part)}\n"
        for path in sorted(part.rglob("*"))
        if path.is_file()
    ]
    _write_text(part / SUMS, "".join(lines))


def _write_json(path: Path, value: object) -> None:
    _write_text(path, json.dumps(value, ensure_ascii=False, indent=2, sort_keys=True) + "\n")


def _write_text(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
