"""Servers on this machine's own address, asked as a browser would ask them."""

import itertools
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path

from benchmarks.environment import ROOT, variables
from tests.support.ports import free_port

HOST = "127.0.0.1"
GUNICORN = [sys.executable, "-m", "gunicorn", "--config=cqc_site/gunicorn.py", "cqc_site.wsgi"]
PATIENCE = 60.0  # seconds for a server to start
VISITORS = 254

_visits = itertools.count()


class BadAnswerError(Exception):
    """A server did not answer, or not with a page."""


@dataclass(frozen=True, slots=True)
class Server:
    """It is asked as by several visitors in turn, because the site limits how often one may ask."""

    pid: int
    port: int

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> bytes:
        """The body, over a new connection."""
        return self.response(path, headers)[1]

    def response(
        self, path: str, headers: Mapping[str, str] | None = None
    ) -> tuple[dict[str, str], bytes]:
        """The headers, by names in small letters, and the body."""
        connection = HTTPConnection(HOST, self.port, timeout=600)
        try:
            connection.request("GET", path, headers={**next_visitor(), **(headers or {})})
            response = connection.getresponse()
            body = response.read()
        finally:
            connection.close()
        if response.status not in {200, 304}:
            raise BadAnswerError(f"{response.status} for {path}: {body[:500]!r}")
        return {name.lower(): value for name, value in response.getheaders()}, body


def ask(port: int, path: str) -> tuple[int, bytes]:
    """The status and the body; status 0 for no whole answer."""
    connection = HTTPConnection(HOST, port, timeout=60)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read()
    except (OSError, HTTPException):
        return 0, b""
    finally:
        connection.close()


def next_visitor() -> dict[str, str]:
    """The header by which a proxy names a visitor, at an address that is kept for examples."""
    return {"X-Forwarded-For": f"203.0.113.{next(_visits) % VISITORS + 1}"}


@contextmanager
def site(folder: Path, log: Path | None = None) -> Iterator[Server]:
    """The site as in production, on the data in `folder`."""
    settings = variables(folder) | {
        "PRODUCTION": "1",
        "HTTPS": "0",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": HOST,
        "HOST": HOST,
        "TRUST_PROXY": HOST,
    }
    manage = [sys.executable, "manage.py", "collectstatic", "--no-input", "--verbosity=0"]
    subprocess.run(manage, env=settings, cwd=ROOT, check=True)
    with running(GUNICORN, "--bind", settings, log) as server:
        yield server


@contextmanager
def running(
    command: list[str],
    option: str,
    settings: Mapping[str, str] | None = None,
    log: Path | None = None,
) -> Iterator[Server]:
    """A server told by `option` where to listen. Whatever it says goes to `log`."""
    port = free_port()
    where = f"{HOST}:{port}" if option == "--bind" else str(port)
    output = (log or Path(os.devnull)).open("ab")
    process = subprocess.Popen(
        [*command, option, where], env=settings, cwd=ROOT, stdout=output, stderr=output
    )
    try:
        _wait(process, port)
        yield Server(process.pid, port)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
        output.close()


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise BadAnswerError(f"{process.args!r} does not answer")
