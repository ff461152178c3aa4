"""Every role is tried at every address of the desk."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, User
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


def expected(role, name, method):
    if name in PUBLIC:
        read_only = method == "post" and name != "report"
        return 405 if read_only else {"get": 200, "post": 422}[method]
    if role == "reader":
        return 302
    if role == "clerk":
        return 403
    return None


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("role", ROLES)
def test_every_role_at_every_address(browsers, addresses, role, name, method):
    response = getattr(browsers[role], method)(addresses[name])

    wanted = expected(role, name, method)
    if wanted is not None:
        assert response.status_code == wanted
    elif method == "get":
        ordinarily = 405 if name in SENT_TO else (LEADS_ON | REFUSED).get(name, 200)
        assert response.status_code == ordinarily
    else:
        assert response.status_code != 403
        assert "login" not in response.headers.get("Location", "")


@pytest.mark.parametrize("name", [name for name in NAMES if name not in PUBLIC])
def test_who_has_not_signed_in_is_asked_to_and_comes_back(addresses, name):
    response = Client().get(addresses[name])

    assert response.headers["Location"] == f"{reverse('sign-in')}?next={addresses[name]}"


@pytest.mark.parametrize("role", ["reader", "clerk"])
def test_who_may_not_correct_changes_nothing(browsers, addresses, role):
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
