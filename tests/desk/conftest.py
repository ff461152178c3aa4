from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client

from reports import search
from reports.models import Finding
from reports.roles import ADMINS, EDITORS
from tests.ingest.conftest import DATA, PEOPLE, STAFF, report_text, write
from tests.support.ingesting import ingest

__all__ = ["write"]


@pytest.fixture
def read(write, db) -> Callable[..., object]:
    """Ingests paragraphs as the next version of a report, Barnet's unless said otherwise."""
    versions = iter(range(100))

    def read_version(*paragraphs: str, **options):
        options = {"title": "London Borough of Barnet"} | options
        outcome = ingest(
            write(f"version-{next(versions)}.txt", report_text(*paragraphs, **options))
        )
        search.catch_up()
        return outcome

    return read_version


@pytest.fixture
def finding(read) -> Finding:
    """The first of three findings."""
    read(STAFF, PEOPLE, DATA)
    return Finding.objects.get(text=STAFF)


@pytest.fixture
def account(db) -> Callable[..., User]:
    """Makes accounts that can sign in, in a role or in none."""

    def make(name: str, *roles: str) -> User:
        user = User.objects.create_user(name, is_staff=True)
        user.groups.set(Group.objects.filter(name__in=roles))
        return user

    return make


@pytest.fixture
def ada(account) -> Client:
    """The browser of an editor."""
    client = Client()
    client.force_login(account("ada", EDITORS))
    return client


@pytest.fixture
def grace(account) -> Client:
    """The browser of another editor."""
    client = Client()
    client.force_login(account("grace", EDITORS))
    return client


@pytest.fixture
def boss(account) -> Client:
    client = Client()
    client.force_login(account("boss", ADMINS))
    return client
