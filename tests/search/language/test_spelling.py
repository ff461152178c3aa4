import pytest

from reports.search.language.parser import parse
from reports.search.language.spelling import checkable_words, corrected, nearest_word

INDEXED = ("people", "carers", "assessment", "training", "commissioning", "accommodation")


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("asessment", "assessment"),
        ("assesmsent", "assessment"),
        ("trianing", "training"),
        ("comissioning", "commissioning"),
        ("acommodation", "accommodation"),
        ("aprenticeship", "apprenticeship"),  # a term of the field that no finding holds
        ("harow", "Harrow"),
        ("zebra", ""),
        ("zzyzzyxqj", ""),
    ],
)
def test_the_nearest_word_is_found(typed: str, nearest: str) -> None:
    assert nearest_word(typed, INDEXED) == nearest


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("carerss", "carers"),
        ("carersss", "carers"),
        ("carsss", ""),
        ("traininggx", "training"),
        ("traininggxy", ""),
    ],
)
def test_words_of_eight_letters_may_have_two_mistakes_and_shorter_ones_one(
    typed: str, nearest: str
) -> None:
    assert nearest_word(typed, INDEXED) == nearest


def test_the_fewest_mistakes_then_the_same_first_letter_then_the_commonest_decide() -> None:
    assert nearest_word("qotters", ["potters", "otters", "qatters"]) == "qatters"
    assert nearest_word("botters", ["potters", "hotters"]) == "potters"
    assert nearest_word("bqtterszz", ["bqtterxxz", "zqtterszz"]) == "zqtterszz"


@pytest.mark.parametrize(("length", "checked"), [(3, False), (4, True), (40, True), (41, False)])
def test_words_of_four_to_forty_letters_are_checked(length: int, checked: bool) -> None:
    word = ("qz" * 21)[:length]
    assert checkable_words(parse(word).tree) == ([word] if checked else [])


def test_words_of_all_parts_of_a_query_are_checked_once() -> None:
    tree = parse("(qwertz OR zuiop) qwertz asdfg").tree
    assert checkable_words(tree) == ["qwertz", "zuiop", "asdfg"]


def test_short_known_quoted_and_excluded_words_are_not_checked() -> None:
    tree = parse('abc LGSCO ombudsman "qwertz" -qwertz qwertz* werttz (zuiop OR 12345)').tree
    assert checkable_words(tree) == ["werttz", "zuiop"]


def test_only_the_whole_word_is_replaced() -> None:
    assert corrected("harow harows (harow)", "harow", "Harrow") == "Harrow harows (Harrow)"
