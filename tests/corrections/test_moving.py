"""The sections of a report move to the assessment of its authority, kind and date in one step."""

import pytest
from django.core.exceptions import ValidationError

from reports.corrections import Why, change, find_or_create_assessment, revert
from reports.corrections.moving import planned_move
from reports.ingest.published_scores import load_published_scores
from reports.models import Assessment, Authority, PublishedOutcome, Section
from tests.corrections.conftest import BARNET
from tests.ingest.conftest import DATA, PEOPLE, STAFF, report_text
from tests.ingest.test_published_scores import CAMDEN, HEADING
from tests.support.correcting import identify
from tests.support.ingesting import ingest

pytestmark = pytest.mark.django_db


@pytest.fixture
def camden(write):
    """Camden's nine published scores, of 28 February 2025."""
    load_published_scores(write("scores.csv", f"{HEADING}\n{CAMDEN}"))
    return Assessment.objects.get()


@pytest.fixture
def unknown(write):
    ingest(write("unknown.txt", report_text(STAFF, score="Score: 4")))
    return Assessment.objects.get(authority=None)


def scores(assessment):
    return sorted(assessment.sections.current().values_list("statement", "score"))


def test_a_report_identified_onto_published_scores_duplicates_no_statement(camden, unknown):
    before = scores(camden)

    change(unknown, {"authority": "camden", "published": "2025-02"}, Why(editor="ada"))

    assert scores(camden) == before
    assert len(before) == 9
    assert camden.sections.current().get(statement="learning").document is not None
    assert not camden.problems.exists()


def test_other_changes_follow_a_report_to_the_assessment_that_it_is_identified_as(camden, unknown):
    values = {"authority": "camden", "published": "2025-02", "rating": "good", "percent": 89}

    written = change(unknown, values, Why(editor="ada"))

    camden.refresh_from_db()
    assert (camden.rating, camden.percent) == ("good", 89)
    assert [row.field for row in written] == ["assessment", "rating"]


def test_a_report_dated_onto_published_scores_duplicates_no_statement(camden, write):
    ingest(write("camden.txt", report_text(STAFF, score="Score: 4", title="Camden Council")))
    undated = Assessment.objects.get(published="")
    before = scores(camden)

    change(undated, {"published": "2025-02"}, Why(editor="ada"))

    assert scores(camden) == before
    assert list(Assessment.objects.holding()) == [camden]


def test_an_undone_identification_leaves_everything_as_it_was(camden, unknown):
    before = (scores(camden), scores(unknown))
    why = Why(editor="ada")
    change(unknown, {"authority": "camden", "published": "2025-02"}, why)

    revert(why.batch, Why(editor="ada", reverts=why.batch))

    assert (scores(camden), scores(unknown)) == before


def test_the_same_report_loaded_afterwards_stays_one_section(camden, unknown, write):
    change(unknown, {"authority": "camden", "published": "2025-02"}, Why(editor="ada"))

    ingest(write("unknown.txt", report_text(STAFF, PEOPLE, score="Score: 4")))
    ingest(write("camden-0225-theme4-learning.txt", report_text(STAFF, PEOPLE, score="Score: 4")))

    assert Section.objects.with_text().get().assessment == camden
    assert len(scores(camden)) == 9


def test_what_cannot_be_joined_is_shown_before_and_queued_after(write):
    ingest(write("known.txt", report_text(PEOPLE, title=BARNET)))
    ingest(write("unknown.txt", report_text(STAFF)))
    unknown = Assessment.objects.get(authority=None)
    barnet = Assessment.objects.get(authority__slug="barnet")

    move = planned_move(unknown, {"authority": "barnet"})
    identify(unknown, Authority.objects.get(slug="barnet"), Why(editor="ada"))

    assert (move.into, [section.statement for section in move.twice]) == (barnet, ["learning"])
    [problem] = barnet.problems.all()
    assert problem.code == "statement-twice"
    assert "“known.txt” and “unknown.txt”" in problem.message


def test_published_scores_do_not_move_without_a_text(camden):
    find_or_create_assessment(camden.authority, "2024", "formal")

    with pytest.raises(ValidationError, match="only published scores"):
        change(camden, {"published": "2024"}, Why(editor="ada"))


def test_neither_of_two_assessments_that_fit_is_guessed(unknown):
    barnet = Authority.objects.get(slug="barnet")
    change(unknown, {"published": "2025"}, Why(editor="ada"))
    for date in ("2025-02", "2025-06"):
        Assessment.objects.create(public_id=date, authority=barnet, published=date)

    assert identify(unknown, barnet, Why(editor="ada")) == unknown
    assert Section.objects.get().assessment == unknown


def test_a_corrected_score_known_before_its_text_is_that_of_the_text(camden, write):
    change(camden.sections.get(statement="learning"), {"score": 2}, Why(editor="ada"))

    ingest(write("camden-0225-theme4-learning.txt", report_text(STAFF, score="Score: 4")))

    learning = camden.sections.current().get(statement="learning")
    assert (learning.document is None, learning.score, learning.parsed_score) == (False, 2, 4)


def test_a_summary_moves_with_the_sections_of_its_document(write, unknown):
    document = Section.objects.get().document
    outcome = PublishedOutcome.objects.create(assessment=unknown, document=document, percent=60)
    ingest(write("known.txt", report_text(DATA, title=BARNET, statement="Assessing needs")))
    barnet = Assessment.objects.get(authority__slug="barnet")

    change(unknown, {"authority": "barnet"}, Why(editor="ada"))

    outcome.refresh_from_db()
    barnet.refresh_from_db()
    assert (outcome.assessment, barnet.percent) == (barnet, 60)


def test_an_edited_date_is_not_made_more_precise(camden):
    change(camden, {"published": "2025-02"}, Why(editor="ada"))

    assert find_or_create_assessment(camden.authority, "2025-02-14", "formal") == camden
    assert Assessment.objects.get().published == "2025-02"


def test_an_untouched_date_is_made_more_precise(write):
    load_published_scores(write("s.csv", f"{HEADING}\n{CAMDEN.replace('2025-02-28', '2025-02')}"))

    find_or_create_assessment(Authority.objects.get(slug="camden"), "2025-02-14", "formal")

    assert Assessment.objects.get().published == "2025-02-14"
