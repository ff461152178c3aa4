"""Every role is tried at every address of the desk."""

from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse

from reports.corrections import Why, change
from reports.desk import urls as desk_urls
from reports.models import Conflict, Correction, Dismissal, ReaderReport, SourceDocument
from reports.roles import ADMINS, EDITORS
from tests.ingest.conftest import DATA, PEOPLE, STAFF

pytestmark = pytest.mark.django_db

PUBLIC = ("corrections", "finding-history", "report", "report-thanks")
# Addresses to which things are only sent.
SENT_TO = ("desk-move", "desk-discard", "desk-dismiss", "desk-restore")
WITHOUT_ARGUMENTS = (
    *("desk", "desk-next", "desk-bulk", "desk-discard", "desk-dismiss", "desk-dismissals"),
    "corrections",
)
# They lead on: there is nothing to see.
LEADS_ON = {"desk-next": 302}
# Without a choice of findings it says what is missing.
REFUSED = {"desk-bulk": 422}
DESK = tuple(str(pattern.name) for pattern in desk_urls.urlpatterns)
# For admins alone: tests/desk/test_withdrawing.py, tests/desk/test_upload.py
ADMIN = (
    "desk-withdraw",
    "upload",
    "upload-preview",
    "upload-confirm",
    "upload-cancel",
)
NAMES = (*PUBLIC, *(name for name in DESK if name not in ADMIN))
ROLES = ("reader", "clerk", "editor", "admin", "superuser")
# A reader is asked to sign in.
REFUSES = {"reader": 302, "clerk": 403}


@pytest.fixture
def addresses(finding, read):
    """One address of each page, where there is something to show."""
    change(finding, {"heading": "Ours"}, Why(editor="grace"))
    read(STAFF, PEOPLE, DATA, heading="Theirs")
    report = ReaderReport.objects.create(finding=finding, message="Wrong.")
    let_stand = Dismissal.objects.create(reason="inference", target="x", seen="y", editor="grace")
    document = SourceDocument.objects.current().get()
    arguments: dict[str, list[Any]] = {
        "desk-conflict": [Conflict.objects.get().pk],
        "desk-report": [report.pk],
        "desk-document": [document.sha256],
        "desk-unparsed": [document.sha256],
        "desk-section": [finding.section.public_id],
        "desk-assessment": [finding.section.assessment.public_id],
        "desk-restore": [let_stand.pk],
        "desk-revert": [Correction.objects.get().batch],
        **{name: [] for name in WITHOUT_ARGUMENTS},
    }
    return {name: reverse(name, args=arguments.get(name, [finding.public_id])) for name in NAMES}


@pytest.fixture
def browsers(account):
    """A browser for each role. The reader has no account."""
    accounts = {
        "clerk": account("clerk"),
        "editor": account("an-editor", EDITORS),
        "admin": account("an-admin", ADMINS),
        "superuser": User.objects.create_superuser("root"),
    }
    found = {"reader": Client()}
    for role, user in accounts.items():
        found[role] = Client()
        found[role].force_login(user)
    return found


@contextmanager
def rolled_back():
    """What is sent to one address changes nothing for the next."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_reads_every_address(browsers, addresses, role):
    answers = {name: browsers[role].get(url).status_code for name, url in addresses.items()}

    for name, answered in answers.items():
        ordinarily = 405 if name in SENT_TO else (LEADS_ON | REFUSED).get(name, 200)
        wanted = 200 if name in PUBLIC else REFUSES.get(role, ordinarily)
        assert answered == wanted, name


@pytest.mark.parametrize("role", ROLES)
def test_every_role_sends_to_every_address(browsers, addresses, role):
    for name, url in addresses.items():
        with rolled_back():
            response = browsers[role].post(url)
        if name in PUBLIC:
            assert response.status_code == (422 if name == "report" else 405), name
        elif role in REFUSES:
            assert response.status_code == REFUSES[role], name
        else:
            assert response.status_code != 403, name
            assert "login" not in response.headers.get("Location", ""), name


def test_visitors_who_have_not_signed_in_are_asked_to_and_come_back(addresses):
    for name, url in addresses.items():
        if name not in PUBLIC:
            response = Client().get(url)
            assert response.headers["Location"] == f"{reverse('sign-in')}?next={url}"


@pytest.mark.parametrize("role", ["reader", "clerk"])
def test_those_who_may_not_correct_change_nothing(browsers, addresses, role):
    before = Correction.objects.count()
    values = {"text": "x", "seen": "{}", "step": "save", "status": "stands", "answer": "keep"}

    for name, url in addresses.items():
        if name not in PUBLIC:
            browsers[role].post(url, values)

    assert Correction.objects.count() == before
    assert Conflict.objects.exists()
    assert Dismissal.objects.count() == 1
    assert ReaderReport.objects.waiting().exists()


@pytest.mark.parametrize(
    ("role", "permission", "allowed"),
    [
        (EDITORS, "reports.add_correction", True),
        (EDITORS, "reports.view_finding", True),
        (EDITORS, "reports.change_readerreport", True),
        (EDITORS, "reports.change_correction", False),
        (EDITORS, "reports.delete_finding", False),
        (EDITORS, "reports.add_sourcedocument", False),
        (EDITORS, "auth.change_user", False),
        (ADMINS, "reports.add_correction", True),
        (ADMINS, "reports.add_sourcedocument", True),
        (ADMINS, "auth.add_user", True),
        (ADMINS, "reports.delete_finding", False),
    ],
)
def test_what_the_roles_may(account, role, permission, allowed):
    assert account("somebody", role).has_perm(permission) == allowed


def test_both_roles_are_there_after_every_migrate(db):
    assert set(Group.objects.values_list("name", flat=True)) >= {EDITORS, ADMINS}


def test_no_page_of_the_desk_is_open_by_mistake():
    """Every address below /desk/, including a new one, refuses who may not open it."""
    assert all(hasattr(pattern.callback, "__wrapped__") for pattern in desk_urls.urlpatterns)
    assert get_resolver().reverse_dict.getlist("desk")
