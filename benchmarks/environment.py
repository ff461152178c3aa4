"""Where the benchmarks keep their data, and Django set up to work on them."""

import os
import subprocess
import sys
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parent.parent


def folder_of(findings: int) -> Path:
    """The folder that holds everything of a corpus of so many findings, with its database."""
    root = Path(os.environ.get("BENCH_DIR") or ROOT / "benchmarks" / "var").resolve()
    folder = root / str(findings)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def index_of(folder: Path) -> Path:
    """The folder of the index in use. An earlier one may still be beside it."""
    root = folder / "index"
    return root / (root / "CURRENT").read_text("ascii")


def variables(folder: Path) -> dict[str, str]:
    """The variables of a process that works in `folder`, whatever else the environment says."""
    return os.environ | {
        "VAR_DIR": str(folder),
        "DATABASE_URL": "",
        "SEARCH_URL": "",
        "DOCUMENTS_DIR": "",
        "LOG_LEVEL": "WARNING",
        "DJANGO_SETTINGS_MODULE": "cqc_site.settings",
    }


def manage(folder: Path, *arguments: str, checkout: Path = ROOT) -> None:
    """Run a command of `manage.py` on the data in `folder`."""
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=checkout,
        env=variables(folder),
        stdout=subprocess.DEVNULL,
        check=True,
    )


def set_up(folder: Path) -> None:
    os.environ.update(variables(folder))
    django.setup()
