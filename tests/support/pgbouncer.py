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
from pathlib import Path

from tests.support.postgres import Server, find_programs, harmless_user, new_server, run

HOST = "127.0.0.1"
PATIENCE = 20.0  # seconds
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


@contextmanager
def pooled(server: Server, size: int = 8) -> Iterator[str]:
    """The address of a pooler before `server`, which has at most `size` connections to it."""
    path = program()
    assert path, HOW
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryDirectory() as name:
        folder, user = Path(name), harmless_user()
        settings = folder / "pgbouncer.ini"
        settings.write_text(
            CONFIGURATION.format(folder=server.folder, host=HOST, port=port, size=size)
        )
        if user:
            for each in (folder, settings):
                shutil.chown(each, user)
        process = subprocess.Popen(
            [path, "--quiet", str(settings)], user=user, cwd=folder, stderr=subprocess.DEVNULL
        )
        try:
            _wait(process, port)
            yield f"postgresql://test@{HOST}:{port}/postgres"
        finally:
            process.terminate()
            process.wait()


def _wait(process: "subprocess.Popen[bytes]", port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection((HOST, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise SystemExit("pgbouncer does not start.")


def main(command: list[str]) -> int:
    programs = find_programs()
    if programs is None or program() is None:
        raise SystemExit(HOW)
    with new_server(programs) as server, pooled(server) as url:
        return run(command, url)


if __name__ == "__main__":
    sys.exit(main(sys.argv[sys.argv.index("--") + 1 :]))
