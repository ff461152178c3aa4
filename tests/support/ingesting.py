"""One file in, one outcome out."""

from pathlib import Path

from reports.ingest import Outcome, ingest_file


def ingest(path: Path, *, dry_run: bool = False) -> Outcome:
    [outcome] = ingest_file(path, dry_run=dry_run)
    return outcome
