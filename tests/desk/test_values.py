"""Editors correct the values of assessments and sections, and look at documents."""

import pytest
from django.urls import reverse

from reports.corrections import Why, change
from reports.desk.queue import address_of
from reports.models import Assessment, Correction, Finding, Problem, Section, SourceDocument
from reports.search import SearchQuery, search
from tests.desk.support import look_and_save, submit
from tests.ingest.conftest import DATA, PEOPLE, STAFF

pytestmark = pytest.mark.django_db

EQUITY = "Equity in experience and outcomes"


def test_an_unidentified_assessment_takes_its_sections_where_they_belong(ada, read):
    read(PEOPLE, statement=EQUITY)
    read(STAFF, title="")
    unknown = Assessment.objects.get(authority=None)

    look_and_save(ada, address_of(unknown), authority="barnet")

    barnet = Assessment.objects.get(authority__slug="barnet")
    assert {section.statement for section in barnet.sections.all()} == {"equity", "learning"}
    assert search(SearchQuery(authority=("barnet",))).total == 2


def test_date_and_kind_are_set_before_the_sections_move(ada, read):
    read(PEOPLE, statement=EQUITY)
    barnet = Assessment.objects.get()
    look_and_save(ada, address_of(barnet), published="2025-02")
    read(STAFF, title="")
    unknown = Assessment.objects.get(authority=None)

    look_and_save(ada, address_of(unknown), authority="barnet", published="2025-02")

    assert barnet.sections.count() == 2


def test_an_assessment_shows_the_beginning_of_its_source(ada, finding):
    page = ada.get(address_of(finding.section.assessment))

    assert "London Borough of Barnet: local authority assessment</mark>" in page.text


def test_all_that_is_correctable_of_an_assessment_is_corrected(ada, finding):
    assessment = finding.section.assessment
    wanted = {
        "authority": "brent",
        "published": "2025-02-28",
        "kind": "pilot",
        "status": "withdrawn",
        "rating": "good",
        "percent": "63",
    }

    look_and_save(ada, address_of(assessment), **wanted)

    assert dict(Correction.objects.values_list("field", "after")) == wanted | {"percent": 63}
    assert len(set(Correction.objects.values_list("batch", flat=True))) == 1


def test_a_date_that_is_none_is_refused(ada, finding):
    url = address_of(finding.section.assessment)

    page = submit(ada, url, published="31 February", step="look")

    assert page.status_code == 422
    assert "is not a date" in page.text


def test_the_second_of_two_editors_of_an_assessment_is_told(ada, grace, finding):
    url = address_of(finding.section.assessment)
    shown = submit(ada, url, authority="brent", step="look")
    look_and_save(grace, url, authority="bexley")

    refused = submit(ada, url, shown, step="save")

    assert refused.status_code == 409
    assert Assessment.objects.get().authority.slug == "bexley"


def test_a_section_is_given_another_statement_and_score(ada, finding):
    look_and_save(ada, address_of(finding.section), statement="equity", score="4")

    section = Section.objects.get(pk=finding.section.pk)
    assert (section.statement, section.score) == ("equity", 4)
    assert search(SearchQuery(score=("4",), statement=("equity",))).total == 3


def test_a_score_can_be_taken_away(ada, finding):
    look_and_save(ada, address_of(finding.section), score="")

    assert Section.objects.get(pk=finding.section.pk).score is None


def test_what_follows_from_a_correction_is_worked_out_again(ada, finding):
    assessment = finding.section.assessment
    Problem.objects.create(assessment=assessment, code="rating-arithmetic", message="Old.")

    look_and_save(ada, address_of(assessment), rating="good")

    assert not assessment.problems.filter(message="Old.").exists()


def test_problems_of_a_document_stand_beside_their_lines(ada, finding):
    document = SourceDocument.objects.get()
    Problem.objects.create(document=document, code="date-conflict", message="Two dates.", line=1)

    page = ada.get(reverse("desk-document", args=[document.sha256]))

    assert "Two dates." in page.text
    assert "<mark>London Borough of Barnet: local authority assessment</mark>" in page.text


@pytest.fixture
def unparsed(finding):
    """The address of a document with one piece of text that was not understood."""
    document = SourceDocument.objects.get()
    start = document.read_text().index(PEOPLE)
    span = [start, start + len(PEOPLE), "unparsed"]
    document.spans = [span if at[0] == start else at for at in document.spans]
    document.unparsed = len(PEOPLE.replace(" ", ""))
    document.save()
    return reverse("desk-unparsed", args=[document.sha256])


@pytest.mark.parametrize(
    ("after", "order"), [("first", [PEOPLE, STAFF, DATA]), ("finding", [STAFF, PEOPLE, DATA])]
)
def test_text_that_was_not_understood_becomes_a_finding(ada, finding, unparsed, after, order):
    change(Finding.objects.get(text=PEOPLE), {"status": "not-a-finding"}, Why(editor="grace"))
    page = ada.get(unparsed)
    [span] = [choice for choice, _ in page.context["form"].fields["span"].choices]
    place = finding.public_id if after == "finding" else after

    look_and_save(ada, unparsed, span=span, after=place, heading="A heading")

    published = Finding.objects.published()
    assert list(published.values_list("text", flat=True)) == order
    assert published.get(text=PEOPLE).heading == "A heading"
    assert "is now a finding" in ada.get(unparsed).text
    assert search(SearchQuery(q="needs")).total == 1


def test_the_button_does_not_promise_to_go_on_where_more_text_may_wait(ada, unparsed):
    page = ada.get(unparsed)
    [span] = [choice for choice, _ in page.context["form"].fields["span"].choices]

    shown = submit(ada, f"{unparsed}?queue=unparsed&at=1", span=span, step="look")

    assert "Make it a finding</button>" in shown.text


def test_a_stretch_must_be_chosen(ada, unparsed):
    assert submit(ada, unparsed, step="look").status_code == 422


def test_the_list_of_authorities_shows_dates_and_scores(ada, finding):
    page = ada.get(address_of(finding.section.assessment)).text

    assert '<option value="Barnet">undated, scores 2</option>' in page
    assert '<option value="Brent">no assessment here</option>' in page
    assert 'value="Barnet" ' in page


@pytest.mark.parametrize("typed", ["Brent", "brent", "London Borough of Brent"])
def test_an_authority_is_typed_by_any_of_its_names(ada, finding, typed):
    look_and_save(ada, address_of(finding.section.assessment), authority=typed)

    finding.section.refresh_from_db()
    assert finding.section.assessment.authority.slug == "brent"


def test_an_authority_that_there_is_not_is_refused(ada, finding):
    answer = submit(ada, address_of(finding.section.assessment), authority="Brnet", step="look")

    assert answer.status_code == 422
    assert "There is no authority “Brnet”." in answer.text
