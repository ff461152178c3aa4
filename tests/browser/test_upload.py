"""Uploading in a browser: choose, look at what would happen, confirm."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse

from reports.models import Finding
from tests.ingest.conftest import PEOPLE, STAFF, report_text

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def own_staging(settings, tmp_path):
    settings.VAR_DIR = tmp_path / "var"


@pytest.mark.parametrize("phone", [False, True])
def test_a_report_is_uploaded_without_javascript(new_page, live_server, phone):
    page = sign_in(new_page(javascript=False, phone=phone), live_server)
    report = report_text(STAFF, PEOPLE, title="London Borough of Barnet").encode()

    page.goto(reverse("upload"))
    page.set_input_files(
        "input[type=file]",
        [
            {"name": "barnet.txt", "mimeType": "text/plain", "buffer": report},
            {"name": "letter.txt", "mimeType": "text/plain", "buffer": b"Dear Sir"},
        ],
    )
    page.click("main form button[type=submit]")
    assert "Barnet" in page.inner_text("main")
    assert not Finding.objects.exists()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.click("main form[action$='confirm/'] button")

    assert "created" in page.inner_text("main").lower()
    assert Finding.objects.count() == 2


@pytest.mark.parametrize("phone", [False, True])
def test_the_pages_of_an_upload_are_accessible(
    new_page, live_server, axe_violations, faults_in_every_look, phone
):
    faults_of = faults_in_every_look if phone else axe_violations
    page = sign_in(new_page(phone=phone), live_server)
    report = report_text(STAFF, PEOPLE, score="Score: 7").encode()

    page.goto(reverse("upload"))
    assert faults_of(page) == []
    page.set_input_files(
        "input[type=file]", [{"name": "x.txt", "mimeType": "text/plain", "buffer": report}]
    )
    page.click("main form button[type=submit]")
    assert faults_of(page) == []
    page.click("main form[action$='confirm/'] button")
    assert faults_of(page) == []


def sign_in(page, live_server):
    client = Client()
    client.force_login(User.objects.create_superuser("ada"))
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    return page
