"""A real pgbouncer in transaction mode before a temporary PostgreSQL server.

    python -m tests.support.pgbouncer -- pytest -m database

runs a command with DATABASE_URL naming the pooler.
"""

import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.support.ports import free_port
from tests.support.postgres import Server, find_programs, harmless_user, new_server, run

HOST = "127.0.0.1"
PATIENCE = 20.0  # seconds
SETTINGS = "pgbouncer.ini"
HOW = "NOT TESTED: pgbouncer is not found (Debian: apt-get install pgbouncer)"

# Fewer connections than the tests ask for at once: they have to share.
CONFIGURATION = """
[databases]
* = host={folder} port=5432 user=test
[pgbouncer]
listen_addr = {host}
listen_port = {port}
unix_socket_dir =
auth_type = any
pool_mode = transaction
default_pool_size = {size}
max_client_conn = 200
ignore_startup_parameters = extra_float_digits,options
"""


def program() -> str | None:
    return shutil.which("pgbouncer") or shutil.which("pgbouncer", path="/usr/sbin")


@dataclass
class Pooler:
    """pgbouncer before a server, with its settings in a folder."""

    folder: Path
    port: int
    user: str | None
    process: "subprocess.Popen[bytes] | None" = None

    @property
    def url(self) -> str:
        return f"postgresql://test@{HOST}:{self.port}/postgres"

    def start(self) -> None:
        """Returns when it takes connections."""
        path = program()
        assert path, HOW
        settings = str(self.folder / SETTINGS)
        self.process = subprocess.Popen(
            [path, "--quiet", settings], user=self.user, cwd=self.folder, stderr=subprocess.DEVNULL
        )
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                socket.create_connection((HOST, self.port), timeout=1).close()
            except OSError:
                time.sleep(0.05)
            else:
                return
        raise SystemExit("pgbouncer does not start.")

    def stop(self) -> None:
        """At once, with all connections."""
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None


@contextmanager
def pooled(server: Server, size: int = 8) -> Iterator[Pooler]:
    """A pooler before `server`, with at most `size` connections to it."""
    port = free_port()
    with tempfile.TemporaryDirectory() as name:
        pooler = Pooler(Path(name), port, harmless_user())
        settings = pooler.folder / SETTINGS
        settings.write_text(
            CONFIGURATION.format(folder=server.folder, host=HOST, port=port, size=size)
        )
        if pooler.user:
            for each in (pooler.folder, settings):
                shutil.chown(each, pooler.user)
        try:
            pooler.start()
            yield pooler
        finally:
            pooler.stop()


def main(command: list[str]) -> int:
    programs = find_programs()
    if programs is None or program() is None:
        raise SystemExit(HOW)
    with new_server(programs) as server, pooled(server) as pooler:
        return run(command, pooler.url)


if __name__ == "__main__":
    sys.exit(main(sys.argv[sys.argv.index("--") + 1 :]))
