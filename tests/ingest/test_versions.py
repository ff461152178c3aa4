"""A new version of a document replaces the old one and keeps the rows of what both have."""

import pytest

from reports.corrections import Why, change
from reports.ingest import IngestStatus
from reports.models import Assessment, Finding, IndexChange, Section, SourceDocument
from reports.search import catch_up
from tests.ingest.conftest import DATA, LEADERS, PEOPLE, STAFF, report_text
from tests.support.ingesting import ingest

pytestmark = pytest.mark.django_db

BARNET = "London Borough of Barnet"


def findings():
    return list(Finding.objects.published().order_by("position").values_list("public_id", "text"))


def test_an_inserted_paragraph_leaves_its_neighbours_ids_alone(write):
    ingest(write("a.txt", report_text(STAFF, PEOPLE, DATA, title=BARNET)))
    before = findings()

    outcome = ingest(write("b.txt", report_text(STAFF, LEADERS, PEOPLE, DATA, title=BARNET)))

    assert outcome.status is IngestStatus.UPDATED
    after = findings()
    assert [text for _, text in after] == [STAFF, LEADERS, PEOPLE, DATA]
    assert [after[0], after[2], after[3]] == before
    assert Section.objects.count() == Assessment.objects.count() == 1


def test_a_reworded_paragraph_keeps_its_id(write):
    ingest(write("a.txt", report_text(STAFF, PEOPLE, title=BARNET)))
    [(staff_id, _), _] = findings()
    reworded = STAFF.replace("good access", "very good access")

    ingest(write("b.txt", report_text(reworded, PEOPLE, title=BARNET)))

    assert findings()[0] == (staff_id, reworded)


def test_going_back_to_the_first_version_works(write):
    first = write("a.txt", report_text(STAFF, PEOPLE, title=BARNET))
    ingest(first)
    before = findings()
    ingest(write("b.txt", report_text(STAFF, PEOPLE, DATA, LEADERS, title=BARNET)))

    outcome = ingest(first)

    assert outcome.status is IngestStatus.UPDATED
    assert findings() == before
    assert ingest(first).status is IngestStatus.UNCHANGED
    assert SourceDocument.objects.current().count() == 1


def test_an_unidentified_document_is_known_by_its_path(write):
    path = write("report.txt", report_text(STAFF, PEOPLE))
    ingest(path)
    path.write_text(report_text(STAFF, PEOPLE, DATA))

    assert ingest(path).status is IngestStatus.UPDATED
    assert Assessment.objects.count() == 1


def test_unidentified_documents_of_other_paths_are_others(write):
    ingest(write("one/report.txt", report_text(STAFF, PEOPLE)))

    outcome = ingest(write("two/report.txt", report_text(STAFF, PEOPLE, DATA)))

    assert outcome.status is IngestStatus.CREATED
    assert Assessment.objects.count() == 2
    assert Finding.objects.count() == len({public_id for public_id, _ in findings()}) == 5


def test_mostly_other_words_stand_apart_and_an_editor_is_told(write):
    ingest(write("a.txt", report_text(STAFF, PEOPLE, title=BARNET)))

    outcome = ingest(write("b.txt", report_text(DATA, LEADERS, title=BARNET)))

    assert outcome.status is IngestStatus.CREATED
    assert "possible-new-version" in [problem.code for problem in outcome.problems]
    assert [text for _, text in findings()].count(STAFF) == 1
    assert SourceDocument.objects.current().count() == 2
    queued = SourceDocument.objects.get(problems__code="possible-new-version")
    assert queued.name == "b.txt"


@pytest.mark.parametrize(("kept", "status"), [(2, IngestStatus.CREATED), (3, IngestStatus.UPDATED)])
def test_a_version_keeps_more_than_half_of_the_paragraphs(write, kept, status):
    first = [STAFF, PEOPLE, DATA, LEADERS]
    more = ["Partners told us about boards.", "Carers were asked to each of the meetings."]
    ingest(write("a.txt", report_text(*first, title=BARNET)))

    assert ingest(write("b.txt", report_text(*first[:kept], *more, title=BARNET))).status is status


def test_the_same_words_under_another_name_are_unchanged(write):
    ingest(write("a.txt", report_text(STAFF)))

    assert ingest(write("b.txt", report_text(STAFF))).status is IngestStatus.UNCHANGED
    assert SourceDocument.objects.count() == 1


def test_the_same_words_in_another_encoding_are_unchanged(write):
    ingest(write("a.txt", report_text(STAFF)))

    outcome = ingest(write("b.txt", report_text(STAFF).encode("utf-16")))

    assert outcome.status is IngestStatus.UNCHANGED


def test_a_file_name_that_identifies_an_unidentified_document_does(write):
    text = report_text(STAFF, PEOPLE)
    ingest(write("report.txt", text))
    before = findings()

    outcome = ingest(write("barnet-0125-theme4-learning.txt", text))

    assert outcome.status is IngestStatus.UPDATED
    assert outcome.authority == "Barnet"
    assert findings() == before
    assessment = Assessment.objects.get()
    assert assessment.authority.name == "Barnet"
    assert assessment.published == "2025-01"


def test_a_report_that_an_editor_identified_is_known_by_that_authority(write):
    ingest(write("report.txt", report_text(STAFF, PEOPLE)))
    before = findings()
    change(Assessment.objects.get(), {"authority": "barnet"}, Why(editor="ada"))

    outcome = ingest(write("barnet.txt", report_text(STAFF, PEOPLE, DATA, title=BARNET)))

    assert outcome.status is IngestStatus.UPDATED
    assert findings()[:2] == before
    assert Assessment.objects.get().authority.slug == "barnet"


def test_sections_of_one_authority_join_one_assessment(write):
    ingest(write("barnet-0125-theme4-learning.txt", report_text(STAFF)))
    ingest(
        write(
            "barnet-0125-theme1-equity.txt",
            report_text(PEOPLE, statement="Equity in experience and outcomes"),
        )
    )

    assessment = Assessment.objects.get()
    assert {section.statement for section in assessment.sections.all()} == {"learning", "equity"}


def test_a_fuller_date_of_the_same_assessment_is_kept(write):
    ingest(write("barnet-0125-theme4-learning.txt", report_text(STAFF)))
    dated = report_text(PEOPLE, statement="Equity in experience and outcomes", title=BARNET)
    day = "28 January 2025"
    day = "28 January 2025"
    dated = dated.replace("\n", f"\n\nPublished: {day} Page last updated: {day}\n", 1)
    ingest(write("equity.txt", dated))

    assert Assessment.objects.get().published == "2025-01-28"


def test_sections_of_unidentified_authorities_never_join(write):
    ingest(write("a.txt", report_text(STAFF)))
    ingest(write("b.txt", report_text(PEOPLE, statement="Equity in experience and outcomes")))

    assert Assessment.objects.count() == 2


def test_a_section_that_a_new_version_lacks_is_gone_with_its_findings(write):
    both = (
        report_text(STAFF, PEOPLE, DATA, title=BARNET)
        + "\n\n"
        + report_text(LEADERS, statement="Equity in experience and outcomes")
    )
    ingest(write("a.txt", both))
    assert Section.objects.count() == 2

    ingest(write("b.txt", report_text(STAFF, PEOPLE, DATA, title=BARNET)))

    assert Section.objects.current().get().statement == "learning"
    assert Finding.objects.get(text=LEADERS).status == Finding.Status.GONE

    ingest(write("c.txt", both + "\n"))

    assert Section.objects.current().count() == Section.objects.count() == 2
    assert Finding.objects.get(text=LEADERS).status == Finding.Status.PUBLISHED


def test_every_change_is_written_to_the_outbox(write):
    ingest(write("a.txt", report_text(STAFF, PEOPLE, title=BARNET)))
    catch_up()

    ingest(write("b.txt", report_text(STAFF, PEOPLE, LEADERS, title=BARNET)))

    noted = set(IndexChange.objects.values_list("finding", flat=True))
    assert noted == set(Finding.objects.values_list("public_id", flat=True))


def test_a_paragraph_that_is_gone_and_comes_back_is_the_same_finding(write):
    first = write("a.txt", report_text(STAFF, PEOPLE, DATA, title=BARNET))
    ingest(first)
    [lost] = [public_id for public_id, text in findings() if text == DATA]
    ingest(write("b.txt", report_text(STAFF, PEOPLE, title=BARNET)))
    assert Finding.objects.get(public_id=lost).status == Finding.Status.GONE

    ingest(write("c.txt", report_text(STAFF, PEOPLE, LEADERS, DATA, title=BARNET)))

    assert (lost, DATA) in findings()
