import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.search.language.compounds import spellings, widen_spellings
from reports.search.language.parser import parse
from reports.search.language.tree import Both, Either, Node, Run, Without, show

syntax = st.lists(
    st.sampled_from(
        [
            "a",
            "co-b",
            "“",
            '"',
            "(",
            ")",
            "-",
            "--",
            "*",
            "b*",
            "OR",
            "AND",
            "NOT",
            " ",
            " ",
            "'s",
            "/",
        ]
    ),
    max_size=60,
).map("".join)


def shown(typed: str) -> str:
    """`typed` as a page shows how it was understood."""
    tree = parse(typed).tree
    return show(tree, " AND ", "NOT ") if tree else ""


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("complaints learning", "complaints AND learning"),
        ("Peer AND review", "Peer AND review"),
        ("carers OR volunteers staff", "(carers OR volunteers) AND staff"),
        ("(staff training) OR wellbeing", "((staff AND training) OR wellbeing)"),
        ('"peer review" board', "“peer review” AND board"),
        ("„peer review‟", "“peer review”"),
        ("training -mandatory", "training AND NOT mandatory"),
        ("training NOT (mandatory OR online)", "training AND NOT (mandatory OR online)"),
        ('−"peer review"', "NOT “peer review”"),
        ("communit* carer*", "communit* AND carer*"),
        ("co‑production 24/7", "co-production AND 24/7"),
        ("people’s, carers; staff", "people's AND carers AND staff"),
        ("lower or upper", "lower AND or AND upper"),
        ("a OR -b", "(a OR NOT b)"),
        ("--a NOT NOT b", "NOT a AND NOT b"),
    ],
)
def test_what_was_understood_is_shown(typed: str, understood: str) -> None:
    assert (shown(typed), parse(typed).notes) == (understood, ())


@pytest.mark.parametrize(
    ("typed", "understood", "note"),
    [
        (
            '"peer review',
            "“peer review”",
            "A quotation mark without its partner was closed at the end.",
        ),
        ("(a b", "a AND b", "A “(” without its “)” was closed at the end."),
        ("a) b", "a AND b", "A “)” without its “(” was ignored."),
        ("a OR", "a", "OR needs a word on each side; here it was ignored."),
        ("OR a", "a", "OR needs a word on each side; here it was ignored."),
        ("a OR OR b", "(a OR b)", "OR needs a word on each side; here it was ignored."),
        ("(a OR) b", "a AND b", "OR needs a word on each side; here it was ignored."),
        ("a - b", "a AND b", "“-” holds no word and was ignored."),
        ("a -()", "a", "A “-” with no word after it was ignored."),
        ("a NOT", "a", "A “NOT” with no word after it was ignored."),
        ("?!", "", "“?!” holds no word and was ignored."),
        ("😀", "", "“😀” holds no word and was ignored."),
        ("*", "", "“*” holds no word and was ignored."),
        ('""', "", "“” holds no word and was ignored."),
        ("-" * 90, "", f"“{'-' * 30}…” holds no word and was ignored."),
        ("pro*tion", "pro*tion", "A * works only at the end of a word; elsewhere it was ignored."),
    ],
)
def test_broken_syntax_is_understood_as_far_as_it_goes(
    typed: str, understood: str, note: str
) -> None:
    assert (shown(typed), parse(typed).notes) == (understood, (note,))


def test_brackets_too_deep_are_ignored() -> None:
    typed = "(" * 250 + "a" + ")" * 250
    assert shown(typed) == "a"
    assert "Brackets within brackets were ignored: there were too many." in parse(typed).notes


def test_an_empty_query_asks_for_nothing() -> None:
    assert (parse("").tree, parse("").notes) == (None, ())


@given(st.one_of(syntax, st.text()))
def test_what_is_shown_reads_as_the_same(typed: str) -> None:
    tree = parse(typed).tree
    if tree is None:
        return
    again = parse(show(tree))
    assert again.tree == tree
    assert parse(shown(typed)).tree == tree


@given(st.one_of(syntax, st.text()))
def test_anything_can_be_widened(typed: str) -> None:
    tree = parse(typed).tree
    if tree is not None:
        widen_spellings(tree)


@pytest.mark.parametrize(
    ("typed", "others"),
    [
        ("co-production", {("co", "production"), ("coproduction",)}),
        ("coproduction", {("co", "production"), ("coproduction",)}),
        ('"co production"', {("co", "production"), ("coproduction",)}),
        ("co-produc*", {("co", "produc"), ("coproduc",)}),
        ("Wellbeing", {("Well", "being"), ("Wellbeing",)}),
        ("decision-making", {("decision", "making"), ("decisionmaking",)}),
        ("face-to-face", {("face", "to", "face"), ("facetoface",)}),
        (
            '"our coproduction group"',
            {("our", "coproduction", "group"), ("our", "co", "production", "group")},
        ),
        ("cope", {("cope",)}),
        ("staff", {("staff",)}),
    ],
)
def test_spellings_of_one_another(typed: str, others: set[tuple[str, ...]]) -> None:
    run = parse(typed).tree
    assert isinstance(run, Run)
    assert set(spellings(run)) == others


def test_a_prefix_apart_goes_with_the_word_after_it() -> None:
    assert widen_spellings(_tree("good co production")) == Both(
        (Run(("good",)), Either((Run(("co", "production")), Run(("coproduction",)))))
    )


def test_a_prefix_that_is_a_word_too_may_stand_apart() -> None:
    assert widen_spellings(_tree("well led")) == Both(
        (
            Either(
                (
                    Both((Run(("well",)), Run(("led",)))),
                    Either((Run(("well", "led")), Run(("wellled",)))),
                )
            ),
        )
    )


def test_what_is_left_out_is_widened_too() -> None:
    assert widen_spellings(_tree("-coproduction")) == Without(
        Either((Run(("coproduction",)), Run(("co", "production"))))
    )


def test_the_number_of_spellings_is_bounded() -> None:
    tree = _tree('"' + "coproduction " * 30 + '"')
    assert isinstance(tree, Run)
    assert len(spellings(tree)) == 8


def _tree(typed: str) -> Node:
    tree = parse(typed).tree
    assert tree is not None
    return tree
