import os
import time
from collections.abc import Generator, Iterator
from pathlib import Path

import hypothesis
import pytest
from django.db import connections
from pytest_django import DjangoDbBlocker, Settings

from reports.models import Finding
from tests.support.postgres import IN_CI
from tests.support.seeds import MadeOnce, ingest_seeds, load_scores

END_OTHERS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid()
"""
DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "live_server"}

# A shared machine stalls now and then: how long one example took says nothing about the code.
hypothesis.settings.register_profile("person", deadline=None)
hypothesis.settings.register_profile("ci", deadline=None, derandomize=True)
hypothesis.settings.register_profile("long", deadline=None, max_examples=1_000)
hypothesis.settings.load_profile(os.environ.get("HYPOTHESIS", "ci" if IN_CI else "person"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES.intersection(
            getattr(item, "fixturenames", ())
        ):
            item.add_marker("database")
        if "opensearch_url" in getattr(item, "fixturenames", ()):
            item.add_marker("opensearch")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """What a person's machine lacks is skipped, with a line that says so; in CI nothing is."""
    report = yield
    if IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"A skip is a failure in CI. {report.longreprtext}"
    return report


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """SQLite in a file, as the site has it: in memory, all threads of the live server would share
    one connection, and with it one transaction."""
    database = connections["default"]
    if database.vendor == "sqlite":
        database.settings_dict["TEST"]["NAME"] = str(tmp_path_factory.mktemp("db") / "test.sqlite3")


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """PostgreSQL drops no database that is in use, for example by a thread of a test that has not
    ended yet."""
    yield
    database = connections["default"]
    if database.vendor == "postgresql":
        with django_db_blocker.unblock(), database.cursor() as cursor:
            until = time.monotonic() + 10
            while time.monotonic() < until:
                cursor.execute(END_OTHERS)
                if not cursor.fetchall():
                    break


@pytest.fixture(autouse=True)
def own_folders(settings: Settings, tmp_path: Path) -> None:
    """Every test keeps its documents and its search index to itself."""
    settings.MEDIA_ROOT = tmp_path / "documents"
    settings.SEARCH_URL = f"tantivy:///{tmp_path / 'index'}"
    # Another process would look for the rows in another database.
    settings.REBUILD_INDEX = False
    settings.VAR_DIR = tmp_path


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(scope="session")
def seeded_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    return MadeOnce(tmp_path_factory.mktemp("seeded"), ingest_seeds)


@pytest.fixture
def seeded(db: None, seeded_once: MadeOnce) -> None:
    """The five seeds, ingested and searchable."""
    seeded_once.put()


@pytest.fixture(scope="session")
def scored_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    return MadeOnce(tmp_path_factory.mktemp("scored"), load_scores)


@pytest.fixture
def scored(db: None, scored_once: MadeOnce) -> None:
    """The published scores of all authorities. Not together with `seeded`: their keys overlap."""
    scored_once.put()


@pytest.fixture
def first_of_haringey(seeded: None) -> Finding:
    return Finding.objects.with_context().get(
        section__assessment__authority__slug="haringey", position=0
    )


@pytest.fixture
def first_unidentified(seeded: None) -> Finding:
    return (
        Finding.objects.with_context()
        .filter(section__assessment__authority=None, position=0)
        .earliest("pk")
    )
