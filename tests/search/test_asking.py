"""What a search offers where the words alone find little."""

import pytest

from reports.search import SearchPage, SearchQuery, every_id, public_ids, search
from tests.search.making import found, make_finding

pytestmark = pytest.mark.django_db


def nearly(page: SearchPage) -> list[tuple[str, tuple[str, ...]]]:
    return [(hit.finding.text, hit.missing) for hit in page.nearly]


def test_an_acronym_finds_its_words_and_the_words_their_acronym() -> None:
    texts = {
        "The Local Government and Social Care Ombudsman upheld two complaints.",
        "The LGSCO upheld one complaint.",
        "An ombudsman was named.",
    }
    for text in [*texts, "Local people and social care staff met."]:
        make_finding(text)
    for q in ("LGSCO", "ombudsman", "LGO", "local government and social care ombudsman"):
        assert set(found(q)) == texts
    assert found("LGSCO", exact=True) == ["The LGSCO upheld one complaint."]
    assert found('"LGSCO"') == ["The LGSCO upheld one complaint."]


def test_a_question_finds_what_holds_its_content_words() -> None:
    make_finding("People waited 28 days for a Care Act assessment.")
    assert found("How long do people wait for a Care Act assessment?", exact=True) == []
    page = search(SearchQuery(q="Do people wait for a Care Act assessment?"))
    assert (page.total, page.left_out) == (1, ("do", "for", "a"))


def test_findings_that_hold_most_words_follow_the_few_that_hold_all() -> None:
    make_finding("Carers praised respite and transport in rural villages.")
    make_finding("Carers praised respite with transport in villages.")
    make_finding("Respite was short.")
    for _ in range(4):
        make_finding("Carers met.")
    page = search(SearchQuery(q="carers respite transport rural"))
    assert page.total == 1
    assert nearly(page) == [("Carers praised respite with transport in villages.", ("rural",))]
    assert (
        sum(value.count for group in page.facets if group.name == "score" for value in group.values)
        == 1
    )


def test_findings_that_hold_most_words_keep_to_the_filters_and_exclusions() -> None:
    for authority, end in [("harrow", ""), ("barnet", ""), ("harrow", " online")]:
        make_finding(f"Rural respite for carers{end}.", authority=authority)
    page = search(SearchQuery(q="carers respite rural transport -online", authority=("harrow",)))
    assert nearly(page) == [("Rural respite for carers.", ("transport",))]


def test_the_authority_named_counts_more_than_all_other_words() -> None:
    make_finding("Carers praised respite and transport.", authority="leeds")
    make_finding("Complaints rose.", authority="harrow")
    page = search(SearchQuery(q="Harrow respite transport"))
    assert nearly(page) == [("Complaints rose.", ("respite", "transport"))]


def test_of_two_authorities_named_the_one_that_a_finding_is_not_about_is_missing() -> None:
    make_finding("Carers praised respite.", authority="harrow")
    page = search(SearchQuery(q="Harrow Barnet respite"))
    assert nearly(page) == [("Carers praised respite.", ("Barnet",))]


def test_five_findings_with_all_words_are_enough() -> None:
    for _ in range(5):
        make_finding("Rural respite for carers.")
    make_finding("Rural respite.")
    assert search(SearchQuery(q="carers respite rural")).nearly == ()


def test_exact_finds_only_findings_with_all_words() -> None:
    make_finding("Rural respite for carers.")
    assert search(SearchQuery(q="carers respite rural transport", exact=True)).nearly == ()


def test_a_misspelt_word_is_corrected_if_nothing_else_finds_anything() -> None:
    make_finding("Staff had training and supervision in safeguarding.")
    page = search(SearchQuery(q="safegarding trianing suprvision"))
    assert page.total == 1
    assert page.corrected
    assert [(each.word, each.nearest) for each in page.corrections] == [
        ("safegarding", "safeguarding"),
        ("trianing", "training"),
        ("suprvision", "supervision"),
    ]
    assert page.switched == "q=safegarding+trianing+suprvision&exact=1"
    ids = [page.hits[0].finding.public_id]
    assert public_ids(page.query, 10) == list(every_id(page.query)) == ids


def test_a_correction_is_only_offered_if_something_was_found() -> None:
    make_finding("Staff had training.")
    page = search(SearchQuery(q="staff OR trianing"))
    assert (page.total, page.corrected) == (1, False)
    assert [each.query.query_string() for each in page.corrections] == ["q=staff+OR+training"]


def test_a_correction_that_finds_nothing_is_only_offered() -> None:
    make_finding("Staff had training.")
    make_finding("Carers had respite.")
    page = search(SearchQuery(q="trianing carers"))
    assert (page.total, page.corrected) == (0, False)
    assert [each.nearest for each in page.corrections] == ["training"]
    assert nearly(page) == [("Carers had respite.", ("trianing",))]


def test_exact_corrects_nothing() -> None:
    make_finding("Staff had training.")
    page = search(SearchQuery(q="trianing", exact=True))
    assert (page.total, page.corrected) == (0, False)


def test_american_spellings_find_british_ones() -> None:
    make_finding("The organisation has a learning programme.")
    assert len(found("organization program")) == 1


def test_the_name_of_an_authority_finds_its_findings_and_offers_it_as_a_filter() -> None:
    make_finding("Complaints were answered late.", authority="harrow")
    make_finding("Complaints were answered late in Leeds.", authority="barnet")
    make_finding("Complaints rose.", authority="leeds")
    page = search(SearchQuery(q="Harrow complaints"))
    assert [hit.finding.authority for hit in page.hits] == ["harrow"]
    (answer,) = page.authorities
    assert (answer.slug, answer.name, answer.rest) == ("harrow", "Harrow", "complaints")
    assert answer.query_string == "q=complaints&authority=harrow"
    assert len(found("Leeds complaints")) == 2


def test_a_misspelt_authority_is_found() -> None:
    make_finding("Complaints were answered late.", authority="harrow")
    page = search(SearchQuery(q="harow"))
    assert (page.total, page.authorities[0].slug) == (1, "harrow")


def test_an_authority_that_is_the_filter_already_is_not_offered_again() -> None:
    make_finding("Complaints were answered late.", authority="harrow")
    page = search(SearchQuery(q="Harrow", authority=("harrow",)))
    assert [answer.query_string for answer in page.authorities] == [""]


def test_a_suggestion_names_three_of_the_values_it_leaves_out_and_the_most_useful_comes_first() -> (
    None
):
    make_finding("Carers had respite.", authority="leeds")
    for _ in range(2):
        make_finding("Staff had training.", authority="harrow")
    chosen = ("barnet", "camden", "harrow", "kent")
    page = search(SearchQuery(q="respite", authority=chosen))
    assert [(each.label, each.count, each.query_string) for each in page.suggestions] == [
        ("respite", 2, "&".join(f"authority={slug}" for slug in chosen)),
        ("Authority: Barnet, Camden, Harrow …", 1, "q=respite"),
    ]
    page = search(SearchQuery(q="respite", authority=chosen[:3]))
    assert page.suggestions[1].label == "Authority: Barnet, Camden, Harrow"


def test_at_most_ten_findings_are_listed_with_those_that_hold_most_words() -> None:
    make_finding("Carers praised respite and transport.")
    for _ in range(12):
        make_finding("Carers praised respite.")
        make_finding("Transport was planned.")
    page = search(SearchQuery(q="carers praised respite transport"))
    assert (page.total, len(page.nearly)) == (1, 9)
    page = search(SearchQuery(q="carers praised respite otters"))
    assert (page.total, len(page.nearly)) == (0, 10)
