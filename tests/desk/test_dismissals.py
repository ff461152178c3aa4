"""An item that is marked as correct leaves the queue without a change, and can be put back."""

import pytest
from django.urls import reverse

from reports.desk import queue
from reports.models import Correction, Dismissal, Finding, Problem
from tests.desk.support import fields
from tests.ingest.conftest import PEOPLE, STAFF

pytestmark = pytest.mark.django_db

ARITHMETIC = queue.REASON_BY_SLUG["arithmetic"]
INFERENCE = queue.REASON_BY_SLUG["inference"]


@pytest.fixture
def misfits(finding):
    """Two problems of one assessment."""
    return [
        Problem.objects.create(
            assessment=finding.section.assessment, code="percent-arithmetic", message=message
        )
        for message in ("Does not fit.", "Does not fit either.")
    ]


def let_stand(client, item, **values):
    form = fields(client.get(item.address), holding="note")
    url = reverse("desk-dismiss") + f"?queue={item.reason.slug}&at={item.key}"
    return client.post(url, form | values)


def test_an_item_is_let_stand_and_the_next_one_comes(ada, misfits):
    first, second = ARITHMETIC.items(0, 9)

    response = let_stand(ada, first, note="Printed so.")

    assert ada.get(response.url).url == second.address
    assert ARITHMETIC.items(0, 9) == [second]
    made = Dismissal.objects.get()
    assert (made.editor, made.note, made.seen) == ("ada", "Printed so.", "Does not fit.")
    assert not Correction.objects.exists()


def test_what_has_changed_meanwhile_is_not_marked_as_correct(ada, misfits):
    item, _ = ARITHMETIC.items(0, 9)
    Problem.objects.filter(pk=item.key).update(message="Quite another thing.")

    response = let_stand(ada, item, seen="Does not fit.")

    assert not Dismissal.objects.exists()
    assert "not marked as correct" in ada.get(response.url, follow=True).text


def test_it_can_wait_again(ada, misfits):
    let_stand(ada, ARITHMETIC.items(0, 1)[0])
    page = ada.get(reverse("desk-dismissals"))
    assert "Does not fit." in page.text

    ada.post(reverse("desk-restore", args=[Dismissal.objects.get().pk]))

    assert ARITHMETIC.count() == 2


def test_several_findings_are_marked_as_correct_at_once(ada, read):
    read("Nothing of note here.", "Nor was there anything here.", PEOPLE)
    items = INFERENCE.items(0, 9)
    plain = [item.finding for item in items]
    assert len(plain) >= 2

    ada.post(reverse("desk-dismiss"), ticked(items, plain[:2]))

    assert [item.finding for item in INFERENCE.items(0, 9)] == plain[2:]
    assert set(Dismissal.objects.values_list("seen", flat=True)) == set(
        Finding.objects.filter(public_id__in=plain[:2]).values_list("text", flat=True)
    )


def test_items_that_changed_meanwhile_stay_in_the_queue(ada, read):
    read("Nothing of note here.", "Nor was there anything here.", PEOPLE)
    items = INFERENCE.items(0, 9)
    first, second = [item.finding for item in items][:2]
    Finding.objects.filter(public_id=first).update(text="Something else now.")

    ada.post(reverse("desk-dismiss"), ticked(items, [first, second]))

    assert [dismissal.target for dismissal in Dismissal.objects.all()] == [second]
    assert first in [item.finding for item in INFERENCE.items(0, 9)]


def ticked(items, chosen):
    """What the form of the queue sends: what each item looked like, and which are selected."""
    seen = {f"seen-{item.finding}": item.seen for item in items}
    return {"queue": "inference", "finding": chosen} | seen


@pytest.mark.parametrize(
    "values", [{}, {"queue": "nonsense"}, {"queue": "unidentified"}, {"queue": "unparsed"}]
)
def test_what_cannot_be_marked_as_correct_is_not(ada, read, values):
    read(STAFF, title="")

    response = ada.post(reverse("desk-dismiss"), values)

    assert response.url == reverse("desk")
    assert not Dismissal.objects.exists()


def test_an_item_that_must_be_decided_offers_no_other_way(ada, read):
    read(STAFF, title="")
    [item] = queue.REASON_BY_SLUG["unidentified"].items(0, 9)

    assert "Mark as correct" not in ada.get(item.address).text


def test_problems_with_one_message_are_let_stand_one_by_one(ada, finding):
    document = finding.paragraph.document
    for line in (3, 11):
        Problem.objects.create(document=document, code="odd", message="Something odd.", line=line)
    problems = queue.REASON_BY_SLUG["documents"]
    first, second = problems.items(0, 9)

    let_stand(ada, first)

    assert problems.items(0, 9) == [second]


def test_a_note_may_hold_anything(ada, misfits):
    let_stand(ada, ARITHMETIC.items(0, 1)[0], note="a\x00b")

    assert Dismissal.objects.get().note == "ab"
