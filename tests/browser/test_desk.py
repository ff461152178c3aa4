"""The desk in a browser: keyboard alone, without JavaScript, on a phone, and what axe finds."""

import os
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.test import Client
from django.urls import reverse

from reports.corrections import Why, change
from reports.desk.queue import REASON_BY_SLUG, address_of
from reports.models import (
    Conflict,
    Correction,
    Dismissal,
    Finding,
    ReaderReport,
    SourceDocument,
)
from reports.roles import EDITORS, create_roles
from tests.ingest.conftest import DATA, PEOPLE, STAFF, report_text, write
from tests.support.ingesting import ingest

__all__ = ["write"]

pytestmark = pytest.mark.django_db(transaction=True)

SHOTS = os.environ.get("DESK_SCREENSHOTS")


@pytest.fixture
def corrected(write) -> Finding:
    """A finding in conflict, with a history and a report."""
    title = "London Borough of Barnet"
    ingest(write("barnet.txt", report_text(STAFF, PEOPLE, DATA, title=title)))
    ingest(write("unknown.txt", report_text(PEOPLE)))
    finding = Finding.objects.get(text=STAFF)
    grace = Why(editor="grace", reason="factual", note="As on page 2.")
    change(finding, {"heading": "Learning from what people say"}, grace)
    change(finding, {"text": STAFF.replace("good", "poor")}, Why(editor="grace"))
    again = report_text(STAFF, PEOPLE, DATA, title=title, heading="Learning from complaints")
    ingest(write("barnet.txt", again))
    message = "The report says poor access."
    ReaderReport.objects.create(finding=finding, words="training", message=message)
    Dismissal.objects.create(
        reason="inference", target="gone", seen="A finding.", note="No topic fits.", editor="grace"
    )
    for without in Finding.objects.filter(text__in=(PEOPLE, DATA)):
        without.topics = []
        without.save()
    return Finding.objects.get(pk=finding.pk)


@pytest.fixture
def editors_page(new_page, live_server):
    """Makes pages on which an editor is signed in."""
    create_roles("default")
    user = User.objects.create_user("ada", is_staff=True)
    user.groups.set(Group.objects.filter(name=EDITORS))
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"].value

    def make(**options):
        page = new_page(**options)
        cookie = {"name": "sessionid", "value": session, "url": live_server.url}
        page.context.add_cookies([cookie])
        return page

    return make


def pages_of(finding):
    document = SourceDocument.objects.current().earliest("pk").sha256
    return {
        "queue": reverse("desk"),
        "inference": reverse("desk") + "?reason=inference",
        "let-stand": REASON_BY_SLUG["inference"].items(0, 1)[0].address,
        "dismissals": reverse("desk-dismissals"),
        "finding": address_of(finding),
        "split": reverse("desk-split", args=[finding.public_id]),
        "join": reverse("desk-join", args=[finding.public_id]),
        "status": reverse("desk-status", args=[finding.public_id]),
        "conflict": reverse("desk-conflict", args=[Conflict.objects.get().pk]),
        "assessment": address_of(finding.section.assessment),
        "section": address_of(finding.section),
        "document": reverse("desk-document", args=[document]),
        "withdraw": reverse("desk-withdraw", args=[document]),
        "upload": reverse("upload"),
        "bulk": reverse("desk-bulk") + "?q=training",
        "unparsed": reverse("desk-unparsed", args=[document]),
        "answer": reverse("desk-report", args=[ReaderReport.objects.get().pk]),
        "revert": reverse("desk-revert", args=[Correction.objects.latest("pk").batch]),
        "history": reverse("finding-history", args=[finding.public_id]),
        "corrections": reverse("corrections"),
        "report": reverse("report", args=[finding.public_id]),
        "public-finding": finding.get_absolute_url(),
    }


@pytest.mark.parametrize("phone", [False, True])
def test_pages_are_accessible_and_fit(
    editors_page, corrected, axe_violations, faults_in_every_look, phone
):
    page = editors_page(phone=phone)
    faults_of = faults_in_every_look if phone else axe_violations
    faults = []
    for name, url in pages_of(corrected).items():
        page.goto(url)
        if SHOTS:
            size = "phone" if phone else "desktop"
            page.screenshot(path=Path(SHOTS) / f"{name}-{size}.png", full_page=True)
        faults += [f"{name}: {fault}" for fault in faults_of(page)]
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            faults.append(f"{name}: wider than the screen")
    assert faults == []


@pytest.mark.parametrize("javascript", [True, False])
def test_a_finding_is_corrected_by_keyboard_alone(
    editors_page, corrected, faults_in_every_look, javascript
):
    page = editors_page(javascript=javascript)
    page.goto(address_of(corrected))
    page.get_by_label("Text", exact=True).focus()
    page.keyboard.press("Control+End")
    page.keyboard.type(" And more.")
    page.get_by_label("Parsing error").check()
    page.get_by_role("button", name="Show what will change").focus()
    page.keyboard.press("Enter")

    page.get_by_role("heading", name="What will change").wait_for()
    if javascript:
        assert page.evaluate("document.activeElement.id") == "changes"
        if SHOTS:
            page.screenshot(path=Path(SHOTS) / "preview-desktop.png", full_page=True)
        assert faults_in_every_look(page) == []
        page.keyboard.press("Tab")
    else:
        page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")

    page.get_by_text("Saved.").wait_for()
    corrected.refresh_from_db()
    assert corrected.text.endswith(" And more.")


def test_a_mistake_takes_the_focus_and_is_accessible(editors_page, corrected, faults_in_every_look):
    page = editors_page()
    page.goto(address_of(corrected))
    page.get_by_label("Text", exact=True).fill("")
    page.get_by_label("Parsing error").check()
    page.evaluate("document.querySelectorAll('[required]').forEach(f => f.required = false)")
    page.get_by_role("button", name="Show what will change").click()

    page.get_by_role("heading", name="There is a problem").wait_for()
    assert page.evaluate("document.activeElement.className") == "problems"
    assert faults_in_every_look(page) == []
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.name") == "text"


@pytest.mark.parametrize("javascript", [True, False])
def test_an_item_is_let_stand_by_keyboard_alone(
    editors_page, corrected, axe_violations, javascript
):
    inference = REASON_BY_SLUG["inference"]
    [item, *others] = inference.items(0, 9)
    page = editors_page(javascript=javascript)
    page.goto(item.address)

    page.get_by_text("Mark it as correct").focus()
    page.keyboard.press("Enter")
    if javascript:
        assert axe_violations(page) == []
    page.keyboard.press("Tab")
    page.keyboard.type("Nothing fits.")
    page.keyboard.press("Enter")

    page.get_by_text("Marked as correct.").wait_for()
    assert inference.items(0, 9) == others
    assert Dismissal.objects.latest("pk").note == "Nothing fits."
