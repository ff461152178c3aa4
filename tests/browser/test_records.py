"""What axe finds on the pages of /admin/ that are ours, and on those that show what was withdrawn or
released, in light, dark and forced colours."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from reports.models import Finding, SourceDocument
from reports.releases import build
from tests.support.seeds import MadeOnce

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def seeded(live_server: object, seeded_once: MadeOnce) -> None:
    seeded_once.put()


@pytest.fixture
def administrators_page(new_page, live_server):
    client = Client()
    client.force_login(User.objects.create_superuser("ada"))
    session = client.cookies["sessionid"].value
    page = new_page()
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return page


def test_pages_of_the_records(administrators_page, faults_in_every_look):
    finding = Finding.objects.earliest("pk")
    faults = {}
    for address in (
        reverse("admin:index"),
        reverse("admin:reports_finding_changelist"),
        reverse("admin:reports_finding_change", args=[finding.pk]),
        reverse("admin:reports_assessment_changelist") + "?q=harrow",
        reverse("admin:auth_user_add"),
        reverse("second-factor-set-up"),
        reverse("change-password"),
    ):
        administrators_page.goto(address)
        if found := faults_in_every_look(administrators_page):
            faults[address] = found

    assert faults == {}


def test_what_was_withdrawn_and_what_was_released(
    new_page, faults_in_every_look, settings, tmp_path
):
    settings.RELEASES_DIR = tmp_path / "releases"
    build(settings.RELEASES_DIR, "https://example.org", "first")
    document = SourceDocument.objects.current().earliest("pk")
    SourceDocument.objects.filter(pk=document.pk).update(withdrawn=True)
    page = new_page(phone=True)

    page.goto(reverse("data"))
    released = faults_in_every_look(page)
    answer = page.goto(document.get_absolute_url())

    assert page.get_by_role("heading", name="This document was withdrawn").is_visible()
    assert (answer.status, released, faults_in_every_look(page)) == (410, [], [])
