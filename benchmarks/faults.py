"""What users see when something breaks, what is lost, and how long it takes to heal.

    make faults                 on SQLite, then on PostgreSQL
    make faults SHORT=1         each fault for a shorter time, as in CI

Each fault is done to a real site: gunicorn with its workers, on a database of its own. While it
lasts, readers ask for a search, a finding and the list of authorities, several times a second. The
exit status is 1 if anything committed was lost, a reader saw a 500, or the site did not heal.
"""

import argparse
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import psycopg

from tests.support.postgres import find_programs, temporary_server

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
PATIENCE = 90.0  # seconds for the site to heal
PATHS = ("/findings/?q=staff", "/authorities/", "/findings.csv?q=training")
PAUSE = 0.1  # seconds between two questions of a reader


@dataclass
class Seen:
    """What readers got: how often each status, where 0 is no answer; and the longest wait."""

    statuses: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0

    def __str__(self) -> str:
        names = {0: "no answer"}
        kinds = ", ".join(f"{n} × {names.get(s, s)}" for s, n in sorted(self.statuses.items()))
        return f"{kinds}; slowest {self.slowest:.1f} s"


@dataclass(frozen=True)
class Row:
    fault: str
    seen: Seen
    lost: str
    healed: float | None

    @property
    def is_bad(self) -> bool:
        return bool(self.seen.statuses[500] or self.lost != "nothing" or self.healed is None)


@dataclass
class Site:
    folder: Path
    database_url: str
    port: int
    seconds: float  # that a fault lasts
    server: "subprocess.Popen[bytes] | None" = None

    @property
    def variables(self) -> Mapping[str, str]:
        return os.environ | {
            "VAR_DIR": str(self.folder),
            "DATABASE_URL": self.database_url,
            "SEARCH_URL": "",
            "DOCUMENTS_DIR": "",
            "PORT": str(self.port),
            "WEB_CONCURRENCY": "2",
            "LOG_LEVEL": "ERROR",
            "RATE_LIMITS": "0",
            "DJANGO_SETTINGS_MODULE": "cqc_site.settings",
        }

    @property
    def index(self) -> Path:
        root = self.folder / "index"
        return root / (root / "CURRENT").read_text("ascii")

    def start(self) -> None:
        log = (self.folder / "log").open("ab")
        command = [sys.executable, "-m", "gunicorn", "--config=cqc_site/gunicorn.py"]
        self.server = subprocess.Popen(
            [*command, "cqc_site.wsgi"], env=self.variables, cwd=ROOT, stdout=log, stderr=log
        )
        log.close()
        if self.heals() is None:
            raise SystemExit(f"The site does not start: {(self.folder / 'log').read_text()}")

    def stop(self) -> None:
        if self.server:
            self.server.terminate()
            self.server.wait(30)

    def manage(self, *arguments: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            env=self.variables,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def ask(self, path: str) -> int:
        connection = HTTPConnection(HOST, self.port, timeout=60)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            response.read()
        except (OSError, HTTPException):
            return 0
        else:
            return response.status
        finally:
            connection.close()

    def heals(self) -> float | None:
        """Seconds until every page answers as it should."""
        began = time.monotonic()
        while time.monotonic() < began + PATIENCE:
            if all(self.ask(path) == 200 for path in PATHS):
                return time.monotonic() - began
            time.sleep(PAUSE)
        return None

    def rows(self) -> dict[str, int]:
        """How much there is that must not be lost."""
        tables = ("sourcedocument", "section", "finding", "correction")
        query = " UNION ALL ".join(f"SELECT count(*) FROM reports_{table}" for table in tables)
        with self.connected() as connection:
            counts = connection.execute(query).fetchall()
        return dict(zip(tables, (count for [count] in counts), strict=True))

    @contextmanager
    def connected(self) -> "Iterator[sqlite3.Connection | psycopg.Connection]":
        if self.database_url:
            with psycopg.connect(self.database_url) as server:
                yield server
        else:
            path = self.folder / "db.sqlite3"
            with closing(sqlite3.connect(path, timeout=60)) as file:
                yield file


Fault = Callable[[Site], None]


def kill_a_worker(site: Site) -> None:
    assert site.server
    children = subprocess.run(
        ["pgrep", "--parent", str(site.server.pid)], capture_output=True, text=True, check=True
    )
    os.kill(int(children.stdout.split()[0]), signal.SIGKILL)


def kill_an_ingest(site: Site) -> None:
    with _reports(site) as folder:
        ingest = site.manage("ingest", str(folder))
        time.sleep(site.seconds / 2)
        ingest.kill()
        ingest.communicate()
        again = site.manage("ingest", str(folder))
        if again.wait(PATIENCE):
            raise RuntimeError("the next ingest did not complete it")
        again.communicate()


def kill_a_rebuild(site: Site) -> None:
    rebuild = site.manage("reindex")
    time.sleep(1.5)
    rebuild.kill()
    rebuild.communicate()


def damage_the_index(site: Site) -> None:
    for path in site.index.iterdir():
        if path.suffix not in ("", ".lock"):
            path.write_bytes(os.urandom(path.stat().st_size))


def remove_the_index(site: Site) -> None:
    shutil.rmtree(site.folder / "index")


def take_the_documents_away(site: Site) -> None:
    documents = site.folder / "documents"
    documents.rename(site.folder / "elsewhere")
    time.sleep(site.seconds)
    (site.folder / "elsewhere").rename(documents)


def lock_the_database(site: Site) -> None:
    """With changes waiting for the index, which a search would otherwise take out of the outbox."""
    with site.connected() as connection:
        connection.execute(
            "INSERT INTO reports_indexchange (index_id, finding, created_at) "
            "SELECT id, 'waiting', CURRENT_TIMESTAMP FROM reports_searchindex"
        )
        connection.commit()
        if site.database_url:
            connection.execute("LOCK TABLE reports_indexchange IN EXCLUSIVE MODE")
        else:
            connection.execute("BEGIN IMMEDIATE")
        time.sleep(site.seconds)
        connection.rollback()


def read_slowly(site: Site) -> None:
    """Fewer than the site has threads: for more, a proxy stands in front of it."""
    slow = [socket.create_connection((HOST, site.port)) for _ in range(4)]
    until = time.monotonic() + site.seconds
    while time.monotonic() < until:
        for visitor in slow:
            visitor.sendall(b"G")
        time.sleep(1)
    for visitor in slow:
        visitor.close()


def fill_the_disk(site: Site) -> None:
    """No file may grow: what the operating system says of a full disk, of one process."""
    with _reports(site) as folder:
        limited = f"ulimit -f 16; exec {sys.executable} manage.py ingest {folder}"
        done = subprocess.run(
            ["bash", "-c", limited],
            env=site.variables | {"PYTHONDONTWRITEBYTECODE": "1"},
            cwd=ROOT,
            capture_output=True,
            check=False,
        )
        if b"Traceback" in done.stderr:
            raise RuntimeError("the ingest ended with a traceback")


FAULTS: dict[str, Fault] = {
    "a worker is killed": kill_a_worker,
    "an ingest is killed": kill_an_ingest,
    "a rebuild is killed": kill_a_rebuild,
    "the index is overwritten while open": damage_the_index,
    "the index is removed": remove_the_index,
    "the documents are away": take_the_documents_away,
    "the database is locked": lock_the_database,
    "files cannot grow during an ingest": fill_the_disk,
    "four visitors send a byte a second": read_slowly,
}


@contextmanager
def _reports(site: Site) -> Iterator[Path]:
    """Forty new reports."""
    seed = next((ROOT / "seeds").glob("*.txt")).read_text("utf-8")
    with tempfile.TemporaryDirectory(prefix="reports-", dir=site.folder) as name:
        folder = Path(name)
        for number in range(40):
            text = f"{seed}\n\nStaff of team {time.monotonic_ns()}-{number} told us of it.\n"
            (folder / f"{number}.txt").write_text(text, "utf-8")
        yield folder


def try_fault(site: Site, name: str, fault: Fault) -> Row:
    before = site.rows()
    seen, stop = Seen(), threading.Event()
    readers = [threading.Thread(target=_read, args=(site, path, seen, stop)) for path in PATHS]
    for reader in readers:
        reader.start()
    try:
        fault(site)
        failed = ""
    except (OSError, RuntimeError, subprocess.SubprocessError) as error:
        failed = str(error)
    healed = site.heals()
    stop.set()
    for reader in readers:
        reader.join()
    after = site.rows()
    fewer = [
        f"{before[kind] - after[kind]} {kind}s" for kind in before if after[kind] < before[kind]
    ]
    return Row(name, seen, failed or ", ".join(fewer) or "nothing", healed)


def _read(site: Site, path: str, seen: Seen, stop: threading.Event) -> None:
    while not stop.is_set():
        began = time.monotonic()
        status = site.ask(path)
        seen.slowest = max(seen.slowest, time.monotonic() - began)
        seen.statuses[status] += 1
        stop.wait(PAUSE)


def try_all(database: str, database_url: str, seconds: float) -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="faults-") as name:
        with socket.create_server((HOST, 0)) as unused:
            port = unused.getsockname()[1]
        site = Site(Path(name), database_url, port, seconds)
        for command in (("migrate", "--verbosity=0"), ("ingest", "seeds")):
            _, errors = site.manage(*command).communicate()
            if errors:
                raise SystemExit(errors.decode())
        site.start()
        rows = []
        try:
            for fault, do in FAULTS.items():
                rows.append(try_fault(site, f"{database}: {fault}", do))
                print(line(rows[-1]), flush=True)
        finally:
            site.stop()
    return rows


def line(row: Row) -> str:
    healed = "never" if row.healed is None else f"{row.healed:.1f} s"
    return f"| {row.fault} | {row.seen} | {row.lost} | {healed} |"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true")
    seconds = 3.0 if parser.parse_args().short else 60.0
    print("| Fault | What readers got | Lost | Healed after |\n| --- | --- | --- | --- |")
    rows = try_all("SQLite", "", seconds)
    if programs := find_programs():
        with temporary_server(programs) as url:
            rows += try_all("PostgreSQL", url, seconds)
    else:
        print("PostgreSQL is not found: not tried.")
    return int(any(row.is_bad for row in rows))


if __name__ == "__main__":
    sys.exit(main())
