import pytest

from reports.facts import framework
from reports.models import Assessment, Finding
from reports.quotes import Judgement, Verdict, check, checking, held_texts
from tests.search.making import make_finding, make_section

pytestmark = pytest.mark.django_db
TEXT = (
    "Staff told us the “front door” was well-led – people waited 12 days, on average, for an "
    "assessment, and carers’ views shaped services."
)


@pytest.fixture
def finding() -> Finding:
    return make_finding(TEXT, authority="haringey", score=2)


@pytest.fixture
def only_findings(monkeypatch: pytest.MonkeyPatch) -> None:
    """The documents of made findings have no text."""
    monkeypatch.setattr(held_texts, "reports_on", lambda authority: [])


def judge(text: str) -> Judgement:
    [judgement] = check(text).judgements
    return judgement


@pytest.mark.parametrize(
    "quotation",
    ["people waited 12 days, on average, for an assessment", "carers’ views shaped services."],
)
def test_the_same_letters_are_exact(finding: Finding, quotation: str) -> None:
    judgement = judge(quotation)

    assert judgement.verdict is Verdict.EXACT
    [place] = judgement.places
    assert place.finding.public_id == finding.public_id
    [(start, end)] = place.spans
    assert TEXT[start:end] == place.words == quotation


@pytest.mark.parametrize(
    ("quotation", "overlooked"),
    [
        ("carers' views shaped services", "quotation marks"),
        ("was well-led - people waited", "dashes"),
        ("people  waited\u00a012 days", "spaces"),
        ("people waited 12 days.", "punctuation at the end"),
        ("the 'front door' was well‑led — people", "quotation marks and dashes"),
    ],
)
def test_what_is_overlooked_is_listed(finding: Finding, quotation: str, overlooked: str) -> None:
    judgement = judge(quotation)

    assert judgement.verdict is Verdict.SAME
    assert f"It differs only in {overlooked}." in judgement.explanation


@pytest.mark.parametrize(
    ("quotation", "differences"),
    [
        (
            "people waited 21 days, on average, for an assessment",
            [
                ("same", "people waited"),
                ("missing", "12"),
                ("added", "21"),
                ("same", "days, on average, for an assessment"),
            ],
        ),
        (
            "people waited 12 days on average, for an assessment",
            [
                ("same", "people waited 12 days"),
                ("missing", ","),
                ("same", "on average, for an assessment"),
            ],
        ),
        (
            "people never waited 12 days, on average, for an assessment",
            [
                ("same", "people"),
                ("added", "never"),
                ("same", "waited 12 days, on average, for an assessment"),
            ],
        ),
    ],
)
def test_an_altered_quotation_shows_the_words_that_differ(
    finding: Finding, quotation: str, differences: list[tuple[str, str]]
) -> None:
    judgement = judge(quotation)

    assert judgement.verdict is Verdict.ALTERED
    assert [(part.kind, part.text) for part in judgement.differences] == differences


def test_a_part_of_a_word_or_number_is_not_the_word(finding: Finding) -> None:
    assert judge("people waited 12 days, on average, for an assess").verdict is Verdict.ALTERED
    assert judge("waited 2 days, on average, for an assessment").verdict is Verdict.ALTERED


def test_words_of_two_places_are_spliced(finding: Finding) -> None:
    make_finding("Leaders met every month to look at all risks.", authority="camden")

    judgement = judge("people waited 12 days, on average, met every month to look at")

    assert judgement.verdict is Verdict.SPLICED
    assert [place.words for place in judgement.places] == [
        "people waited 12 days, on average,",
        "met every month to look at",
    ]


@pytest.mark.parametrize("gap", ["…", "...", "[…]", "[as we saw]"])
def test_a_quotation_may_show_that_it_leaves_words_out(finding: Finding, gap: str) -> None:
    judgement = judge(f"people waited 12 days {gap} for an assessment")

    assert judgement.verdict is Verdict.EXACT
    assert [TEXT[start:end] for start, end in judgement.places[0].spans] == [
        "people waited 12 days",
        "for an assessment",
    ]


def test_parts_in_another_order_are_not_one_quotation(finding: Finding) -> None:
    assert judge("for an assessment … people waited 12 days").verdict is not Verdict.EXACT


def test_a_bracketed_first_letter_is_the_quoters(finding: Finding) -> None:
    assert judge("[P]eople waited 12 days").verdict is Verdict.EXACT


def _complete(authority: str) -> None:
    """Make all nine statements of an authority held."""
    assessment = Assessment.objects.filter(authority__slug=authority).first()
    for statement in framework.STATEMENT_BY_SLUG:
        section = make_section(statement=statement, authority=authority)
        if assessment:
            section.assessment = assessment
            section.save()


def test_right_words_of_another_authority(finding: Finding, only_findings: None) -> None:
    _complete("camden")

    judgement = judge("In Camden, “people waited 12 days, on average, for an assessment”.")

    assert judgement.verdict is Verdict.ELSEWHERE
    assert judgement.explanation == (
        "The text names Camden; the words are from the report of Haringey."
    )


def test_nobody_is_accused_over_a_report_that_is_not_held(finding: Finding) -> None:
    words = "people waited 12 days, on average, for an assessment"

    held_elsewhere = judge(f"In Camden, “{words}”.")
    altered = judge(f"In Camden, “{words.replace('12', '13')}”.")
    unknown = judge("In Camden, “zebras ran through the offices at noon”.")

    for judgement in (held_elsewhere, altered, unknown):
        assert judgement.verdict is Verdict.CANNOT_CHECK
        assert "not held in full" in judgement.explanation


def test_right_words_with_another_score(finding: Finding) -> None:
    judgement = judge("Haringey scored 4: “people waited 12 days, on average”.")

    assert judgement.verdict is Verdict.ELSEWHERE
    assert "The text says score 4; Haringey has score 2" in judgement.explanation


def test_the_score_that_is_right_is_not_an_objection(finding: Finding) -> None:
    judgement = judge("Haringey scored 2: “people waited 12 days, on average”.")

    assert judgement.verdict is Verdict.EXACT


def test_the_same_words_of_several_are_told_by_who_is_named(finding: Finding) -> None:
    make_finding(TEXT, authority="camden", score=3)

    judgement = judge("Camden scored 3: “people waited 12 days, on average”.")

    assert judgement.verdict is Verdict.EXACT
    assert judgement.places[0].finding.authority == "camden"
    assert "The same words are in 1 more of the findings." in judgement.explanation


@pytest.mark.parametrize("named", ["Haringey", "Camden"])
def test_a_wrong_score_is_said_of_the_authority_named(finding: Finding, named: str) -> None:
    make_finding(TEXT, authority="camden", score=3)

    judgement = judge(f"{named} scored 1: “people waited 12 days, on average”.")

    assert judgement.verdict is Verdict.ELSEWHERE
    assert f"The text says score 1; {named} has score" in judgement.explanation


@pytest.mark.parametrize("named", ["Haringey", "Camden"])
def test_the_words_of_very_many_are_found_in_the_report_named(
    finding: Finding, named: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_finding(TEXT, authority="camden", score=3)
    monkeypatch.setattr(checking, "MOST_HOLDING", 1)

    judgement = judge(f"{named} wrote: “people waited 12 days, on average”.")

    assert judgement.verdict is Verdict.EXACT
    assert judgement.explanation.startswith(f"{named}, ")


@pytest.mark.parametrize("named", ["Haringey", "Camden"])
def test_the_nearest_words_are_those_of_the_authority_named(
    finding: Finding, only_findings: None, named: str
) -> None:
    make_finding(TEXT, authority="camden", score=3)

    judgement = judge(f"{named} wrote: “people waited 13 days, on average, for an assessment”.")

    assert judgement.explanation == f"The nearest words held are those of {named}; they differ."


def test_words_of_two_places_of_different_lengths_are_spliced(
    finding: Finding, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_finding("Leaders met every month to look at all risks.", authority="camden")
    monkeypatch.setattr(checking, "MOST_RESEMBLING", 1)

    judgement = judge("people waited 12 days, on average, for met every month to look")

    assert judgement.verdict is Verdict.SPLICED


def test_what_is_nowhere_is_not_called_wrong(finding: Finding) -> None:
    judgement = judge("zebras ran through the offices at noon")

    assert judgement.verdict is Verdict.NOT_HELD
    assert "may come from a report or a page that is not held" in judgement.explanation


def test_what_is_too_short_and_nowhere_cannot_be_checked(finding: Finding) -> None:
    assert judge("“zebras”").verdict is Verdict.CANNOT_CHECK
    assert judge("“front door”").verdict is Verdict.EXACT


def test_words_of_the_report_outside_its_findings_are_found(
    first_of_haringey: Finding,
) -> None:
    judgement = judge(
        "Haringey: “We focus on continuous learning, innovation and improvement across our "
        "organisation and the local system.”"
    )

    assert judgement.verdict is Verdict.EXACT
    assert "outside its findings" in judgement.explanation


def test_both_the_printed_and_the_corrected_words_are_known(first_of_haringey: Finding) -> None:
    printed = first_of_haringey.text
    Finding.objects.filter(pk=first_of_haringey.pk).update(
        text=printed.replace("not well embedded", "well embedded")
    )

    was = judge(" ".join(printed.split()[:10]))
    now = judge(printed.replace("not well embedded", "well embedded").split(" recognised")[0])

    assert (was.verdict, now.verdict) == (Verdict.EXACT, Verdict.EXACT)
    assert "CQC's printed words; an editor of this site has corrected them" in was.explanation
    assert "as corrected by an editor, not as CQC printed them" in now.explanation


def test_at_most_so_many_are_checked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checking, "MOST_QUOTATIONS", 2)

    checked = check("“one two” “three four” “five six”")

    assert (len(checked.judgements), checked.left_out) == (2, 1)


def test_a_text_without_words_has_no_quotations() -> None:
    assert check("").judgements == ()
