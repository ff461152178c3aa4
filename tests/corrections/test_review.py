"""An edit survives later readings, and the editor is asked if the parser reads something new."""

import pytest

from reports.corrections import change, split
from reports.models import Conflict, Correction, Finding, Section
from tests.ingest.conftest import DATA, LEADERS, PEOPLE, STAFF, report_text
from tests.support.correcting import keep, take
from tests.support.ingesting import ingest

pytestmark = pytest.mark.django_db

REWORDED = STAFF.replace("good access", "very good access")
EDITED = STAFF.replace("good access", "fair access")


def conflicts():
    return [(row.field, row.base, row.parsed) for row in Conflict.objects.all()]


def test_an_edit_stays_when_the_report_is_read_again(finding, why, read):
    change(finding, {"text": EDITED}, why())

    read(LEADERS, STAFF, PEOPLE, DATA)

    finding.refresh_from_db()
    assert finding.text == EDITED
    assert conflicts() == []


def test_the_editor_is_asked_where_the_report_changes_too(finding, why, read):
    change(finding, {"text": EDITED}, why())

    read(REWORDED, PEOPLE, DATA)

    finding.refresh_from_db()
    assert finding.text == EDITED
    assert conflicts() == [("text", STAFF, REWORDED)]


def test_other_fields_follow_the_parser(finding, why, read):
    change(finding, {"text": EDITED}, why())

    read(STAFF, PEOPLE, DATA, heading="Another heading")

    finding.refresh_from_db()
    assert (finding.text, finding.heading) == (EDITED, "Another heading")


def test_an_edit_that_the_parser_agreed_with_for_a_while_stays(finding, why, read):
    change(finding, {"text": REWORDED}, why())
    read(REWORDED, PEOPLE, DATA)

    read(STAFF, PEOPLE, DATA)

    finding.refresh_from_db()
    assert finding.text == REWORDED


@pytest.mark.parametrize(("answer", "text"), [(keep, EDITED), (take, REWORDED)])
def test_an_answer_settles_it_for_good(finding, why, read, answer, text):
    change(finding, {"text": EDITED}, why())
    read(REWORDED, PEOPLE, DATA)

    answer(Conflict.objects.get(), why())
    read(REWORDED, PEOPLE, DATA, LEADERS)

    finding.refresh_from_db()
    assert finding.text == text
    assert conflicts() == []


def test_a_kept_edit_is_questioned_again_only_by_another_reading(finding, why, read):
    change(finding, {"text": EDITED}, why())
    read(REWORDED, PEOPLE, DATA)
    keep(Conflict.objects.get(), why())
    other = STAFF.replace("regular", "frequent")

    read(other, PEOPLE, DATA)

    assert conflicts() == [("text", REWORDED, other)]


def test_a_value_handed_back_to_the_parser_follows_it_again(finding, why, read):
    change(finding, {"text": EDITED}, why())
    change(finding, {"text": STAFF}, why())

    read(REWORDED, PEOPLE, DATA)

    finding.refresh_from_db()
    assert finding.text == REWORDED
    assert conflicts() == []


def test_an_edited_finding_that_the_report_drops_is_kept_and_asked_about(finding, why, read):
    change(finding, {"text": EDITED}, why())

    read(PEOPLE, DATA, LEADERS)

    finding.refresh_from_db()
    assert (finding.text, finding.status) == (EDITED, Finding.Status.PUBLISHED)
    assert conflicts() == [("status", "published", "gone")]


def test_a_dropped_finding_that_an_editor_keeps_stays(finding, why, read):
    change(finding, {"text": EDITED}, why())
    read(PEOPLE, DATA, LEADERS)
    keep(Conflict.objects.get(), why())

    read(PEOPLE, DATA, LEADERS, "Partners told us about their boards and how these worked.")

    finding.refresh_from_db()
    assert finding.status == Finding.Status.PUBLISHED
    assert conflicts() == []


def test_a_dropped_finding_that_an_editor_lets_go_is_not_asked_about_again(finding, why, read):
    change(finding, {"text": EDITED}, why())
    read(PEOPLE, DATA, LEADERS)
    take(Conflict.objects.get(), why())

    read(PEOPLE, DATA, LEADERS, "Partners told us about their boards and how these worked.")

    finding.refresh_from_db()
    assert finding.status == Finding.Status.GONE
    assert conflicts() == []


def test_an_untouched_finding_that_the_report_drops_leaves_at_once(finding, read):
    read(PEOPLE, DATA, LEADERS)

    finding.refresh_from_db()
    assert finding.status == Finding.Status.GONE
    assert conflicts() == []


def test_what_is_not_a_finding_does_not_become_one(finding, why, read):
    change(finding, {"status": "not-a-finding"}, why())

    read(LEADERS, STAFF, PEOPLE, DATA)

    finding.refresh_from_db()
    assert finding.status == Finding.Status.NOT_A_FINDING


def test_both_halves_of_a_split_stay_and_the_editor_is_asked(finding, why, read):
    second = split(finding, STAFF.index("to training"), why())
    first_half = STAFF[: STAFF.index("to training") - 1]
    texts = {finding.public_id: first_half, second.public_id: second.text}

    read(REWORDED, PEOPLE, DATA)

    for public_id, text in texts.items():
        assert Finding.objects.get(public_id=public_id).text == text
    assert [row.target_id for row in Conflict.objects.filter(field="text")] == [finding.public_id]


def test_a_corrected_score_stays(finding, why, read):
    change(finding.section, {"score": 4}, why())

    read(STAFF, PEOPLE, DATA, LEADERS)
    assert Section.objects.get().score == 4
    assert conflicts() == []

    read(STAFF, PEOPLE, DATA, LEADERS, score="Score: 3")
    assert Section.objects.get().score == 4
    assert conflicts() == [("score", 2, 3)]


def test_a_corrected_date_stays(finding, why, read):
    assessment = finding.section.assessment
    change(assessment, {"published": "2025-01"}, why())

    read(STAFF, PEOPLE, DATA, LEADERS)

    section = Section.objects.get(document__superseded_by=None)
    assert section.assessment.published == "2025-01"
    assert Correction.objects.count() == 1


def test_a_corrected_date_stays_where_the_report_agreed_with_it_for_a_while(finding, why, write):
    def read_dated(day: str) -> None:
        text = report_text(STAFF, PEOPLE, DATA, title="London Borough of Barnet")
        ingest(write("report.txt", text.replace("\n", f"\n\nPublished: {day}\n", 1)))

    change(finding.section.assessment, {"published": "2025-02-03"}, why())

    for day in ("3 February 2025", "4 March 2025"):
        read_dated(day)
        section = Section.objects.get(document__path__endswith="report.txt")
        assert section.assessment.published == "2025-02-03"
