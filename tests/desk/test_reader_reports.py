"""Readers can report errors without an account, up to a limit, and editors answer them."""

import pytest
from django.test import Client
from django.urls import reverse

from reports.models import Finding, ReaderReport
from tests.desk.support import fields, look_and_save
from tests.ingest.conftest import PEOPLE

pytestmark = pytest.mark.django_db


@pytest.fixture
def url(finding):
    return reverse("report", args=[finding.public_id])


def test_a_report_lands_with_the_exact_place_and_nothing_about_the_reader(client, finding, url):
    page = client.post(url, {"words": " good\r\naccess ", "message": "It was poor."}, follow=True)

    report = ReaderReport.objects.get()
    assert "Thank you" in page.text
    assert (report.finding, report.words, report.message) == (
        finding,
        "good access",
        "It was poor.",
    )
    assert {field.name for field in ReaderReport._meta.fields} == {
        "id", "finding", "words", "message", "status", "created_at",
        "answer", "answered_by", "answered_at",
    }  # fmt: skip


def test_a_reader_needs_the_token_of_the_page(url):
    browser = Client(enforce_csrf_checks=True)
    assert browser.post(url, {"message": "x"}).status_code == 403

    page = browser.get(url)
    token = browser.cookies["csrftoken"].value
    values = {**fields(page, "message"), "message": "x", "csrfmiddlewaretoken": token}

    assert browser.post(url, values).status_code == 302


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"message": ""}, "Write what is wrong."),
        ({"message": "x" * 2001}, "at most 2000"),
        ({"message": "x", "words": PEOPLE}, "does not contain these words"),
    ],
)
def test_mistakes_are_named_and_nothing_is_lost(client, url, values, said):
    page = client.post(url, values)

    assert page.status_code == 422
    assert said in page.text
    assert values["message"] in page.text
    assert not ReaderReport.objects.exists()


def test_a_program_that_fills_in_everything_is_thanked_and_forgotten(client, url):
    response = client.post(url, {"message": "Buy now", "website": "http://example.org"})

    assert response.status_code == 302
    assert not ReaderReport.objects.exists()


def test_a_reader_sends_twenty_reports_an_hour(client, url):
    for _ in range(20):
        assert client.post(url, {"message": "x"}).status_code == 302
        ReaderReport.objects.all().delete()

    assert client.post(url, {"message": "x"}).status_code == 429
    assert Client().post(url, {"message": "x"}).status_code == 302


def test_what_others_report_keeps_nobody_from_reporting(url, read):
    read("Another finding of another report.", title="London Borough of Brent")
    other = Finding.objects.get(text__startswith="Another finding")
    ReaderReport.objects.bulk_create(ReaderReport(finding=other, message="x") for _ in range(500))

    assert Client().post(url, {"message": "x"}).status_code == 302


def test_a_reader_who_only_reads_gets_no_session(client, url):
    client.get(url)

    assert "sessionid" not in client.cookies


@pytest.fixture
def report(finding):
    return ReaderReport.objects.create(
        finding=finding, words="good access", message="<b>Poor</b> access."
    )


def test_an_editor_sees_the_report_with_its_place(ada, report):
    page = ada.get(reverse("desk-report", args=[report.pk])).text

    assert "<mark>good access</mark>" in page
    assert "&lt;b&gt;Poor" in page


def test_an_answer_is_kept_with_who_and_when(ada, report):
    url = reverse("desk-report", args=[report.pk])

    ada.post(url, {"status": "corrected", "answer": "Thank you."})

    report.refresh_from_db()
    assert (report.status, report.answer, report.answered_by) == ("corrected", "Thank you.", "ada")
    assert report.answered_at is not None


@pytest.mark.parametrize(
    "values", [{"status": "stands"}, {"answer": "x"}, {"status": "waiting", "answer": "x"}]
)
def test_an_answer_needs_words_and_an_outcome(ada, report, values):
    assert ada.post(reverse("desk-report", args=[report.pk]), values).status_code == 422
    assert ReaderReport.objects.waiting().exists()


def test_the_second_answer_is_refused(ada, grace, report):
    url = reverse("desk-report", args=[report.pk])
    grace.post(url, {"status": "stands", "answer": "Grace was first."})

    refused = ada.post(url, {"status": "corrected", "answer": "Ada."})

    assert refused.status_code == 409
    assert "Grace was first." in refused.text
    report.refresh_from_db()
    assert report.answered_by == "grace"


def test_a_report_keeps_its_place_through_the_correction(ada, finding):
    report = ReaderReport.objects.create(finding=finding, message="Wrong.")
    there = f"{reverse('desk-report', args=[report.pk])}?queue=reader-reports&at={report.pk}"
    correct = (
        f"{reverse('desk-finding', args=[finding.public_id])}?queue=reader-reports&at={report.pk}"
    )
    assert correct.replace("&", "&amp;") in ada.get(there).text

    saved = look_and_save(ada, correct, heading="Another heading")

    assert saved.url == there


def test_spam_is_discarded_together_and_readers_see_no_answer(ada, client, finding):
    reports = [ReaderReport.objects.create(finding=finding, message=f"Buy {n}.") for n in range(3)]
    queue_page = reverse("desk") + "?reason=reader-reports"
    assert "Discard the selected reports as spam" in ada.get(queue_page).text

    ada.post(reverse("desk-discard"), {"report": [reports[0].pk, reports[1].pk, "x", "9" * 40]})

    assert list(ReaderReport.objects.waiting()) == [reports[2]]
    history = client.get(reverse("finding-history", args=[finding.public_id])).text
    assert "Reports from readers" not in history


def test_waiting_reports_do_not_keep_others_from_reporting(client, finding):
    for number in range(12):
        ReaderReport.objects.create(finding=finding, message=f"Report {number}")
    url = reverse("report", args=[finding.public_id])

    assert client.post(url, {"message": "Another error."}).status_code == 302
