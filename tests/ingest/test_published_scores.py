"""Published outcomes can be loaded before the report is read, and the report adds to them."""

import pytest
from django.core.management import CommandError, call_command

from reports.facts.gazetteer import DATA
from reports.ingest import IngestStatus
from reports.ingest.operator_tables import TableError
from reports.ingest.published_scores import load_published_scores
from reports.models import Assessment, Problem, PublishedOutcome, Section
from tests.ingest.conftest import PEOPLE, STAFF, report_text
from tests.support.ingesting import ingest

pytestmark = pytest.mark.django_db

HEADING = (DATA / "published_scores.csv").read_text("utf-8").splitlines()[0]
CAMDEN = "E09000007,Camden,2025-02-28,Outstanding,89,3,3,4,3,4,4,3,4,4,formal,http://example.org"


@pytest.fixture
def load(write):
    def load_rows(*rows: str) -> list[IngestStatus]:
        return load_published_scores(write("scores.csv", "\n".join([HEADING, *rows])))

    return load_rows


def scores(assessment):
    return {section.statement: section.score for section in assessment.sections.current()}


def codes(assessment):
    return {problem.code for problem in assessment.problems.all()}


def test_the_table_that_comes_with_the_project_loads_and_fits_cqcs_arithmetic():
    statuses = load_published_scores(DATA / "published_scores.csv")

    assert statuses == [IngestStatus.CREATED] * 114
    assert Assessment.objects.values("authority").distinct().count() == 112
    assert not Problem.objects.exists()


def test_loading_it_again_changes_nothing():
    load_published_scores(DATA / "published_scores.csv")

    assert load_published_scores(DATA / "published_scores.csv") == [IngestStatus.UNCHANGED] * 114


def test_an_outcome_without_a_text_has_scores_and_a_rating(load):
    load(CAMDEN)

    assessment = Assessment.objects.get()
    assert (assessment.rating, assessment.percent) == ("outstanding", 89)
    assert assessment.published == "2025-02-28"
    assert scores(assessment)["equity"] == 4
    assert len(scores(assessment)) == 9


def test_a_report_read_later_joins_the_assessment(load, write):
    load(CAMDEN)

    ingest(write("camden-0225-theme4-learning.txt", report_text(STAFF, score="Score: 4")))

    assessment = Assessment.objects.get()
    assert scores(assessment)["learning"] == 4
    assert assessment.sections.current().get(statement="learning").findings.count() == 1
    assert codes(assessment) == set()


def test_an_outcome_loaded_later_joins_the_report(load, write):
    ingest(write("camden-0225-theme4-learning.txt", report_text(STAFF, score="Score: 4")))

    load(CAMDEN)

    assessment = Assessment.objects.get()
    assert assessment.published == "2025-02-28"
    assert len(scores(assessment)) == 9


def test_an_undated_text_never_joins_a_dated_outcome(load, write):
    load(CAMDEN)

    ingest(write("report.txt", report_text(STAFF, title="London Borough of Camden")))

    assert sorted(Assessment.objects.values_list("published", flat=True)) == ["", "2025-02-28"]


@pytest.mark.parametrize("report_first", [True, False])
def test_two_sources_that_differ_give_no_score_and_a_problem(load, write, report_first):
    report = write("camden-0225-theme4-learning.txt", report_text(STAFF, score="Score: 3"))
    steps = [lambda: ingest(report), lambda: load(CAMDEN)]
    for step in steps if report_first else reversed(steps):
        step()

    assessment = Assessment.objects.get()
    learning = assessment.sections.current().get(statement="learning")
    assert (learning.score, learning.printed_score) == (None, 3)
    assert PublishedOutcome.objects.get().scores["learning"] == 4
    [problem] = assessment.problems.filter(code="score-disagreement")
    assert "camden-0225-theme4-learning.txt says 3" in problem.message
    assert "table of published scores says 4" in problem.message


def test_a_disagreement_that_is_mended_is_no_longer_a_problem(load, write):
    load(CAMDEN)
    ingest(write("camden-0225-theme4-learning.txt", report_text(STAFF, PEOPLE, score="Score: 3")))

    load(CAMDEN.replace("4,formal", "3,formal"))

    assessment = Assessment.objects.get()
    assert scores(assessment)["learning"] == 3
    assert "score-disagreement" not in codes(assessment)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (CAMDEN.replace("89", "88"), "percent-arithmetic"),
        (CAMDEN.replace("Outstanding", "Good"), "rating-arithmetic"),
    ],
)
def test_what_does_not_add_up_is_a_problem(load, row, code):
    load(row)

    assert codes(Assessment.objects.get()) == {code}


def test_pilot_scores_stand_in_an_assessment_of_their_own(load):
    load(CAMDEN, CAMDEN.replace("2025-02-28", "2023-11-17").replace("formal", "pilot"))

    assert list(Assessment.objects.current_first().values_list("kind", flat=True)) == [
        "formal",
        "pilot",
    ]


def test_a_rating_raised_on_review_is_an_assessment_of_its_own(load):
    load(
        "E06000030,Swindon,2025,Requires improvement,62,,,,,,,,,,formal,http://example.org",
        "E06000030,Swindon,2026,Good,,,,,,,,,3,,formal,http://example.org",
    )

    assert list(Assessment.objects.current_first().values_list("published", "rating")) == [
        ("2026", "good"),
        ("2025", "requires-improvement"),
    ]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        (
            CAMDEN.replace("E09000007", "E99999999"),
            "“E99999999” is not the ONS code",
        ),
        (CAMDEN.replace("2025-02-28", "2025-02-30"), "“2025-02-30” is not a date"),
        (
            CAMDEN.replace("Outstanding", "Great"),
            "overall_rating is “Great”: write nothing, Inadequate",
        ),
        (CAMDEN.replace(",89,", ",120,"), "overall_percent is “120”: write nothing, 25, … or 100"),
        (CAMDEN.replace("4,formal", "5,formal"), "learning is “5”"),
        (CAMDEN.replace("formal", "final"), "status is “final”: write formal or pilot"),
        (CAMDEN + ",more", "more or fewer cells"),
    ],
)
def test_a_bad_row_is_named_and_nothing_is_loaded(load, row, message):
    with pytest.raises(TableError, match=message) as raised:
        load(CAMDEN.replace("Camden", "x").replace("E09000007", "E09000003"), row)

    assert "scores.csv:3: " in str(raised.value)
    assert not Assessment.objects.exists()


def test_a_missing_column_is_named(write):
    with pytest.raises(TableError, match="columns are missing: published, overall_rating"):
        load_published_scores(write("scores.csv", "authority_gss_code\nE09000007\n"))


def test_a_table_that_is_not_there_is_named(tmp_path):
    with pytest.raises(CommandError, match="Nothing was loaded"):
        call_command("load_scores", str(tmp_path / "none.csv"))


def test_the_command_loads_the_shipped_table_and_says_so(capsys):
    call_command("load_scores")

    assert capsys.readouterr().out == ("Published outcomes: 114 created, 0 updated, 0 unchanged.\n")
    assert Section.objects.filter(document=None, score=4).exists()


SUMMARY_OF_YORK = (
    "City of York Council: local authority assessment\n\n"
    "Published: 5 December 2025 Page last updated: 5 December 2025\n\nOverall summary\n\n"
    "Local authority rating and score\n\n• City of York Council\n\nRequires improvement\n\n"
    "Overall rating for City of York Council: 39%\n\nQuality statement scores\n\n"
    "• Assessing needs\n\nScore: 1\n\n• Safeguarding\n\nScore: 1\n"
)
YORK = "E06000014,York,2025-12-05,Good,64,,,,,,,,,,formal,http://example.org"


def test_two_ratings_that_differ_give_none_and_name_their_sources(load, write):
    ingest(write("summary.txt", SUMMARY_OF_YORK))

    load(YORK)

    assessment = Assessment.objects.get()
    assert (assessment.rating, assessment.percent) == ("", None)
    told = dict(assessment.problems.values_list("code", "message"))
    assert told["rating-disagreement"] == (
        "The overall rating: summary.txt says Requires improvement, but the table of published "
        "scores says Good. None is shown until an editor decides."
    )
    assert told["percent-disagreement"] == (
        "The overall percentage: summary.txt says 39, but the table of published scores says 64. "
        "None is shown until an editor decides."
    )
