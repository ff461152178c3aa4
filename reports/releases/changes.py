"""The differences between a release and the one before."""

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

from reports.releases.release import Release


@dataclass(frozen=True, slots=True)
class Changes:
    """Public ids of findings, in order. `since` is empty for the first release."""

    since: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[str, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "since": self.since or None,
            "added": self.added,
            "removed": self.removed,
            "changed": self.changed,
        }


def changes_since(previous: Release | None, part: Path) -> Changes:
    now = _rows(part)
    before = _rows(previous.folder) if previous else {}
    return Changes(
        previous.version if previous else "",
        tuple(sorted(now.keys() - before.keys())),
        tuple(sorted(before.keys() - now.keys())),
        tuple(sorted(key for key in now.keys() & before.keys() if now[key] != before[key])),
    )


def _rows(folder: Path) -> dict[str, bytes]:
    """A short hash of each finding's row."""
    with (folder / "findings.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["id"]: hashlib.sha256(repr(sorted(row.items())).encode()).digest()[:12]
            for row in csv.DictReader(file)
        }
