"""A real nginx in front of a server on this machine, as a rule with the project's own
configuration."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.ports import free_port

CONFIGURATION = Path(__file__).parents[2] / "deploy" / "nginx.conf"
HOW = "NOT TESTED: nginx is not found (Debian: apt-get install nginx-light)"
PLACES = ("body", "proxy", "fastcgi", "uwsgi", "scgi")

MAIN = """
daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off;
    {temporary}
    {site}
}}
"""


def find_nginx() -> str | None:
    return shutil.which("nginx") or shutil.which("/usr/sbin/nginx")


@contextmanager
def nginx(folder: Path, site_port: int) -> Iterator[int]:
    """The port it listens on. Only that, the upstream's address and temporary folders differ from
    what is shipped."""
    port = free_port()
    site = CONFIGURATION.read_text(encoding="utf-8")
    site = _replaced(site, "server web:8000;", f"server 127.0.0.1:{site_port};")
    site = _replaced(site, "listen 8080;", f"listen 127.0.0.1:{port};")
    with serving(folder, port, site):
        yield port


@contextmanager
def serving(folder: Path, port: int, site: str) -> Iterator[None]:
    """nginx with this part of a configuration, which listens on the port."""
    program = find_nginx()
    assert program, HOW
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o755)
    names = {"body": "client_body_temp_path"}
    temporary = "\n".join(
        f"{names.get(place, f'{place}_temp_path')} {folder}/{place};" for place in PLACES
    )
    main = folder / "nginx.conf"
    main.write_text(MAIN.format(folder=folder, temporary=temporary, site=site), encoding="utf-8")
    # As whoever runs the tests: a folder of theirs is closed to nginx's own user.
    user = "user root;\n" if Path("/").stat().st_uid == _uid() else ""
    main.write_text(user + main.read_text(encoding="utf-8"), encoding="utf-8")
    server = subprocess.Popen(
        [program, "-c", str(main), "-p", str(folder)], stderr=subprocess.PIPE, text=True
    )
    try:
        _wait(server, port)
        yield
    finally:
        server.terminate()
        server.communicate(timeout=20)


def _uid() -> int:
    return Path.home().stat().st_uid


def _replaced(text: str, old: str, new: str) -> str:
    assert len(re.findall(re.escape(old), text)) == 1, old
    return text.replace(old, new)


def _wait(server: "subprocess.Popen[str]", port: int) -> None:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        if server.poll() is not None:
            raise AssertionError(f"nginx did not start: {server.communicate()[1]}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise AssertionError("nginx does not answer")
