"""Run a command with DATABASE_URL naming a real PostgreSQL server.

    python -m tests.support.postgres -- pytest -m database

The server is the one TEST_DATABASE_URL names. Without that, it is a private one, started in a
temporary folder from the programs found on this machine, reached by a socket in that folder, and
stopped and thrown away when the command ends, however it ends.
"""

import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

IN_CI = os.environ.get("CI", "").lower() in {"1", "true"}

PLACES = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/pgsql-*/bin",  # Red Hat
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)
INITDB = ("--username=test", "--auth=trust", "--encoding=UTF8", "--no-locale", "--no-sync")
HOW = """
**********************************************************************************************
SKIPPED, NOT TESTED: PostgreSQL is not found, so nothing was tested on it. Install its server
(Debian: apt-get install postgresql; macOS: brew install postgresql@16), or name a running one:
TEST_DATABASE_URL=postgresql://user:password@host:5432/database, whose user may make databases.
**********************************************************************************************
"""


def main(command: list[str]) -> int:
    # A `kill` must stop the server too: turned into an exception, it passes the `finally` below.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    if url := os.environ.get("TEST_DATABASE_URL"):
        return run(command, url)
    programs = find_programs()
    if programs is None:
        print(HOW, file=sys.stderr)
        return int(IN_CI)
    with temporary_server(programs) as url:
        return run(command, url)


def run(command: list[str], database_url: str) -> int:
    variables = os.environ | {"DATABASE_URL": database_url}
    return subprocess.run(command, env=variables, check=False).returncode


def find_programs() -> Path | None:
    """The folder of the newest server's programs."""
    if on_path := shutil.which("initdb"):
        return Path(on_path).resolve().parent
    folders = [path for place in PLACES for path in Path("/").glob(place[1:])]
    servers = [folder for folder in folders if (folder / "initdb").exists()]
    return max(servers, key=_version, default=None)


def _version(folder: Path) -> float:
    """17 of /usr/lib/postgresql/17/bin."""
    return float(re.findall(r"[\d.]*\d", str(folder))[-1])


@contextmanager
def temporary_server(programs: Path) -> Iterator[str]:
    """The URL of a server that forgets everything."""
    with new_server(programs) as server:
        yield server.url


@contextmanager
def new_server(programs: Path, within: Path | None = None) -> Iterator["Server"]:
    """A server that forgets everything. Its folder is made in `within`, else in the one for
    temporary files."""
    user = harmless_user()
    server = Server(programs, _folder(user, within), user)
    try:
        server.call("initdb", *INITDB)
        server.start()
        yield server
    finally:
        server.remove()


@contextmanager
def primary_and_standby(programs: Path) -> Iterator[tuple["Server", "Server"]]:
    """Two servers, the second of which follows the first by streaming replication."""
    user = harmless_user()
    servers = [Server(programs, _folder(user), user) for _ in range(2)]
    primary, standby = servers
    try:
        primary.call("initdb", *INITDB)
        primary.start()
        follow = ["--host", str(primary.folder), "--username=test", "--write-recovery-conf"]
        standby.call("pg_basebackup", *follow, "--checkpoint=fast", "--no-sync")
        standby.start()
        yield primary, standby
    finally:
        for server in servers:
            server.remove()


@dataclass(frozen=True, slots=True)
class Server:
    """A PostgreSQL server with its data in a folder, reached by a socket in the same folder."""

    programs: Path
    folder: Path
    user: str | None

    @property
    def url(self) -> str:
        return f"postgresql://test@/postgres?host={quote(str(self.folder), safe='')}"

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def start(self) -> None:
        quick = "-c fsync=off -c synchronous_commit=off -c full_page_writes=off"
        only_here = f"-c listen_addresses= -c unix_socket_directories={self.folder}"
        self.call("pg_ctl", "start", "--wait", f"--options={quick} {only_here}")

    def stop(self) -> None:
        if (self.data / "postmaster.pid").exists():
            self.call("pg_ctl", "stop", "--mode=immediate")

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def call(self, program: str, *arguments: str) -> None:
        log = self.folder / "log"
        with log.open("ab") as output:
            done = subprocess.run(
                [self.programs / program, "--pgdata", self.data, *arguments],
                user=self.user,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                check=False,
            )
        if done.returncode:
            sys.exit(f"PostgreSQL's {program} failed:\n{log.read_text(errors='replace')}")


def _folder(user: str | None, within: Path | None = None) -> Path:
    folder = Path(tempfile.mkdtemp(prefix="pg", dir=within))
    if user:
        shutil.chown(folder, user)
    return folder


def harmless_user() -> str | None:
    """Whom to run the server as: PostgreSQL refuses to run as root."""
    if os.getuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


if __name__ == "__main__":
    sys.exit(main(sys.argv[sys.argv.index("--") + 1 :]))
