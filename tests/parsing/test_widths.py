"""How wide a text is set, from where its lines break within sentences."""

import pytest

from reports.parsing.widths import Stretch, Widths


def widths(*wraps: tuple[int, int]) -> tuple[int, ...]:
    """The widths from lines that fitted, and what did not."""
    measured = Widths.measure(Stretch([at], *wrap) for at, wrap in enumerate(wraps))
    assert measured.indexes == tuple(range(len(wraps))) or len(wraps) > len(measured.indexes)
    return measured.widths


def test_lines_of_one_width_agree_on_what_fitted_and_what_did_not():
    assert widths((50, 58), (52, 55), (48, 56)) == (52, 52, 52)


def test_a_line_that_did_not_fit_is_the_limit_where_another_was_longer():
    assert widths((56, 60), (50, 55)) == (54, 54)


@pytest.mark.parametrize(("fitted", "one"), [(111, True), (113, False)])
def test_lines_are_of_one_width_within_an_eighth(fitted: int, one: bool):
    assert widths((90, 100), (90, 100), (fitted, 150), (fitted, 150)) == (
        (99,) * 4 if one else (90, 90, fitted, fitted)
    )


def test_a_line_that_is_broken_early_changes_no_width():
    assert widths((50, 55), (51, 56), (20, 25), (52, 56), (50, 55)) == (52,) * 4
    assert widths((20, 25)) == (20,)


def test_the_width_of_a_line_is_that_of_the_wrap_before_it_or_for_the_first_of_the_one_after():
    measured = Widths((2, 3, 10, 11), (50, 50, 80, 80))

    assert measured.at(5, 40, opens=False) == 50
    assert measured.at(5, 40, opens=True) == 80
    assert measured.at(10, 40, opens=False) == 50
    assert measured.at(10, 40, opens=True) == 80
    assert measured.at(1, 40, opens=False) == 50
    assert measured.at(12, 40, opens=True) == 80


@pytest.mark.parametrize(("length", "width"), [(111, 100), (113, 150), (167, 150), (169, None)])
def test_a_line_that_is_too_long_for_one_width_is_set_in_the_other(length: int, width: int | None):
    measured = Widths((2, 6), (100, 150))

    assert measured.at(4, length, opens=False) == width


def test_a_text_without_wraps_has_no_width():
    assert Widths.measure([]).at(3, 40, opens=True) is None
