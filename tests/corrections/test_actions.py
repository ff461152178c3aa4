"""An editor can split, join, promote and identify, and can undo each of these."""

import pytest
from django.core.exceptions import ValidationError

from reports.corrections import StaleEditError, change, join, promote, revert, split
from reports.models import Assessment, Authority, Correction, Finding, Section
from tests.corrections.conftest import BARNET
from tests.ingest.conftest import DATA, LEADERS, PEOPLE, STAFF, report_text
from tests.support.correcting import identify
from tests.support.ingesting import ingest

pytestmark = pytest.mark.django_db


def published():
    return list(Finding.objects.published().values_list("text", flat=True))


def test_a_finding_is_split_in_two_that_share_its_paragraph(finding, why):
    at = STAFF.index("to training")

    second = split(finding, at, why())

    assert published() == [STAFF[: at - 1], STAFF[at:], PEOPLE, DATA]
    assert second.paragraph == finding.paragraph
    assert second.public_id != finding.public_id


@pytest.mark.parametrize("at", [0, 1000])
def test_a_split_leaves_words_on_both_sides(finding, why, at):
    with pytest.raises(ValidationError, match="both parts"):
        split(finding, at, why())


def test_both_halves_of_a_split_keep_what_an_editor_decided(finding, why):
    change(finding, {"topics": ["complaints"], "figures": ["Staff", "training"]}, why())
    finding.refresh_from_db()

    second = split(finding, STAFF.index("to training"), why())

    finding.refresh_from_db()
    assert (finding.topics, finding.figures) == (["complaints"], ["Staff"])
    assert (second.topics, second.figures) == (["complaints"], ["training"])


def test_two_findings_are_joined_and_the_second_leads_to_the_first(finding, why):
    second = Finding.objects.get(text=PEOPLE)

    join(finding, second, why())

    second.refresh_from_db()
    assert published() == [f"{STAFF} {PEOPLE}", DATA]
    assert (second.status, second.joined_into) == (Finding.Status.JOINED, finding)


def test_a_finding_is_not_joined_to_itself(finding, why):
    with pytest.raises(ValidationError, match="two different"):
        join(finding, finding, why())


@pytest.mark.parametrize("changed", [STAFF, PEOPLE])
def test_words_that_somebody_else_has_changed_are_not_joined(finding, why, changed):
    second = Finding.objects.get(text=PEOPLE)
    change(Finding.objects.get(text=changed), {"text": "As others corrected it."}, why())

    with pytest.raises(StaleEditError, match="changed text"):
        join(finding, second, why())


def test_words_that_somebody_else_has_changed_are_not_split(finding, why):
    change(Finding.objects.get(text=STAFF), {"text": "As others corrected it."}, why())

    with pytest.raises(StaleEditError, match="changed text"):
        split(finding, 10, why())


def test_findings_of_two_sections_are_not_joined(finding, why, read):
    read(LEADERS, statement="Equity in experience and outcomes")

    with pytest.raises(ValidationError, match="of one section"):
        join(finding, Finding.objects.get(text=LEADERS), why())


def test_text_that_was_not_understood_becomes_a_finding(finding, why):
    promote(finding.section, "Some\nlost words.", "A heading", 1, why())

    assert published() == [STAFF, PEOPLE, "Some lost words.", DATA]


def test_a_promoted_finding_is_the_parsers_own_once_it_understands(finding, why, read):
    made = promote(finding.section, LEADERS, "", 3, why())

    read(STAFF, PEOPLE, DATA, LEADERS)

    made.refresh_from_db()
    assert published().count(LEADERS) == 1
    assert made.paragraph.text == LEADERS


@pytest.mark.parametrize("action", ["split", "join", "withdraw", "promote"])
def test_every_action_can_be_undone(finding, why, action):
    before = published()
    done = why()
    match action:
        case "split":
            split(finding, 10, done)
        case "join":
            join(finding, Finding.objects.get(text=PEOPLE), done)
        case "withdraw":
            change(finding, {"status": "not-a-finding"}, done)
        case "promote":
            promote(finding.section, "Words.", "", 0, done)
    assert published() != before

    revert(done.batch, why(reverts=done.batch))

    assert published() == before


def test_an_identified_assessment_takes_its_sections_where_they_belong(write, why):
    equity = "Equity in experience and outcomes"
    ingest(write("known.txt", report_text(PEOPLE, title=BARNET, statement=equity)))
    ingest(write("unknown.txt", report_text(STAFF)))
    unknown = Assessment.objects.get(authority=None)
    barnet = Authority.objects.get(slug="barnet")

    where = identify(unknown, barnet, why())

    assert where.authority == barnet
    assert {section.statement for section in where.sections.all()} == {"learning", "equity"}


def test_an_identified_assessment_is_alone_where_there_is_no_other(write, why):
    ingest(write("unknown.txt", report_text(STAFF)))

    where = identify(Assessment.objects.get(), Authority.objects.get(slug="barnet"), why())

    assert Assessment.objects.get() == where
    assert where.authority.slug == "barnet"
    assert Correction.objects.get().after == "barnet"


def test_a_set_authority_survives_the_next_reading(write, why):
    path = write("unknown.txt", report_text(STAFF, PEOPLE))
    ingest(path)
    identify(Assessment.objects.get(), Authority.objects.get(slug="barnet"), why())
    path.write_text(report_text(STAFF, PEOPLE, DATA))

    ingest(path)

    assert Section.objects.get().assessment.authority.slug == "barnet"
