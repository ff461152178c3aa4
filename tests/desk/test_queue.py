"""The queue shows its reasons with counts, and leads from one item to the next."""

import pytest
from django.urls import reverse

from reports.corrections import Why, change, revert
from reports.desk.queue import REASON_BY_SLUG, address_of
from reports.models import Finding, Problem, ReaderReport
from tests.desk.support import look_and_save
from tests.support.html import hrefs

pytestmark = pytest.mark.django_db


@pytest.fixture
def reports(finding):
    return [ReaderReport.objects.create(finding=finding, message=f"Report {n}") for n in range(30)]


def test_every_reason_is_listed_with_its_count(ada, reports):
    page = ada.get(reverse("desk")).text

    assert all(reason.label in page for reason in REASON_BY_SLUG.values())
    assert '<span>Reports from readers</span> <span class="count">30</span>' in page


def test_one_reason_is_shown_in_pages(ada, reports):
    page = ada.get(reverse("desk"), {"reason": "reader-reports", "page": 2})

    assert [item.detail for item in page.context["page"]] == [f"Report {n}" for n in range(25, 30)]
    assert hrefs(page, ".pagination a") == ["?reason=reader-reports"] * 2 + [
        "?reason=reader-reports&page=2"
    ]


@pytest.mark.parametrize("params", [{"reason": "nonsense"}, {"page": "x"}, {"page": "999"}])
def test_a_bad_parameter_is_not_an_error(ada, reports, params):
    assert ada.get(reverse("desk"), params).status_code == 200


def test_after_saving_comes_the_next_item_of_the_same_reason(ada, finding):
    Finding.objects.update(topics=[], evidence=[], untagged=True)
    first, second, _ = REASON_BY_SLUG["inference"].items(0, 3)

    saved = look_and_save(ada, first.address, topics=["training"])
    onwards = ada.get(saved.url)

    assert onwards.url == second.address
    assert f"{second.url}?queue=inference&amp;at={second.key}" in ada.get(onwards.url).text


def test_an_item_can_be_skipped(ada, reports):
    items = REASON_BY_SLUG["reader-reports"].items(0, 2)

    page = ada.get(items[0].address)

    assert f"{reverse('desk-next')}?queue=reader-reports&amp;at={items[0].key}" in page.text


def test_at_the_end_the_queue_says_so(ada, finding):
    page = ada.get(reverse("desk-next"), {"queue": "conflicts", "at": "1"}, follow=True)

    assert "No more items wait here: conflicts." in page.text


@pytest.mark.parametrize("at", ["x", "", "-1", "9" * 30, "²"])
def test_a_place_that_is_none_leads_to_the_queue(ada, finding, at):
    assert ada.get(reverse("desk-next"), {"queue": "conflicts", "at": at}).url == reverse("desk")
    assert ada.get(address_of(finding), {"queue": "conflicts", "at": at}).status_code == 200


def test_the_queue_takes_few_queries(ada, reports, django_assert_max_num_queries):
    with django_assert_max_num_queries(24):
        ada.get(reverse("desk"))


def test_an_item_stays_until_all_that_is_missing_is_there_and_comes_back_when_undone(ada, finding):
    Finding.objects.update(topics=["training"], evidence=["partners"], untagged=False)
    why = Why(editor="ada")
    change(finding, {"topics": [], "evidence": []}, why)
    reason = REASON_BY_SLUG["inference"]
    assert reason.count() == 1

    change(finding, {"topics": ["training"]}, Why(editor="ada"))
    assert reason.count() == 1
    change(finding, {"evidence": ["partners"]}, done := Why(editor="ada"))
    assert reason.count() == 0
    revert(done.batch, Why(editor="ada", reverts=done.batch))
    assert reason.count() == 1


def test_a_problem_comes_back_when_its_correction_is_undone(ada, finding):
    document = finding.paragraph.document
    Problem.objects.create(document=document, code="score-unclear", message="A score of 7.")
    reason = REASON_BY_SLUG["documents"]
    assert reason.count() == 1

    change(finding.section, {"score": 3}, done := Why(editor="ada"))
    assert reason.count() == 0
    revert(done.batch, Why(editor="ada", reverts=done.batch))

    assert reason.count() == 1
