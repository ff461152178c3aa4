import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reports.models import Finding, IndexChange
from reports.search import SearchQuery, catch_up, public_ids, search
from reports.search.page.choices import Chip
from tests.search.making import found, make_finding, make_section

pytestmark = pytest.mark.django_db

COPRODUCTION = [
    "Staff were proud of co-production here.",
    "Coproduction was not embedded.",
    "They spoke of co production often.",
]


def test_words_are_anded_and_stemmed() -> None:
    make_finding("Leaders were learning from complaints.")
    make_finding("Leaders learned nothing.")
    assert found("complaint learn") == ["Leaders were learning from complaints."]


def test_headings_are_searched_too() -> None:
    make_finding("Nothing of the kind.", heading="Safe and effective transitions")
    (hit,) = search(SearchQuery(q="transition")).hits
    assert (hit.highlight, hit.heading) == (
        "Nothing of the kind.",
        "Safe and effective <mark>transitions</mark>",
    )


def test_a_hit_shows_what_the_database_holds_now() -> None:
    make_finding("Carers waited for support.")
    catch_up()
    Finding.objects.update(text="Carers no longer wait.", heading="Carers first")
    (hit,) = search(SearchQuery(q="carers")).hits
    assert hit.highlight == "<mark>Carers</mark> no longer wait."
    assert hit.heading == "<mark>Carers</mark> first"


def test_a_finding_that_is_no_longer_published_is_not_a_hit() -> None:
    make_finding("Carers waited for support.")
    catch_up()
    Finding.objects.update(status=Finding.Status.GONE)
    assert search(SearchQuery(q="carers")).hits == ()


def test_a_finding_that_has_just_gone_is_not_a_hit() -> None:
    make_finding("Carers waited for support.")
    catch_up()
    Finding.objects.all().delete()
    IndexChange.objects.all().delete()
    assert search(SearchQuery(q="carers")).hits == ()


def test_a_phrase_does_not_reach_from_the_text_into_the_heading() -> None:
    make_finding("It ended with peer", heading="review of practice")
    assert found('"peer review"') == []


@pytest.mark.parametrize(
    "typed", ["co-production", "coproduction", "co production", '"Co‑Production"']
)
def test_spellings_of_co_production_find_one_another(typed: str) -> None:
    for text in [*COPRODUCTION, "A production of the co-op."]:
        make_finding(text)
    assert sorted(found(typed)) == sorted(COPRODUCTION)


def test_inflected_compounds_find_one_another() -> None:
    make_finding("Plans were co-produced.")
    make_finding("Coproducing plans.")
    assert len(found("coproduced")) == len(found("co-producing")) == 2


def test_a_phrase_with_a_compound_finds_all_its_spellings() -> None:
    make_finding("The coproduction group met.")
    make_finding("A co-production group met.")
    make_finding("A group met for co-production.")
    assert len(found('"co-production group"')) == 2


@pytest.mark.parametrize("typed", ["people's", "people’s", "PEOPLE", "peoples'"])
def test_possessives_and_capitals_do_not_matter(typed: str) -> None:
    make_finding("People’s voices.")
    make_finding("The people said so.")
    assert len(found(typed)) == 2


def test_accents_do_not_matter_however_they_are_written() -> None:
    make_finding("A cafe\u0301 for carers.")
    assert len(found("café")) == len(found("CAFE")) == len(found("cafe\u0301")) == 1


def test_either_word_will_do() -> None:
    for text in ["carers spoke", "volunteers spoke", "staff spoke"]:
        make_finding(text)
    assert sorted(found("carers OR volunteers")) == ["carers spoke", "volunteers spoke"]


def test_what_is_excluded_is_not_found() -> None:
    make_finding("training for staff")
    make_finding("training for carers")
    assert found("training -carer") == ["training for staff"]


def test_exclusion_alone_finds_the_rest() -> None:
    make_finding("training for staff")
    make_finding("support for carers")
    assert found("-carer") == ["training for staff"]
    assert found("-zebra -carer") == ["training for staff"]


def test_a_prefix_finds_every_word_that_begins_with_it() -> None:
    for text in ["communities met", "a community met", "the commune met"]:
        make_finding(text)
    assert sorted(found("communit*")) == ["a community met", "communities met"]


def test_a_prefix_of_very_many_words_is_bounded_and_says_so() -> None:
    make_finding(" ".join(f"x{number}" for number in range(150)))
    page = search(SearchQuery(q="x*"))
    commonest = "only the 100 commonest were searched for"
    note = f"“x*” starts very many words: {commonest}. Add letters to find all."
    assert (page.total, page.notes) == (1, (note,))


def test_all_prefixes_of_a_query_together_are_bounded() -> None:
    for letter in "abcdefghij":
        make_finding(" ".join(f"{letter}{number}" for number in range(100)))

    page = search(SearchQuery(q=" OR ".join(f"{letter}*" for letter in "abcdefghij")))

    assert page.total == 10
    assert len(page.notes) == 10
    assert all("only the 50 commonest were searched for" in note for note in page.notes)


def test_many_prefixes_can_all_be_wanted() -> None:
    make_finding("apples beans carrots dates eggs figs grapes")
    assert search(SearchQuery(q="appl* bean* carr* dat* egg* fig* grap*")).total == 1
    assert search(SearchQuery(q="appl* bean* carr* dat* egg* fig* -grap*")).total == 0


def test_without_words_the_newest_come_first() -> None:
    make_finding("undated", published="")
    make_finding("in 2024", published="2024")
    make_finding("in may 2025", published="2025-05")
    make_finding("on 2 may 2025", published="2025-05-02")
    make_finding("in harrow", published="2025-06-01", authority="harrow")
    make_finding("in barnet", published="2025-06-01", authority="barnet")
    assert found() == [
        "in barnet",
        "in harrow",
        "on 2 may 2025",
        "in may 2025",
        "in 2024",
        "undated",
    ]


def test_findings_of_a_section_stay_in_order() -> None:
    section = make_section(authority=None)
    make_finding("second", section=section, position=1)
    make_finding("first", section=section, position=0)
    make_finding("before them", statement="equity", authority=None)
    assert found() == found(sort="authority") == ["before them", "first", "second"]


def test_sorted_by_authority_the_unidentified_come_last() -> None:
    for slug in ["york", None, "barnet"]:
        make_finding(f"staff of {slug}", authority=slug)
    assert found("staff", sort="authority") == ["staff of barnet", "staff of york", "staff of None"]


def test_words_bring_the_best_match_first_unless_asked_otherwise() -> None:
    make_finding("Carers, carers, carers.", published="2023-01-01")
    make_finding("Among much else there were carers and many other people.", published="2025-01-01")
    assert found("carers")[0] == found("carers", sort="relevance")[0] == "Carers, carers, carers."
    assert found("carers", sort="newest")[1] == "Carers, carers, carers."


def test_filters_do_not_change_the_order_of_matches() -> None:
    for score, text in [(1, "carers " * 3), (2, "carers and many other words"), (2, "words")]:
        make_finding(text, score=score)
    assert found("carers", score=("1", "2")) == found("carers")


def test_a_page_holds_twenty_and_the_last_stands_for_all_beyond() -> None:
    section = make_section()
    for position in range(45):
        make_finding(f"finding {position}", section=section, position=position)
    third = search(SearchQuery(page=3))
    beyond = search(SearchQuery(page=100_000))
    assert (third.total, third.pages, third.page, len(third.hits)) == (45, 3, 3, 5)
    assert (beyond.page, beyond.hits) == (3, third.hits)
    ids = [
        hit.finding.public_id
        for number in (1, 2, 3)
        for hit in search(SearchQuery(page=number)).hits
    ]
    assert ids == public_ids(SearchQuery(page=2), limit=100)
    assert len(set(ids)) == 45


def test_what_readers_do_not_see_is_not_found() -> None:
    finding = make_finding("a paragraph of furniture")
    finding.status = Finding.Status.NOT_A_FINDING
    finding.save()
    assert found("furniture") == []


def test_what_is_chosen_can_be_taken_back_by_its_chip() -> None:
    make_finding(heading="Learning from feedback")
    query = SearchQuery(q="staff", score=("1", "3"), heading=("learning-from-feedback",), page=2)
    assert search(query).chips == (
        Chip("Words", "staff", "score=1&score=3&heading=learning-from-feedback"),
        Chip(
            "Score",
            "1 – Evidence shows significant shortfalls",
            "q=staff&score=3&heading=learning-from-feedback",
        ),
        Chip(
            "Score",
            "3 – Evidence shows a good standard",
            "q=staff&score=1&heading=learning-from-feedback",
        ),
        Chip("Heading", "Learning from feedback", "q=staff&score=1&score=3"),
    )


def test_no_result_says_what_to_leave_out() -> None:
    make_finding("staff learned", score=2, authority="barnet")
    make_finding("staff learned", score=2, authority="harrow")
    make_finding("carers spoke", score=3, authority="harrow", heading="")
    page = search(SearchQuery(q="staff learn", score=("3",), authority=("barnet", "harrow")))
    assert page.total == 0
    assert [(each.label, each.count, each.query_string) for each in page.suggestions] == [
        (
            "Score: 3 – Evidence shows a good standard",
            2,
            "q=staff+learn&authority=barnet&authority=harrow",
        ),
    ]


def test_no_result_says_which_word_to_leave_out() -> None:
    make_finding("staff learned")
    page = search(SearchQuery(q='staff -zebra "wise owls"'))
    assert [(each.label, each.count, each.query_string) for each in page.suggestions] == [
        ("“wise owls”", 1, "q=staff+-zebra"),
    ]


def test_words_without_a_word_find_all_and_say_so() -> None:
    make_finding()
    page = search(SearchQuery(q="?!"))
    assert (page.total, page.understood, page.notes) == (
        1,
        "",
        ("“?!” holds no word and was ignored.",),
    )


def test_the_page_is_empty_if_nothing_is_loaded() -> None:
    page = search(SearchQuery(q="x", page=7))
    assert (page.total, page.pages, page.page, page.hits, page.suggestions) == (0, 1, 1, (), ())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(
    q=st.one_of(
        st.text(max_size=60),
        st.lists(
            st.sampled_from(
                [
                    "staff",
                    "co-",
                    "the",
                    '"',
                    "(",
                    ")",
                    "-",
                    "*",
                    "s*",
                    "OR",
                    "AND",
                    "NOT",
                    " ",
                    "’s",
                    "é",
                ]
            ),
            max_size=30,
        ).map("".join),
    )
)
def test_any_words_can_be_searched(q: str) -> None:
    if not Finding.objects.exists():
        make_finding("The staff’s co-production café")
    query, _ = SearchQuery.from_params({"q": q})
    page = search(query)
    assert 0 <= page.total <= 1


@pytest.mark.parametrize("sign", ["(", "-", '"', "*", "a ", "a* ", "OR ", "a OR ", "😀", "co "])
def test_five_hundred_characters_are_answered(sign: str) -> None:
    make_finding("a co-op")
    query, _ = SearchQuery.from_params({"q": (sign * 500)[:500]})
    assert search(query).total in {0, 1}
