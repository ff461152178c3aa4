"""What axe finds in /admin/, in light, dark and forced colours."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from reports.models import Finding
from tests.support.seeds import MadeOnce

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def seeded(live_server: object, seeded_once: MadeOnce) -> None:
    seeded_once.put()


# Django's templates break a recommendation of axe's: only WCAG's own rules are asked.
WCAG = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
}


@pytest.fixture
def administrators_page(browser, live_server):
    """Not one of `new_page`: axe gives some of Django's controls a style for a moment, which the
    Content Security Policy refuses and `new_page` would take for a fault of the page."""
    client = Client()
    client.force_login(User.objects.create_superuser("ada"))
    session = client.cookies["sessionid"].value
    with browser.new_context(base_url=live_server.url, locale="en-GB") as context:
        context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
        yield context.new_page()


def test_pages_of_the_records(administrators_page, faults_in_every_look):
    finding = Finding.objects.earliest("pk")
    faults = []
    for address in (
        reverse("admin:index"),
        reverse("admin:reports_finding_changelist"),
        reverse("admin:reports_finding_change", args=[finding.pk]),
        reverse("admin:auth_user_add"),
        reverse("change-password"),
    ):
        administrators_page.goto(address)
        faults += [f"{address}: {each}" for each in faults_in_every_look(administrators_page, WCAG)]

    assert faults == []
