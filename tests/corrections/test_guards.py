"""Checks that could be removed without a failure of any other test."""

import io

import pytest

from reports.corrections import Why, change, split
from reports.corrections.exchange import export_corrections, import_corrections
from reports.ingest.published_scores import load_published_scores
from reports.models import Assessment, Dismissal, Finding, IndexChange, Section
from reports.search import catch_up
from tests.corrections.conftest import BARNET
from tests.ingest.conftest import PEOPLE, STAFF, report_text
from tests.ingest.test_published_scores import CAMDEN, HEADING
from tests.support.ingesting import ingest

pytestmark = pytest.mark.django_db


def test_the_index_gets_a_score_that_settles(write):
    ingest(write("camden-0225-theme4-learning.txt", report_text(STAFF, score="")))
    finding = Finding.objects.get()
    catch_up()

    load_published_scores(write("scores.csv", f"{HEADING}\n{CAMDEN.replace('-02-28', '-02')}"))

    assert Section.objects.get(pk=finding.section_id).score == 4
    assert list(IndexChange.objects.values_list("finding", flat=True)) == [finding.public_id]


def test_the_index_gets_nothing_if_no_score_changes(write):
    ingest(write("camden-0225-theme4-learning.txt", report_text(STAFF, score="Score: 4")))
    catch_up()

    load_published_scores(write("scores.csv", f"{HEADING}\n{CAMDEN.replace('-02-28', '-02')}"))

    assert not IndexChange.objects.exists()


@pytest.mark.parametrize(("edited", "left"), [(True, 2), (False, 1)])
def test_an_assessment_that_its_report_leaves_stays_only_if_it_was_edited(write, edited, left):
    path = write("barnet.txt", report_text(STAFF, PEOPLE, title=BARNET))
    ingest(path)
    if edited:
        change(Assessment.objects.get(), {"rating": "good"}, Why(editor="ada"))
    head, title, rest = report_text(STAFF, PEOPLE, title=BARNET).partition("assessment\n\n")

    path.write_text(f"{head}{title}Published: February 2025\n\n{rest}")
    ingest(path)

    assert Assessment.objects.count() == left


def test_the_second_half_of_a_split_stays_where_the_first_was_moved(finding):
    change(finding, {"position": 2}, Why(editor="ada"))
    finding.refresh_from_db()

    second = split(finding, STAFF.index("to training"), Why(editor="ada"))

    assert second.position == 2


def test_items_marked_as_correct_are_the_same_only_if_all_that_was_seen_is(finding):
    for seen in ("One.", "Another."):
        Dismissal.objects.create(
            reason="inference", target=finding.public_id, seen=seen, editor="ada"
        )
    file = io.StringIO()
    export_corrections(file)
    Dismissal.objects.filter(seen="Another.").delete()

    imported = import_corrections(io.StringIO(file.getvalue()))

    assert imported.dismissals == 1
    assert set(Dismissal.objects.values_list("seen", flat=True)) == {"One.", "Another."}
