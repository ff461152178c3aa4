"""The wheel holds all that the site is made of, and runs where nothing of the checkout is."""

import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
OPEN_A_PAGE = """
import cqc_site, django
django.setup()
from django.test import Client
print(cqc_site.__path__[0])
page = Client().get("/", headers={"host": "cqc.example.org"}, secure=True)
print(page.status_code, "/static/site" in page.content.decode())
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built from what is in the checkout, with the build tool that is locked."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    quiet = ["--disable-pip-version-check", "--wheel-dir", str(folder), str(ROOT)]
    subprocess.run([*command, *quiet], check=True)
    [built] = folder.glob("*.whl")
    return built


def test_every_file_that_the_site_needs_is_in_the_wheel(wheel: Path) -> None:
    with ZipFile(wheel) as archive:
        names = set(archive.namelist())
    tracked = subprocess.run(
        ["git", "ls-files", "cqc_site", "reports", "static", "templates"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\n")
    beside = ("static/", "templates/")
    needed = {f"cqc_site/{name}" if name.startswith(beside) else name for name in tracked if name}

    assert needed - names == set()
    assert {name.partition("/")[0] for name in names - needed} == {
        f"{wheel.name.rpartition('-py3-')[0]}.dist-info"
    }


def test_it_runs_where_nothing_of_the_checkout_is(wheel: Path, tmp_path: Path) -> None:
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv/bin/python"
    install = ["install", "--quiet", "--no-deps", "--no-index", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "pip", "--python", python, *install, wheel], check=True)
    # What it stands on, as it was locked for these tests.
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    site = tmp_path / "venv/lib" / version / "site-packages"
    (site / "locked.pth").write_text(sysconfig.get_path("purelib"), "utf-8")
    place = tmp_path / "place"
    place.mkdir()
    variables = {
        "PATH": os.environ["PATH"],
        "DJANGO_SETTINGS_MODULE": "cqc_site.settings",
        "PRODUCTION": "1",
        "SECRET_KEY": "0123456789" * 5,
        "ALLOWED_HOSTS": "cqc.example.org",
    }

    def run(*command: str | Path) -> str:
        done = subprocess.run(
            command, cwd=place, env=variables, capture_output=True, text=True, check=False
        )
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    cqc = tmp_path / "venv/bin/cqc-assessments"
    run(cqc, "check", "--deploy", "--fail-level", "WARNING")
    run(cqc, "migrate", "--verbosity=0")
    run(cqc, "collectstatic", "--noinput", "--verbosity=0")
    assert run(python, "-c", OPEN_A_PAGE).split() == [str(site / "cqc_site"), "200", "True"]
    assert (place / "var/staticfiles/staticfiles.json").is_file()
