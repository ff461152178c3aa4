"""The outcome of the assessment is read from a report's summary page."""

from reports.parsing import parse_report
from tests.parsing.samples import variant_text

SUMMARY = variant_text("summary.txt")


def test_reads_rating_percentage_and_scores():
    outcome = parse_report(SUMMARY).outcome

    assert (outcome.rating, outcome.percent) == ("requires-improvement", 39)
    assert dict(outcome.scores) == {
        "assessing-needs": 1,
        "healthier-lives": 2,
        "safeguarding": 1,
        "learning": 2,
    }


def test_two_scores_of_one_statement_are_a_problem_and_neither_is_taken():
    text = SUMMARY.replace("  • Safeguarding\n    Score: 1", "  • Assessing needs\n    Score: 3")
    record = parse_report(text)

    assert "assessing-needs" not in dict(record.outcome.scores)
    [problem] = [each for each in record.problems if each.code == "summary-conflict"]
    assert problem.message == (
        "The summary gives the score of Assessing needs more than once: 1 and 3. None was taken."
    )


def test_the_same_score_printed_twice_is_taken():
    text = SUMMARY.replace("  • Safeguarding\n", "  • Assessing needs\n")

    assert dict(parse_report(text).outcome.scores)["assessing-needs"] == 1


def test_two_ratings_are_a_problem_and_neither_is_taken():
    text = SUMMARY.replace("    Requires improvement", "    Requires improvement\n    Good")
    record = parse_report(text)

    assert record.outcome.rating == ""
    assert record.outcome.percent == 39
    [problem] = [each for each in record.problems if each.code == "summary-conflict"]
    assert "requires-improvement and good" in problem.message
