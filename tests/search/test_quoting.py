"""Findings that a quotation may come from."""

import pytest

from reports.search import catch_up
from reports.search.quoting import holding, ready_to_quote, resembling
from tests.search.making import make_finding

pytestmark = pytest.mark.django_db

COMMON = "Staff told us that they had good access to training"
RARE = "falconry workshops"


def test_words_in_a_row_are_found_by_the_rarest_of_them() -> None:
    whole = make_finding(f"{COMMON} {RARE}.").public_id
    for _ in range(3):
        make_finding(f"{COMMON} and supervision.")
    catch_up()

    assert holding(f"{COMMON} {RARE}", 9) == [whole]
    assert len(holding(COMMON, 9)) == 4


def test_all_words_are_looked_for_if_a_part_of_them_finds_too_many() -> None:
    long = "Falconry workshops were offered to carers in every village"
    whole = make_finding(f"{long} last year.").public_id
    for _ in range(4):
        make_finding("There was one in every village.")
    other = make_finding("Falconry workshops were offered to carers in every town.").public_id
    catch_up()

    assert holding(long, 2) == [whole]
    assert set(holding(long, 3)) == {whole, other}


def test_a_quotation_of_eight_words_is_looked_for_whole_at_once() -> None:
    text = "Falconry workshops were offered to carers in villages"
    ids = {make_finding(f"{text}.").public_id for _ in range(2)}
    catch_up()

    assert set(holding(text, 2)) == ids
    assert len(holding(text, 1)) == 1


def test_every_word_of_a_short_quotation_is_looked_for() -> None:
    for text in ("Archery workshops were offered.", "Staff met.", "Staff had training."):
        make_finding(text)
    staff = make_finding("Staff workshops were offered.").public_id
    catch_up()

    assert holding("Staff workshops were offered", 9) == [staff]


def test_a_word_that_no_finding_holds_means_that_none_holds_the_quotation() -> None:
    make_finding("Staff had training.")
    catch_up()

    assert holding("Staff had zebras", 5) == []
    assert holding("…", 5) == []


def test_findings_that_share_rare_words_come_in_the_order_of_how_many() -> None:
    words = ["falconry", "otters", "lanterns"]
    ids = [
        make_finding(f"Staff had training with {' '.join(words[:count])}.").public_id
        for count in (1, 2, 3)
    ]
    for _ in range(5):
        make_finding("Staff had training.")
    catch_up()

    found = resembling(f"Staff had training with zebras and {' and '.join(words)}", 3)

    assert found == ids[::-1]


def test_only_the_twelve_rarest_words_are_compared() -> None:
    rare = [f"{letter}qkz" for letter in "abcdefghijkl"]
    make_finding(" ".join(rare))
    common = [make_finding("Supervision.").public_id for _ in range(3)]
    catch_up()

    assert len(resembling(" ".join([*rare, "supervision"]), 9)) == 1
    assert set(resembling(" ".join([*rare[1:], "supervision"]), 9)) > set(common)


def test_without_an_index_nothing_is_found() -> None:
    make_finding(COMMON)

    assert holding(COMMON, 5) == []
    assert resembling(COMMON, 5) == []
    assert ready_to_quote()
    assert len(holding(COMMON, 5)) == 1
