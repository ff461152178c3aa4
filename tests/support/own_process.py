"""The site in a process of its own: a script that uses it, or a server that answers.

Both see no environment variables but PATH and those that a test gives.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

DATABASE = "db.sqlite3"
SERVE = ["-m", "gunicorn", "--config=cqc_site/gunicorn.py", "cqc_site.wsgi"]


def run_script(
    script: str, folder: Path, *arguments: str, **variables: str
) -> "subprocess.CompletedProcess[str]":
    """Run a script that has an empty site in `folder`, or what an earlier script left there. It may
    ask pages for the host `testserver`."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "cqc_site.settings",
        "ALLOWED_HOSTS": "testserver",
        **variables,
    }
    _make_site(folder)
    return subprocess.run(
        [sys.executable, "-c", script, *arguments],
        env=_environment(folder, environment),
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@contextmanager
def serving(folder: Path, log: Path, **variables: str) -> Iterator[None]:
    """An empty site in `folder` that answers until the end of the block. What it logs goes to the
    file `log`."""
    _make_site(folder)
    environment = _environment(folder, variables)
    with log.open("w") as written:
        server = subprocess.Popen(
            [sys.executable, *SERVE],
            env=environment,
            cwd=settings.BASE_DIR,
            stdout=subprocess.PIPE,
            stderr=written,
            text=True,
        )
        try:
            assert server.stdout
            assert server.stdout.readline().startswith("Open ")
            yield
        finally:
            server.terminate()
            server.communicate(timeout=30)


def _make_site(folder: Path) -> None:
    database = folder / DATABASE
    if not database.exists():
        folder.mkdir(parents=True, exist_ok=True)
        database.write_bytes(_empty_database())


@cache
def _empty_database() -> bytes:
    """Migrating takes seconds, so it is done once for all tests of a process."""
    with TemporaryDirectory(prefix="migrated-") as name:
        migrate = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
        environment = _environment(Path(name), {})
        subprocess.run(migrate, env=environment, cwd=settings.BASE_DIR, check=True)
        return (Path(name) / DATABASE).read_bytes()


def _environment(folder: Path, variables: dict[str, str]) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "VAR_DIR": str(folder), **variables}
