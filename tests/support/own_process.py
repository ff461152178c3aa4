"""The site in a process of its own: a script that uses it, or a server that answers.

Both see no environment variables but PATH and those that a test gives.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

SERVE = ["-m", "gunicorn", "--config=cqc_site/gunicorn.py", "cqc_site.wsgi"]


def run_script(
    script: str, folder: Path, *arguments: str, **variables: str
) -> "subprocess.CompletedProcess[str]":
    """Run a script that has the site in `folder`. It may ask pages for the host `testserver`."""
    environment = {
        "DJANGO_SETTINGS_MODULE": "cqc_site.settings",
        "ALLOWED_HOSTS": "testserver",
        **variables,
    }
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
    environment = _environment(folder, variables)
    migrate = [sys.executable, "manage.py", "migrate", "--verbosity=0"]
    subprocess.run(migrate, env=environment, cwd=settings.BASE_DIR, check=True)
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


def _environment(folder: Path, variables: dict[str, str]) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "VAR_DIR": str(folder), **variables}
