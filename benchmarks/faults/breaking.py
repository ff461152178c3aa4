"""The faults. Each is a function that breaks a site and, where the site cannot, mends it again. A
RuntimeError says what should not have happened."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.environment import ROOT
from benchmarks.faults.disks import filled, read_only
from benchmarks.faults.site import SEARCH, Site
from benchmarks.serving import HOST
from tests.support.nginx import find_nginx, nginx
from tests.support.postgres import Server

SLOW_VISITORS = 24  # behind nginx; without it, fewer than the site has threads
SLOW_ALONE = 4
REPORTS = 20
UNDER_WAY = 5  # seconds for answers that nginx still passes on
EDIT_TWICE = """
import sys, django
django.setup()
from datetime import timedelta
from unittest import mock
from django.utils import timezone
from reports.corrections import Why, change
from reports.models import Finding
now = timezone.now()
for text, clock in (("Written first.", now), ("Written last.", now - timedelta(hours=1))):
    with mock.patch("django.utils.timezone.now", lambda: clock):
        change(Finding.objects.order_by("pk")[0], {"text": text}, Why(editor="ada"))
"""
WAITING_CHANGE = """
import django
django.setup()
from reports.models import IndexChange
IndexChange.objects.record(["waiting"])
"""


@dataclass(frozen=True, slots=True)
class Broken:
    """What a fault is done to. `has_disk`: the site is on a separate disk."""

    site: Site
    server: Server | None
    has_disk: bool


Fault = Callable[[Broken], None]


def kill_a_worker(broken: Broken) -> None:
    site = broken.site
    site.kill_worker(site.workers()[0])


def kill_an_ingest(broken: Broken) -> None:
    site = broken.site
    with _reports(site) as folder:
        ingest = site.manage("ingest", str(folder))
        time.sleep(site.seconds / 2)
        ingest.kill()
        ingest.communicate()
        site.do(site.manage("ingest", str(folder)))


def kill_a_rebuild(broken: Broken) -> None:
    rebuild = broken.site.manage("reindex")
    time.sleep(1.5)
    rebuild.kill()
    rebuild.communicate()


def damage_the_index(broken: Broken) -> None:
    for path in broken.site.index.iterdir():
        if path.suffix not in ("", ".lock"):
            path.write_bytes(os.urandom(path.stat().st_size))


def remove_the_index(broken: Broken) -> None:
    shutil.rmtree(broken.site.folder / "index")


def remove_a_large_index(broken: Broken) -> None:
    remove_the_index(broken)
    _nothing_is_found_in_silence(broken.site)


def damage_a_large_index(broken: Broken) -> None:
    damage_the_index(broken)
    _nothing_is_found_in_silence(broken.site)


def _nothing_is_found_in_silence(site: Site) -> None:
    """Until the index is built in the background, nothing can be searched, and each answer says so.
    The system may end a worker whose file was overwritten: then there is no answer."""
    answers = {
        path: site.ask(path)[0] for path in (SEARCH, "/findings.csv", "/findings/", "/readyz")
    }
    said = {path: status for path, status in answers.items() if status not in (503, 0)}
    if said:
        raise RuntimeError(f"without an index, these should be 503: {said}")


def take_the_documents_away(broken: Broken) -> None:
    site = broken.site
    documents = site.folder / "documents"
    documents.rename(site.folder / "elsewhere")
    time.sleep(site.seconds)
    (site.folder / "elsewhere").rename(documents)


def lock_the_database(broken: Broken) -> None:
    """With changes waiting for the index, which a search would otherwise take out of the outbox."""
    site = broken.site
    site.do(site.python("-c", WAITING_CHANGE))
    with site.connected() as connection:
        if site.database_url:
            connection.execute("LOCK TABLE reports_indexchange IN EXCLUSIVE MODE")
        else:
            connection.execute("BEGIN IMMEDIATE")
        time.sleep(site.seconds)
        connection.rollback()


def fill_the_disk(broken: Broken) -> None:
    """For the web, an ingest and a rebuild, and for PostgreSQL, whose data lies on it too."""
    site = broken.site
    with _reports(site) as folder:
        with filled(site.folder.parent):
            site.try_to("ingest", str(folder))
            site.try_to("reindex")
            time.sleep(site.seconds)
        if broken.server and not _runs(broken.server):
            broken.server.start()  # it stops itself where it cannot write its log
        site.do(site.manage("ingest", str(folder)))


def make_the_disk_read_only(broken: Broken) -> None:
    """For workers that have all open, new workers, an ingest and a rebuild. Afterwards the site is
    started again, as its operator would: SQLite does not write by what it opened to read only."""
    site = broken.site
    with _reports(site) as folder, read_only(site.folder):
        time.sleep(site.seconds)
        for worker in site.workers():
            site.kill_worker(worker)
        site.try_to("ingest", str(folder))
        site.try_to("reindex")
        time.sleep(site.seconds)
    site.stop()
    site.start()


def send_slowly(broken: Broken) -> None:
    """Visitors who send a byte a second, through the nginx that is shipped where there is one."""
    site = broken.site
    with ExitStack() as held:
        if find_nginx():
            folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="nginx-")))
            site.door = held.enter_context(nginx(folder, site.port))
        visitors = SLOW_VISITORS if find_nginx() else SLOW_ALONE
        slow = [
            held.enter_context(socket.create_connection((HOST, site.door))) for _ in range(visitors)
        ]
        until = time.monotonic() + site.seconds
        while time.monotonic() < until:
            for number, visitor in enumerate(slow):
                try:
                    visitor.sendall(b"G")
                except OSError:  # let go
                    slow[number] = held.enter_context(socket.create_connection((HOST, site.door)))
            time.sleep(1)
        site.door = site.port
        time.sleep(UNDER_WAY)


def set_the_clock_back(broken: Broken) -> None:
    """Set the clock back between two edits of a finding, and take both to a new site by export and
    import."""
    site = broken.site
    site.do(site.python("-c", EDIT_TWICE))
    with tempfile.TemporaryDirectory(prefix="another-") as name:
        file = Path(name, "corrections.jsonl")
        site.do(site.manage("corrections", "export", str(file)))
        another = Site(Path(name), "", 0)
        for command in (("migrate",), ("ingest", "seeds")):
            another.do(another.manage(*command))
        # It reports what is not there: what only this site has ingested, and readers' reports.
        another.manage("corrections", "import", str(file)).communicate()
        for each in (site, another):
            with each.connected() as connection:
                query = "SELECT count(*) FROM reports_finding WHERE text = 'Written last.'"
                if connection.execute(query).fetchone() != (1,):
                    raise RuntimeError("the older of two edits was restored")


def kill_postgresql(broken: Broken) -> None:
    """Kill all processes of PostgreSQL at once. Its operator then starts it again."""
    assert broken.server
    os.kill(int((broken.server.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
    time.sleep(broken.site.seconds)
    broken.server.start()


FAULTS: dict[str, Fault] = {
    "a worker is killed": kill_a_worker,
    "an ingest is killed": kill_an_ingest,
    "a rebuild is killed": kill_a_rebuild,
    "the index is overwritten while open": damage_the_index,
    "the index is removed": remove_the_index,
    "the documents are away": take_the_documents_away,
    "the database is locked": lock_the_database,
    "visitors send a byte a second": send_slowly,
    "the clock is set back between two edits": set_the_clock_back,
}
OF_THE_DISK: dict[str, Fault] = {
    "the disk is full": fill_the_disk,
    "the disk is read-only": make_the_disk_read_only,
}
OF_POSTGRESQL: dict[str, Fault] = {"PostgreSQL is killed": kill_postgresql}
OF_A_LARGE_SITE: dict[str, Fault] = {
    "a large index is removed": remove_a_large_index,
    "a large index is overwritten while open": damage_a_large_index,
}


def _runs(server: Server) -> bool:
    done = subprocess.run(
        [server.programs / "pg_ctl", "status", "--pgdata", server.data],
        user=server.user,
        capture_output=True,
        check=False,
    )
    return done.returncode == 0


@contextmanager
def _reports(site: Site) -> Iterator[Path]:
    """New reports: as many as are being read when the fault comes."""
    seed = next((ROOT / "seeds").glob("*.txt")).read_text("utf-8")
    with tempfile.TemporaryDirectory(prefix="reports-") as name:
        folder = Path(name)
        for number in range(REPORTS):
            text = f"{seed}\n\nStaff of team {time.monotonic_ns()}-{number} told us of it.\n"
            (folder / f"{number}.txt").write_text(text, "utf-8")
        yield folder
