"""Each reason to wait finds its items, and no longer lists those that were decided."""

import pytest

from reports.corrections import Why, change, promote, settle
from reports.desk import queue
from reports.models import (
    Assessment,
    Conflict,
    Dismissal,
    Finding,
    Problem,
    ReaderReport,
    Section,
    SourceDocument,
)
from tests.ingest.conftest import PEOPLE, STAFF, report_text, write
from tests.support.ingesting import ingest

__all__ = ["write"]

pytestmark = pytest.mark.django_db

BARNET = "London Borough of Barnet"
LOST = "Words that stand where no finding can."
WHY = Why(editor="ada")


def waiting(slug):
    reason = queue.REASON_BY_SLUG[slug]
    found = reason.items(0, 100)
    assert len(found) == reason.count()
    return found


@pytest.fixture
def barnet(write):
    ingest(write("barnet.txt", report_text(STAFF, PEOPLE, title=BARNET)))
    return Assessment.objects.get()


def test_nothing_waits_in_an_empty_database():
    assert {count for _, count in queue.counts()} == {0}


def test_an_assessment_waits_for_its_authority(write):
    ingest(write("unknown.txt", report_text(STAFF)))
    found = Assessment.objects.get()
    assert [item.url for item in waiting("unidentified")] == [queue.address_of(found)]

    change(found, {"authority": "barnet"}, WHY)

    assert waiting("unidentified") == []


def test_a_conflict_waits(barnet, write):
    change(Finding.objects.get(text=STAFF), {"heading": "Ours"}, WHY)
    ingest(write("barnet.txt", report_text(STAFF, PEOPLE, title=BARNET, heading="Theirs")))

    assert [item.title for item in waiting("conflicts")] == [
        "Barnet: Learning, improvement and innovation, finding 1: heading"
    ]

    Conflict.objects.all().delete()

    assert waiting("conflicts") == []


def test_a_disagreement_waits_until_a_score_is_decided(barnet):
    section = Section.objects.get()
    message = f"{section.name}: one source says 2, but another says 3."
    Problem.objects.create(
        assessment=barnet,
        code="score-disagreement",
        statement=section.statement,
        message=message,
    )
    assert waiting("disagreements") == []

    Section.objects.update(score=None)
    assert [item.detail for item in waiting("disagreements")] == [message]

    change(section, {"score": 3}, WHY)
    assert waiting("disagreements") == []


@pytest.mark.parametrize("code", ["percent-arithmetic", "rating-arithmetic"])
def test_arithmetic_that_does_not_fit_waits(barnet, code):
    Problem.objects.create(assessment=barnet, code=code, message="Does not fit.")

    assert [item.detail for item in waiting("arithmetic")] == ["Does not fit."]


def test_text_that_was_not_understood_waits_until_all_of_it_is_findings(barnet):
    document = SourceDocument.objects.get()
    document.unparsed = len(LOST.replace(" ", ""))
    document.save()
    assert [item.title for item in waiting("unparsed")] == [document.name]

    made = promote(Section.objects.get(), LOST, "", 0, WHY)
    assert waiting("unparsed") == []

    change(made, {"text": f"{LOST} Some more of them."}, WHY)
    assert waiting("unparsed") == []

    change(made, {"status": "not-a-finding"}, WHY)
    assert len(waiting("unparsed")) == 1


def test_a_problem_of_a_document_waits_until_its_field_is_set(barnet):
    document = SourceDocument.objects.get()
    for code in ("date-conflict", "authority-conflict", "score-missing", "unparsed"):
        Problem.objects.create(document=document, code=code, message=code)
    section = Section.objects.get()

    def codes():
        return {item.detail for item in waiting("documents")}

    assert codes() == {"date-conflict", "authority-conflict", "score-missing"}
    change(barnet, {"published": "2025-02"}, WHY)
    assert codes() == {"authority-conflict", "score-missing"}
    change(barnet, {"authority": "brent"}, WHY)
    assert codes() == {"score-missing"}
    change(section, {"score": 4}, WHY)
    assert codes() == set()


def label(finding, topics, evidence):
    finding.topics, finding.evidence = topics, evidence
    finding.save()


def test_a_finding_without_topic_or_evidence_waits_until_an_editor_has_decided(barnet):
    first, second = Finding.objects.all()
    label(first, topics=["complaints"], evidence=["people"])
    label(second, topics=["complaints"], evidence=["people"])
    assert waiting("inference") == []

    label(first, topics=[], evidence=["people"])
    label(second, topics=["complaints"], evidence=[])
    titles = [item.title.rpartition(": ")[2] for item in waiting("inference")]
    assert titles == ["no topic", "no evidence category"]

    change(first, {"topics": ["training"]}, WHY)
    assert [item.finding for item in waiting("inference")] == [second.public_id]


def test_a_readers_report_waits_for_an_answer(barnet):
    report = ReaderReport.objects.create(finding=Finding.objects.earliest("pk"), message="Wrong.")
    assert [item.detail for item in waiting("reader-reports")] == ["Wrong."]

    report.status = ReaderReport.Status.STANDS
    report.save()
    assert waiting("reader-reports") == []


def test_the_next_item_follows_and_the_first_follows_the_last(barnet):
    finding = Finding.objects.earliest("pk")
    reports = [ReaderReport.objects.create(finding=finding, message=m) for m in "abc"]
    reason = queue.REASON_BY_SLUG["reader-reports"]

    assert reason.after(reports[0].pk).detail == "b"
    assert reason.after(reports[2].pk).detail == "a"

    ReaderReport.objects.exclude(message="a").delete()
    assert reason.after(reports[0].pk) is None


def test_a_listing_goes_from_one_reason_to_the_next(barnet):
    for finding in Finding.objects.all():
        label(finding, topics=[], evidence=["people"])
    ReaderReport.objects.create(finding=Finding.objects.earliest("pk"), message="Wrong.")
    listing = queue.Listing(queue.counts())

    reasons = [item.reason.slug for item in listing[0:10]]

    assert len(listing) == 3
    assert reasons == ["inference", "inference", "reader-reports"]
    assert [item.reason.slug for item in listing[2:3]] == ["reader-reports"]


def test_what_is_marked_as_correct_leaves_the_queue_until_it_changes(barnet):
    Problem.objects.create(assessment=barnet, code="percent-arithmetic", message="Does not fit.")
    [item] = waiting("arithmetic")
    [(target, seen)] = item.reason.seen_of(item.reason.waiting())
    assert (target, seen) == (barnet.public_id, "Does not fit.")

    Dismissal.objects.create(reason="arithmetic", target=target, seen=seen, editor="ada")
    assert waiting("arithmetic") == []

    Problem.objects.update(message="Does not fit in another way.")
    assert [item.detail for item in waiting("arithmetic")] == ["Does not fit in another way."]


@pytest.mark.parametrize("reason", [r for r in queue.REASONS if r.target], ids=lambda r: r.slug)
def test_every_reason_says_what_an_editor_sees(reason, barnet):
    """Every reason names columns that its rows have."""
    assert reason.seen_of(reason.waiting()) is not None


def test_a_percentage_that_sources_disagree_about_waits_until_it_is_decided(barnet):
    barnet.outcomes.create(document=SourceDocument.objects.get(), percent=60)
    barnet.outcomes.create(percent=62)
    settle(barnet)
    assert len(waiting("disagreements")) == 1

    change(barnet, {"percent": 62}, WHY)
    settle(Assessment.objects.get(pk=barnet.pk))

    assert waiting("disagreements") == []
    assert Assessment.objects.get(pk=barnet.pk).percent == 62
