"""Editors can withdraw a document that was uploaded by mistake."""

import pytest
from django.urls import reverse

from reports.corrections import change
from reports.corrections.why import Why
from reports.models import Correction, Finding, ReaderReport, SourceDocument
from tests.desk.support import submit
from tests.ingest.conftest import PEOPLE, STAFF

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(finding) -> SourceDocument:
    return SourceDocument.objects.get()


@pytest.fixture
def address(document) -> str:
    return reverse("desk-withdraw", args=[document.sha256])


def test_the_preview_says_what_leaves_and_changes_nothing(boss, address, finding):
    change(finding, {"heading": "Ours"}, Why(editor="ada"))
    ReaderReport.objects.create(finding=finding, message="Wrong.")

    page = boss.get(address).text

    assert "3 findings, of which editors have corrected 1." in page
    assert "Nothing else is held of the assessment of Barnet" in page
    assert "1 reader report about these findings waits for an answer." in page
    assert Finding.objects.published().count() == 3


def test_a_withdrawal_is_confirmed_on_the_page_and_undone_as_one(boss, address, document):
    done = submit(boss, address, reason="factual", note="A draft.")

    assert done.url == reverse("desk-document", args=[document.sha256])
    page = boss.get(done.url).text
    assert "This document is withdrawn." in page
    assert "A draft." in page
    assert Finding.objects.published().count() == 0

    batch = Correction.objects.get().batch
    undo = reverse("desk-revert", args=[batch])
    assert undo in page
    assert submit(boss, undo, reason="factual").status_code == 302
    assert Finding.objects.published().count() == 3
    assert "This document is withdrawn." not in boss.get(done.url).text


def test_what_is_not_shown_does_not_leave(boss, address, read, finding):
    page = boss.get(address)
    other = Finding.objects.get(text=PEOPLE)
    change(other, {"status": "not-a-finding"}, Why(editor="ada"))

    answer = submit(boss, address, page, reason="factual")

    assert answer.status_code == 409
    assert "Look at it again." in answer.text
    assert Finding.objects.published().count() == 2


def test_only_admins_withdraw_and_undo_it(ada, boss, client, address, document):
    assert (client.get(address).status_code, ada.get(address).status_code) == (302, 403)
    assert ada.post(address, {"reason": "factual", "previewed": "3"}).status_code == 403
    assert address not in ada.get(reverse("desk-document", args=[document.sha256])).text
    assert Finding.objects.published().count() == 3

    submit(boss, address, reason="factual")
    undo = reverse("desk-revert", args=[Correction.objects.get().batch])
    assert ada.post(undo, {"reason": "factual"}).status_code == 403
    assert Finding.objects.published().count() == 0


def test_a_document_that_is_withdrawn_or_replaced_offers_no_withdrawal(
    boss, address, document, read
):
    submit(boss, address, reason="factual")
    assert boss.get(address).url == reverse("desk-document", args=[document.sha256])
    read(STAFF, PEOPLE, "Another paragraph that CQC printed.")
    assert boss.get(address).status_code == 404


def test_readers_see_nothing_of_it_and_editors_do(boss, ada, client, address, document):
    finding = Finding.objects.get(text=STAFF)
    pages = [
        finding.get_absolute_url(),
        finding.section.get_absolute_url(),
        document.get_absolute_url(),
        reverse("source-original", args=[document.sha256]),
        reverse("finding-history", args=[finding.public_id]),
    ]
    submit(boss, address, reason="factual")

    answers = [client.get(page) for page in pages]

    assert [answer.status_code for answer in answers] == [410] * len(pages)
    assert not any(STAFF in answer.text for answer in answers)
    for_editors = [page for page in pages if not page.endswith("original")]
    assert [ada.get(page).status_code for page in for_editors] == [200] * len(for_editors)
    assert client.get(reverse("report", args=[finding.public_id])).status_code == 404
    assert client.get(f"/api/v1/findings/{finding.public_id}").status_code == 404
    for ending in ("ris", "bib", "csl.json"):
        assert client.get(f"{finding.get_absolute_url()}cite.{ending}").status_code == 404
    assert STAFF not in client.get("/findings.csv").getvalue().decode()
    assert STAFF not in client.get(reverse("findings")).text


def test_the_public_record_says_that_it_was_withdrawn(boss, client, address, document):
    submit(boss, address, reason="factual")
    page = client.get(reverse("corrections"), {"authority": "barnet", "action": "withdraw"}).text
    assert document.name in page
    assert "Withdrawn" in page
