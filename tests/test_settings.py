import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from cqc_site.env import Environment, secret_key_made_once

ROOT = Path(settings.BASE_DIR)
SETTING_NAMES = set(
    re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', (ROOT / "cqc_site/settings.py").read_text("utf-8"))
)
IN_PRODUCTION = {
    "PRODUCTION": "1",
    "SECRET_KEY": "0123456789" * 5,
    "ALLOWED_HOSTS": "cqc.example.org",
}

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a program of this project with only the given variables set."""

    def run(*command: str, **variables: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, *command],
            env={"PATH": os.environ["PATH"], "VAR_DIR": str(tmp_path / "var"), **variables},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    return run


def test_no_setting_is_needed_outside_production(run: Run, tmp_path: Path) -> None:
    done = run("manage.py", "check", "--fail-level", "WARNING")

    assert (done.returncode, done.stderr) == (0, "")
    assert stat.S_IMODE((tmp_path / "var/secret_key").stat().st_mode) == 0o600


def test_the_deployment_check_is_clean_in_production(run: Run, tmp_path: Path) -> None:
    done = run("manage.py", "check", "--deploy", "--fail-level", "WARNING", **IN_PRODUCTION)

    assert (done.returncode, done.stderr) == (0, "")
    assert not (tmp_path / "var/secret_key").exists()


@pytest.mark.parametrize(
    "command",
    [
        ("manage.py", "migrate"),
        ("-m", "gunicorn", "--config=cqc_site/gunicorn.py", "cqc_site.wsgi"),
    ],
    ids=["manage.py", "gunicorn"],
)
def test_everything_wrong_is_said_at_once_and_without_a_traceback(
    run: Run, command: tuple[str, ...]
) -> None:
    done = run(*command, PRODUCTION="1", DEBUG="1", DATABASE_URL="mysql://me:hidden@host/db")

    first, *sentences = done.stderr.splitlines()
    assert done.returncode == 1
    assert first == "Cannot start."
    assert {sentence.split()[0] for sentence in sentences} == {
        "ALLOWED_HOSTS",
        "DATABASE_URL",
        "DEBUG",
        "SECRET_KEY",
    }
    assert "hidden" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("PRODUCTION", "maybe", "PRODUCTION is “maybe”: write 1 for yes or 0 for no."),
        ("MAX_DOCUMENT_MB", "0", "MAX_DOCUMENT_MB is “0”: write a whole number, 1 or more."),
        ("MAX_DOCUMENT_MB", "20MB", "MAX_DOCUMENT_MB is “20MB”: write a whole number, 1 or more."),
        (
            "SEARCH_URL",
            "tantivy://index",
            (
                "SEARCH_URL does not name an index: write tantivy:////folder, with the folder's "
                "whole path, or opensearch://user:password@host:port/prefix."
            ),
        ),
        (
            "DATABASE_URL",
            "sqlite:///db.sqlite3",
            (
                "DATABASE_URL is not a database this program knows: write "
                "sqlite:////folder/file.sqlite3 or postgresql://user:password@host:5432/database."
            ),
        ),
        (
            "DATABASE_URL",
            "postgresql://me:pass:word@host:port/db",
            "DATABASE_URL cannot be read: write signs such as @ : / # in a password as %40 …",
        ),
        (
            "DOCUMENTS_DIR",
            "documents",
            "DOCUMENTS_DIR is “documents”: write the whole path of a folder, beginning with /.",
        ),
        (
            "DOCUMENTS_DIR",
            "/dev/null/documents",
            (
                "DOCUMENTS_DIR needs the folder /dev/null/documents, which cannot be made: "
                "Not a directory."
            ),
        ),
        (
            "LOG_LEVEL",
            "loud",
            "LOG_LEVEL is “LOUD”: write one of DEBUG, INFO, WARNING, ERROR, CRITICAL.",
        ),
        (
            "CSRF_TRUSTED_ORIGINS",
            "cqc.example.org",
            "CSRF_TRUSTED_ORIGINS holds whole origins, such as https://cqc.example.org.",
        ),
    ],
)
def test_a_wrong_setting_is_named_in_one_sentence(
    run: Run, name: str, value: str, sentence: str
) -> None:
    done = run("manage.py", "check", **{name: value})

    assert (done.returncode, done.stderr) == (1, f"Cannot start.\n{sentence}\n")


def test_a_command_whose_database_is_away_ends_without_a_traceback(run: Run) -> None:
    away = {"DATABASE_URL": "postgresql://me@127.0.0.1:1/db"}
    done = run("manage.py", "load_scores", **away)

    assert done.returncode == 1
    assert done.stderr.startswith("The command did not end: connection")
    assert "Traceback" not in done.stderr
    assert "Traceback" in run("manage.py", "load_scores", "--traceback", **away).stderr


def test_every_missing_setting_of_openid_connect_is_named(run: Run) -> None:
    done = run(
        "manage.py", "check", OIDC_CLIENT_ID="site", OIDC_TOKEN_URL="https://id.example/token"
    )

    assert done.stderr.splitlines() == [
        "Cannot start.",
        *(
            f"{name} is missing: other settings of its kind are set."
            for name in (
                "OIDC_CLIENT_SECRET",
                "OIDC_AUTHORIZATION_URL",
                "OIDC_USER_URL",
                "OIDC_KEYS_URL",
            )
        ),
    ]


def test_the_log_holds_what_its_level_says(run: Run) -> None:
    say = "import logging; log = logging.getLogger('site'); log.warning('one'); log.error('two')"
    shell = ("manage.py", "shell", "--no-imports", "--command", say)

    [line] = run(*shell, LOG_LEVEL="error", LOG_FORMAT="json").stderr.splitlines()
    assert (json.loads(line)["level"], json.loads(line)["message"]) == ("ERROR", "two")
    assert len(run(*shell, LOG_LEVEL="warning").stderr.splitlines()) == 2


def test_what_the_site_makes_is_private(run: Run, tmp_path: Path) -> None:
    assert run("manage.py", "migrate", "--verbosity=0").returncode == 0
    assert run("manage.py", "ingest", "seeds").returncode == 0
    assert run("manage.py", "backup", str(tmp_path / "var/backup")).returncode == 0

    made = [path for path in (tmp_path / "var").rglob("*") if not path.is_symlink()]
    assert {path.name for path in made} > {"db.sqlite3", "documents", "index", "manifest.json"}
    assert [path for path in made if stat.S_IMODE(path.stat().st_mode) & 0o077] == []


def test_an_empty_variable_counts_as_not_set() -> None:
    env = Environment({"A": "", "B": " "})

    assert (env.number("A", 20), env.flag("B", default=True), env.names("A")) == (20, True, [])
    env.check()


def test_the_address_of_a_replica_that_cannot_be_read_is_named() -> None:
    env = Environment({})
    env.replica_url("DATABASE_REPLICA_URLS", "postgresql://me:pass:word@host:port/db")

    with pytest.raises(ImproperlyConfigured, match=r"^DATABASE_REPLICA_URLS cannot be read"):
        env.check()


def test_opensearch_without_its_library_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("cqc_site.env.find_spec", lambda name: None)
    env = Environment({"SEARCH_URL": "opensearch://host/cqc"})
    env.search_url("SEARCH_URL", "")

    with pytest.raises(ImproperlyConfigured, match=r"pip install 'opensearch-py>=3\.1,<4'"):
        env.check()


def test_names_are_separated_by_commas() -> None:
    assert Environment({"A": "one.example, two.example,"}).names("A") == [
        "one.example",
        "two.example",
    ]


def test_the_folder_of_an_sqlite_file_is_made(tmp_path: Path) -> None:
    database = Environment({}).database_url("A", f"sqlite:///{tmp_path / 'new' / 'db.sqlite3'}")

    assert database["NAME"] == str(tmp_path / "new" / "db.sqlite3")
    assert (tmp_path / "new").is_dir()


def test_problems_are_raised_together() -> None:
    env = Environment({"A": "x", "B": "y"})
    env.flag("A")
    env.number("B", 1)

    with pytest.raises(ImproperlyConfigured, match=r"^A .*\nB "):
        env.check()


def test_processes_that_start_together_agree_on_the_secret_key(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        keys = set(pool.map(secret_key_made_once, [tmp_path / "secret_key"] * 8))

    assert [len(key) for key in keys] == [50]


def test_sqlite_lets_readers_read_and_writers_wait_their_turn(run: Run) -> None:
    done = run(
        "manage.py",
        "shell",
        "--no-imports",
        "--command",
        "from django.db import connection; cursor = connection.cursor();"
        "print(connection.transaction_mode, *["
        "    cursor.execute(f'PRAGMA {name}').fetchone()[0]"
        "    for name in ('journal_mode', 'synchronous', 'busy_timeout')"
        "])",
    )

    assert done.stdout == "IMMEDIATE wal 1 20000\n"


def test_static_files_name_only_static_files_that_exist(settings, tmp_path: Path) -> None:
    """In production names carry a hash, and one that leads nowhere would be a page of errors."""
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }

    call_command("collectstatic", interactive=False, verbosity=0)

    assert (tmp_path / "staticfiles.json").exists()


@pytest.mark.parametrize("document", ["docs/deploying.md", ".env.example"])
def test_every_setting_is_documented(document: str) -> None:
    text = (ROOT / document).read_text(encoding="utf-8")

    assert {name for name in SETTING_NAMES if not re.search(rf"\b{name}\b", text)} == set()
