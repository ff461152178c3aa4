"""A whole report and its single pages give the same rows in any order."""

import pytest

from reports.ingest import IngestStatus, reparse
from reports.models import Assessment, Finding, Problem, PublishedOutcome, Section, SourceDocument
from tests.fixtures.make_reports import files
from tests.fixtures.whole_report import sources
from tests.ingest.conftest import report_text
from tests.support.ingesting import ingest

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="session")
def barnet() -> dict[str, bytes]:
    """Every file of the formal report: the whole in all formats, and its nine pages."""
    [formal] = [source for source in sources() if source.whole.name == "barnet-0125"]
    return dict(files(formal))


@pytest.fixture
def read(write, barnet):
    def read_file(name: str) -> IngestStatus:
        return ingest(write(name, barnet[name])).status

    return read_file


def published():
    return sorted(Finding.objects.published().values_list("public_id", "text"))


WHOLE = ["barnet-0125.txt", "barnet-0125.html", "barnet-0125.pdf", "barnet-0125.docx"]


def pages(barnet):
    return sorted(name for name in barnet if "-theme" in name)


def test_a_whole_report_has_nine_statements_an_outcome_and_a_rating_that_fits(read):
    assert read("barnet-0125.html") is IngestStatus.CREATED

    assessment = Assessment.objects.get()
    assert assessment.authority.slug == "barnet"
    assert assessment.published == "2025-01-17"
    assert (assessment.rating, assessment.percent) == ("good", 64)
    assert Section.objects.filter(assessment=assessment).count() == 9
    assert not Problem.objects.exists()


def test_every_format_of_one_report_is_a_version_of_it_and_changes_no_finding(read):
    read(WHOLE[0])
    before = published()

    for name in WHOLE[1:]:
        assert read(name) is IngestStatus.UPDATED
        assert published() == before

    assert SourceDocument.objects.current().count() == 1
    assert PublishedOutcome.objects.count() == 1


def test_nine_pages_make_one_assessment_that_equals_the_whole_report(read, barnet):
    for name in pages(barnet):
        assert read(name) is IngestStatus.CREATED
    from_pages = published()
    assert Assessment.objects.count() == 1

    assert read("barnet-0125.html") is IngestStatus.UPDATED

    assert published() == from_pages
    assert Section.objects.current().count() == 9
    assert SourceDocument.objects.current().count() == 1


def test_a_page_of_a_report_that_is_loaded_takes_over_its_own_section_only(read, barnet):
    read("barnet-0125.html")
    before = published()

    for name in pages(barnet)[:2]:
        assert read(name) is IngestStatus.UPDATED

    assert published() == before
    assert Section.objects.current().count() == 9
    assert SourceDocument.objects.current().count() == 3


def test_a_summary_page_alone_gives_the_outcome(write):
    summary = (
        "City of York Council: local authority assessment\n\n"
        "Published: 5 December 2025 Page last updated: 5 December 2025\n\nOverall summary\n\n"
        "Local authority rating and score\n\n• City of York Council\n\nRequires improvement\n\n"
        "Overall rating for City of York Council: 39%\n\nQuality statement scores\n\n"
        "• Assessing needs\n\nScore: 1\n\n• Safeguarding\n\nScore: 1\n"
    )

    outcome = ingest(write("summary.txt", summary))

    assert outcome.status is IngestStatus.CREATED
    assessment = Assessment.objects.get()
    assert (assessment.rating, assessment.percent) == ("requires-improvement", 39)
    assert {section.statement: section.score for section in assessment.sections.all()} == {
        "assessing-needs": 1,
        "safeguarding": 1,
    }


def test_a_summary_that_differs_from_a_page_is_a_problem(read, write, barnet):
    read("barnet-0125.html")
    page = report_text(
        *Finding.objects.published()
        .filter(section__statement="learning")
        .values_list("text", flat=True),
        title="London Borough of Barnet",
        score="Score: 4",
    )

    ingest(write("barnet-0125-theme4-learning.txt", page))

    learning = Section.objects.current().get(statement="learning")
    assert (learning.score, learning.printed_score) == (None, 4)
    assert Problem.objects.filter(code="score-disagreement").count() == 1


def test_a_pilot_report_is_kept_apart_and_marked(write):
    [pilot] = [source for source in sources() if source.whole.name.startswith("lincolnshire")]
    for name, content in files(pilot):
        if name == f"{pilot.whole.name}.pdf":
            ingest(write(name, content))

    assessment = Assessment.objects.get()
    assert (assessment.kind, assessment.published) == ("pilot", "2023-11-17")
    assert Section.objects.count() == 9


def test_a_reparse_leaves_a_taken_section_where_it_is(read, barnet):
    read("barnet-0125.html")
    read(pages(barnet)[0])
    before = published()

    for document in SourceDocument.objects.current():
        assert reparse(document).status is IngestStatus.UNCHANGED

    assert published() == before
