"""Each part of `.ci/audit` fails where it should, and says what it could not look at."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
TOOLS = Path(sys.executable).parent
USED = ("bandit", "detect-secrets-hook", "pip-licenses", "python")
SOUND = "VALUE = 1\n"
# Put together here, or the search for secrets would find it in this file.
KEY = "AKIA" + "ZXCVBNMASDFGHJKL"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project in which there is nothing to find, audited by the tools of this one; but the list
    of known faults is what `known` writes."""
    for name in (".ci", ".venv/bin", "cqc_site", "reports"):
        (tmp_path / name).mkdir(parents=True)
    shutil.copy(ROOT / ".ci/audit", tmp_path / ".ci/audit")
    for name in USED:
        (tmp_path / ".venv/bin" / name).symlink_to(TOOLS / name)
    for name in ("cqc_site/one.py", "reports/two.py", "manage.py"):
        (tmp_path / name).write_text(SOUND)
    (tmp_path / "requirements.txt").write_text("django==5.2\n")
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    known(tmp_path, {"dependencies": [{"name": "django", "version": "5.2", "vulns": []}]})
    return tmp_path


def known(project: Path, answer: object, status: int = 0) -> None:
    (project / "answer").write_text(json.dumps(answer))
    stub = project / ".venv/bin/pip-audit"
    stub.write_text(
        "#!/usr/bin/env bash\n"
        'while [[ $1 != --output ]]; do shift; done; cp answer "$2"\n'
        f"echo 'the registry does not answer' >&2; exit {status}\n"
    )
    stub.chmod(0o755)


def audit(project: Path) -> "subprocess.CompletedProcess[str]":
    subprocess.run(["git", "add", "--all"], cwd=project, check=True)
    return subprocess.run(
        [project / ".ci/audit"],
        cwd=project,
        env={"PATH": os.environ["PATH"]},
        capture_output=True,
        text=True,
        check=False,
    )


def test_what_is_sound_passes(project: Path) -> None:
    done = audit(project)

    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "None is known."), done.stderr


@pytest.mark.parametrize(
    ("file", "content", "stage"),
    [
        ("reports/two.py", "import pickle\npickle.loads(b'')\n", "== Unsafe code"),
        ("settings.py", f'AWS = "{KEY}"\n', "== Secrets"),
        ("requirements.txt", "djlint==1.49\n", "== Licences of what the site runs on"),
    ],
)
def test_what_is_not_fails_where_it_is_found(
    project: Path, file: str, content: str, stage: str
) -> None:
    (project / file).write_text(content)
    done = audit(project)

    assert done.returncode != 0
    assert [line for line in done.stdout.splitlines() if line.startswith("==")][-1] == stage


def test_a_known_fault_of_a_library_fails(project: Path) -> None:
    fault = {"id": "PYSEC-1", "fix_versions": ["5.2.1"], "aliases": [], "description": "Words."}
    known(project, {"dependencies": [{"name": "django", "version": "5.2", "vulns": [fault]}]}, 1)
    done = audit(project)

    assert done.returncode == 1
    assert "PYSEC-1" in done.stdout


@pytest.mark.parametrize(
    ("answer", "status", "notice"),
    [
        ({}, 1, "NOT AUDITED: the list of known faults is out of reach: the registry does not"),
        (
            {"dependencies": [{"name": "django", "skip_reason": "not found"}]},
            0,
            "NOT AUDITED: the registry in use keeps no list of known faults.",
        ),
    ],
)
def test_what_could_not_be_looked_at_is_said(
    project: Path, answer: object, status: int, notice: str
) -> None:
    known(project, answer, status)
    done = audit(project)

    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].startswith(notice)
