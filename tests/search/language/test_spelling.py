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


def test_short_known_quoted_and_excluded_words_are_not_checked() -> None:
    tree = parse('abc LGSCO ombudsman "qwertz" -qwertz qwertz* werttz (zuiop OR 12345)').tree
    assert checkable_words(tree) == ["werttz", "zuiop"]


def test_only_the_whole_word_is_replaced() -> None:
    assert corrected("harow harows (harow)", "harow", "Harrow") == "Harrow harows (Harrow)"
