import pytest

from reports.models import Finding
from reports.search import catch_up, similar_findings
from tests.search.making import make_finding

pytestmark = pytest.mark.django_db

RESPITE = "Unpaid carers waited months for respite, and short breaks were hard to find in villages."


def texts(finding: Finding) -> list[str]:
    return [each.finding.text for each in similar_findings(finding)]


def filler() -> None:
    for number in range(6):
        make_finding(f"Leaders met partners in meeting {number}.", authority="leeds", heading="")


def test_a_finding_with_the_same_words_is_similar_and_says_what_it_shares() -> None:
    filler()
    finding = make_finding(RESPITE, heading="")
    make_finding("Carers found respite and breaks in villages.", authority="barnet", heading="")
    catch_up()
    (similar,) = similar_findings(finding)
    assert similar.finding.authority == "barnet"
    assert set(similar.shared) == {"carers", "respite", "breaks", "villages"}


def test_other_authorities_come_first() -> None:
    filler()
    finding = make_finding(RESPITE, authority="harrow", heading="")
    make_finding(RESPITE, authority="harrow", heading="")
    make_finding("Carers found respite and breaks in villages.", authority="barnet", heading="")
    catch_up()
    assert texts(finding) == ["Carers found respite and breaks in villages.", RESPITE]


def test_a_finding_without_like_has_none() -> None:
    filler()
    finding = make_finding(RESPITE, heading="")
    catch_up()
    assert texts(finding) == []


def test_there_are_none_without_an_index() -> None:
    assert texts(make_finding(RESPITE)) == []


def test_at_most_five_are_listed() -> None:
    filler()
    finding = make_finding(RESPITE, heading="")
    for _ in range(8):
        make_finding(RESPITE, authority="barnet", heading="")
    catch_up()
    assert len(texts(finding)) == 5


def test_an_equal_finding_is_wholly_alike_and_shares_its_five_rarest_words() -> None:
    filler()
    finding = make_finding(RESPITE, heading="Breaks for carers")
    make_finding("Villages were hard to find.", authority="leeds", heading="")
    make_finding(RESPITE, authority="barnet", heading="Breaks for carers")
    catch_up()
    similar, _ = similar_findings(finding)
    assert similar.likeness == pytest.approx(1)
    assert similar.shared == ("carers", "Breaks", "Unpaid", "waited", "months")


def test_words_of_function_and_of_two_letters_make_nothing_alike() -> None:
    filler()
    finding = make_finding("It was so for them all as we go on.", heading="")
    make_finding("As it was for us, so we go on for them.", authority="barnet", heading="")
    catch_up()
    assert texts(finding) == []


def test_a_finding_of_no_authority_has_similar_ones() -> None:
    filler()
    finding = make_finding(RESPITE, authority=None, heading="")
    make_finding(RESPITE, authority=None, heading="")
    catch_up()
    assert texts(finding) == [RESPITE]
