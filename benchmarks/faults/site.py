"""A site as in service, with readers who ask and one who writes."""

import json
import os
import re
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from threading import Event
from urllib.parse import urlencode

import psycopg

from benchmarks.environment import ROOT
from benchmarks.meanwhile import meanwhile
from benchmarks.serving import GUNICORN, HOST, ask
from tests.support.ports import free_port

PATIENCE = 120.0  # seconds for the site to heal
SEARCH = "/api/findings/?q=staff"
PATHS = ("/findings/?q=staff", "/authorities/", "/findings.csv?q=training", SEARCH)
PAUSE = 0.1  # seconds between two questions of a reader
BETWEEN_REPORTS = 1.0  # seconds
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
TABLES = ("sourcedocument", "section", "finding", "correction")


@dataclass
class Seen:
    """What readers got: how often each status (0 is no answer, or one that was cut off), the
    longest wait, and how many answers said that nothing was found. `saved` are the reports of
    errors that were answered as saved."""

    statuses: Counter[int] = field(default_factory=Counter)
    slowest: float = 0.0
    wrong: int = 0
    saved: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        names = {0: "no answer"}
        kinds = ", ".join(f"{n} × {names.get(s, s)}" for s, n in sorted(self.statuses.items()))
        wrong = f", {self.wrong} said that nothing matches" if self.wrong else ""
        return f"{kinds}{wrong}; slowest {self.slowest:.1f} s"


@dataclass
class Site:
    """`door` is the port that readers ask at: that of the server, or of a proxy before it."""

    folder: Path
    database_url: str
    seconds: float  # that a fault lasts
    port: int = 0
    door: int = 0
    server: "subprocess.Popen[bytes] | None" = None

    def __post_init__(self) -> None:
        self.port = self.door = free_port()

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
            "TRUST_PROXY": "1",
            "DJANGO_SETTINGS_MODULE": "cqc_site.settings",
            "PYTHONDONTWRITEBYTECODE": "1",
        }

    @property
    def index(self) -> Path:
        root = self.folder / "index"
        return root / (root / "CURRENT").read_text("ascii")

    @property
    def log(self) -> Path:
        return Path(f"{self.folder}.log")

    def start(self) -> None:
        with self.log.open("ab") as output:
            self.server = subprocess.Popen(
                GUNICORN, env=self.variables, cwd=ROOT, stdout=output, stderr=output
            )
        if self.heals() is None:
            raise SystemExit(f"The site does not start: {self.log.read_text()}")

    def stop(self) -> None:
        if self.server:
            self.server.terminate()
            self.server.wait(30)
            self.server = None

    def workers(self) -> list[int]:
        assert self.server
        command = ["pgrep", "--parent", str(self.server.pid)]
        children = subprocess.run(command, capture_output=True, text=True, check=True)
        return [int(process) for process in children.stdout.split()]

    def kill_worker(self, process: int) -> None:
        os.kill(process, signal.SIGKILL)

    def manage(self, *arguments: str) -> "subprocess.Popen[bytes]":
        return self.python("manage.py", *arguments)

    def python(self, *arguments: str) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, *arguments],
            env=self.variables,
            cwd=ROOT,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
        )

    def do(self, process: "subprocess.Popen[bytes]") -> None:
        """Wait for it. Raises RuntimeError with what it said if it failed."""
        _, errors = process.communicate(timeout=10 * PATIENCE)
        if process.returncode:
            raise RuntimeError(f"{process.args}: {errors.decode(errors='replace')[-500:]}")

    def try_to(self, *arguments: str) -> None:
        """Run a command that may fail, but not with a traceback."""
        _, errors = self.manage(*arguments).communicate(timeout=10 * PATIENCE)
        if b"Traceback" in errors:
            raise RuntimeError(f"{arguments[0]} ended with a traceback: {errors[-500:].decode()}")

    def ask(self, path: str) -> tuple[int, bytes]:
        return ask(self.door, path)

    def heals(self) -> float | None:
        """Seconds until every page answers as it should."""
        began = time.monotonic()
        while time.monotonic() < began + PATIENCE:
            if all(self._answers(path) for path in PATHS):
                return time.monotonic() - began
            time.sleep(PAUSE)
        return None

    def _answers(self, path: str) -> bool:
        status, body = self.ask(path)
        return status == 200 and not _is_wrong(path, status, body)

    def rows(self) -> dict[str, int]:
        """How much there is that must not be lost."""
        query = " UNION ALL ".join(f"SELECT count(*) FROM reports_{table}" for table in TABLES)
        with self.connected() as connection:
            counts = connection.execute(query).fetchall()
        return dict(zip(TABLES, (count for [count] in counts), strict=True))

    def reports(self) -> set[str]:
        """The messages of all reports of errors, which are then removed."""
        with self.connected() as connection:
            found = connection.execute("SELECT message FROM reports_readerreport").fetchall()
            connection.execute("DELETE FROM reports_readerreport")
            connection.commit()
        return {message for [message] in found}

    def findings(self) -> list[str]:
        _, body = self.ask(SEARCH)
        return [result["id"] for result in json.loads(body)["results"]]

    @contextmanager
    def connected(self) -> "Iterator[sqlite3.Connection | psycopg.Connection]":
        if self.database_url:
            with psycopg.connect(self.database_url) as server:
                yield server
        else:
            path = self.folder / "db.sqlite3"
            with closing(sqlite3.connect(path, timeout=60)) as file:
                yield file

    @contextmanager
    def watched(self) -> Iterator[Seen]:
        """Readers ask, and one reports errors, until the block ends."""
        seen = Seen()
        readers = [partial(self._read, path, seen) for path in PATHS]
        with meanwhile(*readers, partial(self._write, self.findings(), seen)):
            yield seen

    def _read(self, path: str, seen: Seen, ended: Event) -> None:
        while not ended.is_set():
            began = time.monotonic()
            status, body = self.ask(path)
            seen.slowest = max(seen.slowest, time.monotonic() - began)
            seen.statuses[status] += 1
            seen.wrong += _is_wrong(path, status, body)
            ended.wait(PAUSE)

    def _write(self, findings: list[str], seen: Seen, ended: Event) -> None:
        number = 0
        while not ended.wait(BETWEEN_REPORTS):
            number += 1
            message = f"Report {number} of {time.monotonic_ns()}"
            status = self._report(findings[number % len(findings)], message)
            seen.statuses[status] += 1
            if status == 302:
                seen.saved.append(message)

    def _report(self, finding: str, message: str) -> int:
        connection = HTTPConnection(HOST, self.door, timeout=60)
        path = f"/findings/{finding}/report/"
        try:
            connection.request("GET", path)
            page = connection.getresponse()
            token = TOKEN.search(page.read().decode())
            if token is None:
                return page.status
            form = urlencode({"csrfmiddlewaretoken": token[1], "message": message})
            headers = {
                "Cookie": _cookies(page),
                "Content-Type": "application/x-www-form-urlencoded",
            }
            connection.request("POST", path, form, headers)
            answer = connection.getresponse()
            answer.read()
        except (OSError, HTTPException):
            return 0
        else:
            return answer.status
        finally:
            connection.close()


def _cookies(page: HTTPResponse) -> str:
    return "; ".join(value.split(";")[0] for value in page.headers.get_all("Set-Cookie") or ())


def _is_wrong(path: str, status: int, body: bytes) -> bool:
    """Whether the answer says that nothing matches, although something always does."""
    if status != 200:
        return False
    if path == SEARCH:
        return json.loads(body)["count"] == 0
    return ".csv" in path and body.strip().count(b"\n") == 0
