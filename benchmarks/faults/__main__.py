"""What users see when something breaks, what is lost, and how long it takes to heal.

    make faults                 on SQLite, then on PostgreSQL
    make faults SHORT=1         on SQLite, each fault for a second, as in CI

Each fault is done to a real site: gunicorn with its workers, on a separate database. While it
lasts, readers ask for a search, a CSV, the API and the list of authorities several times a second,
and one reports errors. The exit status is 1 if anything committed or answered as saved was lost, a
reader saw a 500 or heard that nothing matches, or the site did not heal.
"""

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.faults.breaking import (
    FAULTS,
    OF_A_LARGE_SITE,
    OF_POSTGRESQL,
    OF_THE_DISK,
    Broken,
    Fault,
)
from benchmarks.faults.disks import disk
from benchmarks.faults.site import Seen, Site
from tests.support.postgres import find_programs, new_server

SECONDS = 60.0
SHORT_SECONDS = 1.0
LONG_ONLY = {
    "the clock is set back between two edits",
    "visitors send a byte a second",
    "a large index is overwritten while open",
    "a large index is removed",
}
DATABASES = ("SQLite", "PostgreSQL")
LARGE = 5_200  # findings: more than are indexed while a reader waits
FILL = """
import django
django.setup()
from django.core.files.base import ContentFile
from benchmarks import corpus
corpus.build({findings})
"""


@dataclass(frozen=True)
class Row:
    fault: str
    seen: Seen
    lost: str
    healed: float | None

    @property
    def is_bad(self) -> bool:
        seen = self.seen
        bad = seen.statuses[500] or seen.wrong or self.lost != "nothing"
        return bool(bad or self.healed is None)

    def __str__(self) -> str:
        healed = "never" if self.healed is None else f"{self.healed:.1f} s"
        return f"| {self.fault} | {self.seen} | {self.lost} | {healed} |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="that a fault lasts")
    parser.add_argument("--database", choices=DATABASES, help="one of them instead of both")
    parser.add_argument("--only", default="", help="faults whose names hold these words")
    options = parser.parse_args()
    seconds = SHORT_SECONDS if options.short else options.seconds
    print("| Fault | What readers got | Lost | Healed after |\n| --- | --- | --- | --- |")
    rows = []
    chosen = options.database or ("SQLite" if options.short else "")
    for database in [chosen] if chosen else DATABASES:
        on_postgresql = database == "PostgreSQL"
        if on_postgresql and not find_programs():
            print("PostgreSQL is not found: not tried.")
            continue
        faults = _chosen(on_postgresql, options.only, LONG_ONLY if options.short else set())
        rows += _try_all(faults, database, seconds)
    return int(any(row.is_bad for row in rows))


def _chosen(on_postgresql: bool, only: str, left_out: set[str]) -> dict[str, Fault]:
    faults = FAULTS | OF_THE_DISK | (OF_POSTGRESQL if on_postgresql else {}) | OF_A_LARGE_SITE
    return {name: fault for name, fault in faults.items() if only in name and name not in left_out}


def _try_all(faults: Mapping[str, Fault], database: str, seconds: float) -> list[Row]:
    large = {name: fault for name, fault in faults.items() if name in OF_A_LARGE_SITE}
    small = {name: fault for name, fault in faults.items() if name not in large}
    rows = []
    for some, fill in (
        (small, ("manage.py", "ingest", "seeds")),
        (large, ("-c", FILL.format(findings=LARGE))),
    ):
        if not some:
            continue
        with _broken(database == "PostgreSQL", seconds, fill) as broken:
            for name, fault in some.items():
                if name in OF_THE_DISK and not broken.has_disk:
                    print(f"Not tried, since it takes root on Linux: {name}.")
                    continue
                rows.append(_try(broken, f"{database}: {name}", fault))
                print(rows[-1], flush=True)
                if rows[-1].is_bad:
                    print(broken.site.log.read_text()[-5_000:], file=sys.stderr, flush=True)
    return rows


@contextmanager
def _broken(on_postgresql: bool, seconds: float, fill: tuple[str, ...]) -> Iterator[Broken]:
    """A site that runs, with something in it."""
    with ExitStack() as held:
        place = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="faults-")))
        place.chmod(0o755)
        has_disk = held.enter_context(disk(place))
        server = None
        if on_postgresql:
            programs = find_programs()
            assert programs
            server = held.enter_context(new_server(programs, place))
        folder = place / "site"
        folder.mkdir(mode=0o700)
        site = Site(folder, server.url if server else "", seconds)
        site.do(site.manage("migrate", "--verbosity=0"))
        site.do(site.python(*fill))
        site.start()
        try:
            yield Broken(site, server, has_disk)
        finally:
            site.stop()


def _try(broken: Broken, name: str, fault: Fault) -> Row:
    site = broken.site
    before = site.rows()
    with site.watched() as seen:
        try:
            fault(broken)
            failed = ""
        except (OSError, RuntimeError, subprocess.SubprocessError) as error:
            failed = str(error)
        healed = site.heals()
    after, kept = site.rows(), site.reports()
    lost = [
        *([failed] if failed else []),
        *(f"{before[kind] - after[kind]} {kind}s" for kind in before if after[kind] < before[kind]),
        *(message for message in seen.saved if message not in kept),
    ]
    return Row(name, seen, ", ".join(lost) or "nothing", healed)


if __name__ == "__main__":
    sys.exit(main())
