"""Writes a release. Two builds of the same state are equal, byte for byte: nothing in the files
depends on the clock, on row numbers, or on the order in which rows were stored."""

import csv
import hashlib
import json
import re
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db.models import Max

from reports.exports import AUTHORITIES, FINDINGS, Table, taken_authorities
from reports.exports.citations import WRITERS, Citation
from reports.exports.tables import LICENCE, as_text
from reports.models import Authority, Correction, Finding, listed
from reports.releases import describing
from reports.releases.changes import Changes, changes_since
from reports.releases.describing import ReleaseDetails, ReleaseTable
from reports.releases.release import SUMS, releases
from reports.releases.selectors import write_selectors

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
        release = _details(part, site, version)
        _check_version(root, release.version)
        changes = changes_since(next(iter(releases(root)), None), part)
        _describe(part, release, changes)
        part.chmod(0o755)
        part.rename(root / release.version)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return Built(release.version, root / release.version, release.findings, changes)


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


def _details(part: Path, site: str, version: str) -> ReleaseDetails:
    """The fingerprint is made from the bytes of the files, so that no column can change without
    it."""
    hashes = (bytes.fromhex(describing.sha256(path)) for path in sorted(part.glob("*")))
    fingerprint = hashlib.sha256(b"".join(hashes)).hexdigest()
    moments = [
        Finding.objects.aggregate(last=Max("created_at"))["last"],
        Correction.objects.aggregate(last=Max("made_at"))["last"],
    ]
    latest = max(filter(None, moments), default=datetime(1970, 1, 1, tzinfo=UTC))
    changed = latest.astimezone(UTC).date()
    version = version or f"{changed}-{fingerprint[:8]}"
    return ReleaseDetails(version, site, Finding.objects.published().count(), changed, fingerprint)


def _describe(part: Path, release: ReleaseDetails, changes: Changes) -> None:
    facts = [written.without_prose() for written in TABLES]
    for written in facts:
        _write_table(part / written.path, written.table, written.rows(), release.site)
    _write_json(part / "changes.json", changes.as_json())
    _write_text(part / "README.md", describing.readme(release, changes))
    _write_citations(part, release)
    _write_json(part / "datapackage.json", describing.data_package(release, TABLES, part))
    _write_json(
        part / "facts" / "datapackage.json", describing.data_package(release, facts, part, "facts/")
    )
    _write_json(part / "csvw.json", describing.csvw(release, [*TABLES, *facts]))
    _write_json(part / "dataset.jsonld", describing.dataset(release, [*TABLES, *facts], part))
    _write_json(part / "ro-crate-metadata.json", describing.ro_crate(release, part))
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
    ReleaseTable(FINDINGS, "findings.csv", _findings),
    ReleaseTable(AUTHORITIES, "authorities.csv", _authorities),
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


def _write_citations(part: Path, release: ReleaseDetails) -> None:
    citation = Citation(
        key=f"adult-social-care-findings-{release.version}",
        kind="dataset",
        title="Adult social care findings",
        author="Adult social care findings",
        url=f"{release.site}/data/",
        accessed=release.changed,
        published=release.changed.isoformat(),
        notes=(LICENCE,),
        version=release.version,
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
