"""What a query means: questions, related terms, spellings and authorities."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.facts import related_terms
from reports.search import SearchQuery
from reports.search.language.compounds import spellings
from reports.search.language.known_terms import printed_words
from reports.search.language.terms import stem
from reports.search.language.tree import Run, positive_runs
from reports.search.language.understanding import Understood, understand
from reports.search.language.widening import british

OMBUDSMAN = "local government and social care ombudsman"


def understood(q: str, *, exact: bool = False) -> Understood:
    return understand(SearchQuery(q=q, exact=exact))


def also(q: str) -> dict[str, tuple[str, ...]]:
    return {each.typed: each.others for each in understood(q).also}


@pytest.mark.parametrize(
    ("q", "shown", "left_out"),
    [
        ("how do people find a care home?", "people AND care AND home", ("how", "do", "find", "a")),
        ("tell me about advocacy", "advocacy", ("tell", "me", "about")),
        ("do people feel listened to?", "people AND listened", ("do", "feel", "to")),
        ("why do people not get reviews", "people AND reviews", ("why", "do", "not", "get")),
        ("How many reviews are overdue", "reviews AND overdue", ("how", "many", "are")),
        ("housing and homelessness", "housing AND homelessness", ()),
        ("carers or volunteers", "(carers OR volunteers)", ()),
        ("day or night care", "(day OR night) AND care", ()),
        (
            "mental health or learning disability",
            "((mental AND health) OR (learning AND disability))",
            (),
        ),
        ("training not mandatory", "training AND NOT mandatory", ()),
        ("the plan was not embedded", "plan AND embedded", ("the", "was", "not")),
        (OMBUDSMAN, OMBUDSMAN.replace(" ", " AND "), ()),
        ("the", "the", ()),
        ("what is it", "what AND is AND it", ()),
        ("IT systems", "IT AND systems", ()),
        ('"the carers" of the area', "“the carers” AND area", ("of", "the")),
    ],
)
def test_plain_words_are_understood_as_meant(q: str, shown: str, left_out: tuple[str, ...]) -> None:
    meaning = understood(q)
    assert (meaning.shown, meaning.left_out) == (shown, left_out)


def test_exact_takes_every_word_as_typed() -> None:
    meaning = understood("how or LGSCO in Harrow", exact=True)
    assert meaning.shown == "how AND or AND LGSCO AND in AND Harrow"
    assert (meaning.left_out, meaning.also, meaning.authorities) == ((), (), ())


def test_acronyms_and_words_stand_for_one_another() -> None:
    assert also("LGSCO")["LGSCO"] == (
        "Local Government and Social Care Ombudsman",
        "LGO",
        "ombudsman",
        "Local Government Ombudsman",
    )
    assert "LGSCO" in also(OMBUDSMAN)[OMBUDSMAN]
    assert "section 42" in also("s42")["s42"]
    assert "s42" in also("section 42")["section 42"]
    assert "personal assistant" in also("PAs")["PAs"]
    assert "backlog" in also("how long do people stay")["how long"]


def test_a_narrower_term_is_found_by_the_broader_one_only() -> None:
    assert "three conversations" in also("strength-based")["strength-based"]
    assert also("three conversations") == {"three conversations": ("3 conversations",)}
    assert "overspend" in also("budget")["budget"]
    assert "budget" not in also("overspend")["overspend"]


def test_a_term_that_holds_another_of_its_row_is_not_looked_for_again() -> None:
    [part] = understood("carers").parts
    assert "unpaid carer" in also("carers")["carers"]
    assert [run.words for run in positive_runs(part.node)] == [
        ("carers",),
        ("unpaid", "care"),
        ("caring", "role"),
    ]


def test_only_whole_terms_are_widened() -> None:
    assert also("local") == also("government") == also("care") == {}


def test_quotation_marks_a_star_and_an_exclusion_switch_widening_off() -> None:
    assert also('"home care"') == also("homecar*") == also("-homecare") == {}
    assert also('"home care" LGSCO').keys() == {"LGSCO"}


def test_every_term_finds_the_others_of_its_row() -> None:
    for row in related_terms.ROWS + related_terms.FORMS:
        stems = {_stems(" ".join(printed_words(term))) for term in row}
        for term in (" ".join(printed_words(term)) for term in row):
            assert {_stems(term), *map(_stems, also(term)[term])} >= stems


def _stems(term: str) -> tuple[str, ...]:
    return tuple(map(stem, term.split()))


@pytest.mark.parametrize(
    ("foreign", "own"),
    [
        ("organizations", "organisations"),
        ("organizational", "organisational"),
        ("organizer", "organiser"),
        ("organizes", "organises"),
        ("analyzed", "analysed"),
        ("oversized", ""),
        ("seizes", ""),
        ("organization", "organisation"),
        ("Personalized", "personalised"),
        ("analyzing", "analysing"),
        ("behavior", "behaviour"),
        ("center", "centre"),
        ("size", ""),
        ("prizes", ""),
        ("organisation", ""),
        ("citizen", ""),
    ],
)
def test_american_spellings_are_looked_for_as_british(foreign: str, own: str) -> None:
    assert british(foreign) == own


@pytest.mark.parametrize(
    ("q", "slug", "rest"),
    [
        ("Harrow", "harrow", ""),
        ("harrow complaints", "harrow", "complaints"),
        ("complaints in Barking & Dagenham", "barking-and-dagenham", "complaints"),
        ("St Helens ASYE", "st-helens", "ASYE"),
        ("Reading reviews", "reading", "reviews"),
    ],
)
def test_the_name_of_an_authority_is_seen(q: str, slug: str, rest: str) -> None:
    (named,) = understood(q).authorities
    assert (named.slug, named.rest) == (slug, rest)


def test_leaving_out_a_condition_leaves_another() -> None:
    meaning = understand(SearchQuery(q="carers respite", topic=("complaints",), page=3))
    assert [
        (less.left_out if isinstance(less.left_out, str) else less.left_out.name, less.query)
        for less in meaning.relaxed()
    ] == [
        ("topic", SearchQuery(q="carers respite")),
        ("carers", SearchQuery(q="respite", topic=("complaints",))),
        ("respite", SearchQuery(q="carers", topic=("complaints",))),
    ]
    assert understand(SearchQuery(q="carers")).relaxed() == []


@pytest.mark.parametrize(
    ("q", "sort", "asked"),
    [
        ("carers", "", "relevance"),
        ("carers", "newest", "newest"),
        ("carers", "authority", "authority"),
        ("", "", "newest"),
        ("", "relevance", "newest"),
        ("", "authority", "authority"),
        ("-carers", "", "newest"),
    ],
)
def test_findings_come_by_relevance_only_where_words_make_some_more_relevant(
    q: str, sort: str, asked: str
) -> None:
    assert understand(SearchQuery(q=q, sort=sort)).question.sort == asked


def test_eight_terms_of_a_query_are_widened() -> None:
    terms = [
        "LGSCO",
        "s42",
        "PAs",
        "budget",
        "carers",
        "strength-based",
        "homecare",
        "DoLS",
        "ASYE",
    ]
    assert list(also(" ".join(terms))) == terms[:8]


def test_an_authority_that_is_named_twice_is_offered_once() -> None:
    (named,) = understood("Harrow complaints Harrow").authorities
    assert (named.name, named.rest) == ("Harrow", "complaints")


@pytest.mark.parametrize(
    ("words", "ways"),
    [
        ("co production plans", ["co production plans", "coproduction plans"]),
        ("plans", ["plans"]),
        ("coproduction", ["coproduction", "co production"]),
        ("recent", ["recent", "re cent"]),
        ("reed", ["reed"]),
    ],
)
def test_a_prefix_is_written_apart_or_together(words: str, ways: list[str]) -> None:
    assert [" ".join(way) for way in spellings(Run(tuple(words.split())))] == ways


def test_a_word_of_the_language_names_no_authority() -> None:
    assert understood("reading the plan").authorities == ()


@given(
    st.lists(st.sampled_from(["how", "or", "not", "and", "LGO", "a", "-", '"', "Harrow", "(", ")"]))
)
def test_any_words_are_understood(words: list[str]) -> None:
    understood(" ".join(words))
