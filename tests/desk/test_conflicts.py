"""The page of a conflict shows three values side by side, and each answer takes one click."""

import pytest
from django.urls import reverse

from reports.corrections import Why, change
from reports.desk.queue import REASON_BY_SLUG
from reports.models import Conflict, Correction, Finding
from tests.desk.support import submit
from tests.ingest.conftest import DATA, PEOPLE, STAFF

pytestmark = pytest.mark.django_db

HEADING = "Learning from feedback"


@pytest.fixture
def conflict(finding, read):
    """An editor wrote "Ours", and the report was read again with "Theirs"."""
    change(finding, {"heading": "Ours"}, Why(editor="grace", note="As on page 2"))
    read(STAFF, PEOPLE, DATA, heading="Theirs")
    return Conflict.objects.get()


@pytest.fixture
def url(conflict):
    return reverse("desk-conflict", args=[conflict.pk])


def test_all_three_values_stand_side_by_side(ada, url):
    page = ada.get(url).text

    for words in ("What was read before", HEADING, "Theirs", "Ours", "grace", "As on page 2"):
        assert words in page


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        ("keep", ("Ours", "keep", "ada")),
        ("take", ("Theirs", "edit", "ada")),
        ("write", ("A third", "edit", "ada")),
    ],
)
def test_one_click_answers(ada, finding, url, answer, outcome):
    submit(ada, url, heading="A third", answer=answer)

    finding.refresh_from_db()
    last = Correction.objects.last()
    assert (finding.heading, last.action, last.editor) == outcome
    assert not Conflict.objects.exists()


def test_writing_what_readers_see_keeps_it(ada, url):
    submit(ada, url, heading="Ours", answer="write")

    assert not Conflict.objects.exists()
    assert Correction.objects.last().action == "keep"


@pytest.mark.parametrize("answer", ["keep", "take", "write"])
def test_an_answer_to_what_has_changed_since_is_refused(ada, finding, url, answer):
    opened = ada.get(url)
    change(finding, {"heading": "Changed again"}, Why(editor="grace"))
    conflict = Conflict.objects.first()
    if conflict is None:
        assert submit(ada, url, opened, answer=answer).status_code == 404
    else:
        assert submit(ada, url, opened, answer=answer).status_code == 409
    finding.refresh_from_db()
    assert finding.heading == "Changed again"


def test_an_answer_that_is_none_changes_nothing(ada, url):
    assert submit(ada, url, answer="perhaps").status_code == 422
    assert Conflict.objects.exists()


def test_a_finding_that_left_the_report_can_be_published_again(ada, finding, read):
    change(finding, {"text": "What an editor made of it."}, Why(editor="grace"))
    read(PEOPLE, DATA)
    conflict = Conflict.objects.get(field="status")

    submit(ada, reverse("desk-conflict", args=[conflict.pk]), status="published", answer="write")

    assert Finding.objects.published().filter(text="What an editor made of it.").exists()
    assert not Conflict.objects.filter(field="status").exists()


def test_the_queue_names_whose_it_is_and_the_words(ada, conflict, django_assert_num_queries):
    with django_assert_num_queries(2):  # the conflicts, and what each one is about
        [item] = REASON_BY_SLUG["conflicts"].items(0, 9)

    assert item.title == "Barnet: Learning, improvement and innovation, finding 1: heading"
    assert item.detail == "Readers see “Ours”; the report now says “Theirs”."
