"""The formulas against other ways to the same number."""

from math import comb, log

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.reading.statistics import (
    Interval,
    Z,
    as_ratio,
    false_discovery,
    log_odds,
    p_value,
    share,
)


def test_wilsons_interval_of_ten_in_twenty():
    # As R's prop.test(10, 20, correct = FALSE) prints it.
    found = share(10, 20)

    assert (found.value, round(found.low, 7), round(found.high, 7)) == (0.5, 0.299298, 0.700702)


@given(st.integers(1, 60), st.data())
def test_the_ends_of_wilsons_interval_solve_its_equation(total, data):
    count = data.draw(st.integers(0, total))
    found = share(count, total)

    assert 0 <= found.low <= found.value <= found.high <= 1
    for end in {found.low, found.high} - {0.0, 1.0}:
        spread = (end * (1 - end) / total) ** 0.5
        assert abs(abs(found.value - end) / spread - Z) < 1e-6


def test_wilsons_interval_covers_the_truth_about_as_often_as_it_says():
    total = 40
    truths = [percent / 100 for percent in range(5, 96, 5)]

    def coverage(truth):
        return sum(
            comb(total, count) * truth**count * (1 - truth) ** (total - count)
            for count in range(total + 1)
            if share(count, total).low <= truth <= share(count, total).high
        )

    assert 0.94 < sum(map(coverage, truths)) / len(truths) < 0.96


@pytest.mark.parametrize(("count", "total"), [(0, 0), (3, 2), (-1, 2)])
def test_a_share_that_cannot_be_is_refused(count, total):
    with pytest.raises(ValueError, match="is not a share"):
        share(count, total)


def test_log_odds_is_monroes_formula():
    found = log_odds((8, 20), (2, 30), (1.5, 4.5))

    value = log(9.5 / 16.5) - log(3.5 / 32.5)
    variance = 1 / 9.5 + 1 / 16.5 + 1 / 3.5 + 1 / 32.5
    assert found.value == pytest.approx(value)
    assert found.high - found.low == pytest.approx(2 * 1.959964 * variance**0.5)


@given(st.integers(0, 9), st.integers(0, 9))
def test_log_odds_of_the_two_turned_round_is_its_negative(one, other):
    there = log_odds((one, 9), (other, 9), (1.0, 2.0))
    back = log_odds((other, 9), (one, 9), (1.0, 2.0))

    assert there.value == pytest.approx(-back.value)
    assert there.low == pytest.approx(-back.high)


def test_an_interval_that_ends_at_nought_has_a_p_of_five_in_a_hundred():
    assert p_value(Interval(1.0, 0.0, 2.0)) == pytest.approx(0.05)


def test_a_ratio_is_the_logarithm_undone():
    found = as_ratio(Interval(0.0, log(0.5), log(2)))

    assert [found.value, found.low, found.high] == pytest.approx([1.0, 0.5, 2.0])


def test_benjamini_and_hochbergs_own_example():
    # The fifteen p-values of their paper of 1995, table 1: at 5% the first four are taken.
    p_values = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262,
        0.5719, 0.6528, 0.7590, 1.0000,
    ]  # fmt: skip

    assert sum(value <= 0.05 for value in false_discovery(p_values)) == 4


@given(st.lists(st.floats(0, 1), max_size=20))
def test_adjusted_values_are_the_least_of_the_ratios_further_up(p_values):
    count = len(p_values)
    ranked = sorted(p_values)

    def recount(p):
        return min(
            [1.0]
            + [value * count / (place + 1) for place, value in enumerate(ranked) if value >= p]
        )

    assert false_discovery(p_values) == pytest.approx([recount(p) for p in p_values])
