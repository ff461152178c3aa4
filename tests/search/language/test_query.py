from dataclasses import fields
from urllib.parse import parse_qsl

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from reports.search import SearchQuery
from reports.search.language.facets import FACETS, UNDATED, Facet
from reports.search.language.query import LONGEST_Q, MOST_PAGES, MOST_VALUES, SORTS, clean


def read(query_string: str) -> SearchQuery:
    """The query in a query string that is all right."""
    query, messages = SearchQuery.from_params(QueryDict(query_string))
    assert messages == ()
    return query


def refused(query_string: str) -> tuple[SearchQuery, str]:
    """What is left of a query string with one thing wrong, and the message."""
    query, (message,) = SearchQuery.from_params(QueryDict(query_string))
    return query, message


def values_of(facet: Facet) -> st.SearchStrategy[str]:
    if facet.name == "year":
        return st.one_of(st.just(UNDATED), st.from_regex(r"[0-9]{4}", fullmatch=True))
    if facet.pattern:
        return st.from_regex(r"[a-z0-9]{1,9}(-[a-z0-9]{1,9}){0,4}", fullmatch=True)
    return st.sampled_from(list(facet.labels))


def choices_of(facet: Facet) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(values_of(facet), max_size=5).map(facet.in_order)


queries = st.builds(
    SearchQuery,
    q=st.text().map(clean).map(lambda q: q[:LONGEST_Q].strip()),
    sort=st.sampled_from(SORTS),
    exact=st.booleans(),
    page=st.integers(1, MOST_PAGES),
    **{facet.name: choices_of(facet) for facet in FACETS},
)
junk = st.lists(
    st.tuples(st.sampled_from([field.name for field in fields(SearchQuery)] + ["x"]), st.text())
)


def test_every_facet_is_a_field() -> None:
    assert {field.name for field in fields(SearchQuery)} == {
        *(facet.name for facet in FACETS),
        "q",
        "sort",
        "exact",
        "page",
    }


@given(queries)
def test_a_query_comes_back_from_its_query_string(query: SearchQuery) -> None:
    assert read(query.query_string()) == query


@given(junk)
def test_what_was_read_from_anything_comes_back_the_same(params: list[tuple[str, str]]) -> None:
    given_params = QueryDict(mutable=True)
    for name, value in params:
        given_params.appendlist(name, value)
    query, _ = SearchQuery.from_params(given_params)
    assert read(query.query_string()) == query


@given(queries, st.sampled_from(FACETS), st.data())
def test_toggling_twice_changes_nothing_but_the_page(
    query: SearchQuery, facet: Facet, data: st.DataObject
) -> None:
    value = data.draw(values_of(facet))
    there_and_back = query.toggled(facet.name, value).toggled(facet.name, value)
    assert there_and_back == query.with_page(1)


def test_equal_questions_have_equal_query_strings() -> None:
    one = read("statement=learning&score=unscored&score=2&statement=equity&score=2&q=+a++b+")
    assert one.query_string() == "q=a+b&score=2&score=unscored&statement=equity&statement=learning"


def test_empty_parameters_and_other_peoples_say_nothing() -> None:
    assert read("q=&score=&sort=&page=&utm_source=x") == SearchQuery()


def test_plain_mappings_are_read_like_query_strings() -> None:
    assert SearchQuery.from_params({"q": "a", "score": ["1", "2"], "kind": "unitary"}) == (
        SearchQuery(q="a", score=("1", "2"), kind=("unitary",)),
        (),
    )


@pytest.mark.parametrize(
    ("query_string", "message"),
    [
        ("score=7", "“score=7” is not understood: it can be 1, 2, 3, 4 or unscored."),
        ("year=25", "“year=25” is not understood: write a year of four digits, or “undated”."),
        ("year=٢٠٢٥", "“year=٢٠٢٥” is not understood: write a year of four digits, or “undated”."),
        ("heading=A+b", "“heading=A b” is not understood: choose from the list “Heading”."),
        (
            "authority=atlantis",
            (
                "“authority=atlantis” is not understood: no such value is known; "
                "choose from the list “Authority”."
            ),
        ),
        (
            "evidence=%00<b>",
            (
                "“evidence=<b>” is not understood: "
                "it can be people, staff-and-leaders, partners or processes."
            ),
        ),
        ("sort=size", "“sort=size” is not understood: it can be relevance, newest or authority."),
        ("page=0", "“page=0” is not understood: write a whole number, 1 or more."),
        ("page=-1", "“page=-1” is not understood: write a whole number, 1 or more."),
        ("page=%C2%B2", "“page=²” is not understood: write a whole number, 1 or more."),
    ],
)
def test_a_bad_value_is_left_out_and_named(query_string: str, message: str) -> None:
    assert refused(query_string) == (SearchQuery(), message)


def test_a_bad_value_leaves_the_good_ones() -> None:
    query, _ = refused("score=2&score=9&region=london")
    assert query == SearchQuery(score=("2",), region=("london",))


def test_long_words_are_cut_with_a_message() -> None:
    query, message = refused(f"q={'a' * 600}")
    assert query.q == "a" * LONGEST_Q
    assert message == ("“q” is 600 characters long, and can have 500: search for fewer words.")


@pytest.mark.parametrize("number", [str(MOST_PAGES + 1), "9" * 5000])
def test_a_page_beyond_the_last_possible_one_is_that_one(number: str) -> None:
    assert read(f"page={number}").page == MOST_PAGES


def test_every_authority_can_be_chosen_at_once() -> None:
    authorities = next(facet for facet in FACETS if facet.name == "authority").labels
    assert read("&".join(f"authority={slug}" for slug in authorities)).authority == tuple(
        authorities
    )


def test_too_many_values_are_cut_with_a_message() -> None:
    query, message = refused("&".join(f"heading=h{number}" for number in range(300)))
    assert len(query.heading) == MOST_VALUES
    assert message == "“heading” is given 300 times, and can be given 200 times: leave some out."


def test_control_characters_and_half_surrogates_go_from_the_words() -> None:
    assert clean("a\x00b\ud800c\n d ") == "a bc d"


def test_params_leave_out_what_is_not_said() -> None:
    assert SearchQuery(q="a b", score=("2",), page=3).to_params() == [
        ("q", "a b"),
        ("score", "2"),
        ("page", "3"),
    ]
    assert parse_qsl(SearchQuery(q="é&=").query_string()) == [("q", "é&=")]
