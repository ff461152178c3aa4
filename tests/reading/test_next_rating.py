"""Every way is looked at: recounted here by trying all combinations of scores."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.facts.ratings import band_of, overall_percent
from reports.reading.next_rating import FLOOR, path, ways_to
from reports.reading.profiles import STATEMENTS, profiles

NINE = st.lists(st.integers(1, 4), min_size=9, max_size=9)


def by_statement(scores):
    return dict(zip(STATEMENTS, scores, strict=True))


@given(st.integers(0, 9), st.lists(st.integers(0, 3), max_size=6))
def test_ways_are_all_the_combinations_that_add_up(points, room):
    combinations = product(*(range(most + 1) for most in room))
    expected = {raises for raises in combinations if sum(raises) == points}

    found = list(ways_to(points, room))

    assert len(found) == len(set(found))
    assert set(found) == expected


@given(NINE)
def test_each_way_reaches_the_next_rating_and_none_of_its_points_can_be_spared(scores):
    before = band_of(overall_percent(scores))

    found = path(by_statement(scores), [])

    if found is None:
        assert before.slug == "outstanding"
        return
    for way in found.ways:
        after = by_statement(scores) | {step.statement: step.to for step in way.steps}
        assert band_of(overall_percent(list(after.values()))) == found.band
        for step in way.steps:
            short = after | {step.statement: step.to - 1}
            assert band_of(overall_percent(list(short.values()))) == before


def test_counts_all_ways_though_it_shows_some():
    found = path(by_statement([1, 1, 1, 1, 1, 1, 1, 1, 1]), [])

    # 5 points among nine statements of which each takes 3 at most: a recount by brute force.
    recount = sum(sum(raises) == 5 for raises in product(range(4), repeat=9))
    assert (found.points, found.total, len(found.ways)) == (5, recount, 20)


def test_one_point_short_of_good_means_any_one_statement():
    found = path(by_statement([2, 2, 2, 2, 2, 3, 3, 3, 3]), [])

    assert (found.points, found.total, found.single) == (1, 9, 9)
    assert all(len(way.steps) == 1 for way in found.ways)


def test_a_statement_at_four_takes_no_step():
    found = path(by_statement([4, 2, 2, 2, 2, 2, 2, 3, 3]), [])

    assert STATEMENTS[0] not in {step.statement for step in found.steps}


def test_the_most_common_step_comes_first_and_is_counted_among_the_others():
    others = [by_statement([3, 2, 2, 2, 2, 2, 2, 2, 2])] * FLOOR

    found = path(by_statement([2, 2, 2, 2, 2, 3, 3, 3, 3]), others)

    [step] = found.ways[0].steps
    assert (step.statement, step.reached, step.scored, step.share) == (
        STATEMENTS[0],
        FLOOR,
        FLOOR,
        1.0,
    )


def test_gives_no_share_on_too_few():
    others = [by_statement([3] * 9)] * (FLOOR - 1)

    found = path(by_statement([2, 2, 2, 2, 2, 3, 3, 3, 3]), others)

    assert {step.share for step in found.steps} == {None}


def test_the_highest_rating_has_no_way_on():
    assert path(by_statement([4, 4, 4, 4, 4, 3, 3, 3, 3]), []) is None


@pytest.mark.usefixtures("scored")
def test_every_published_set_of_nine_scores_has_its_ways():
    complete = [profile.scores for profile in profiles() if profile.complete]

    paths = [path(scores, complete) for scores in complete]

    assert len(complete) >= 75
    for scores, found in zip(complete, paths, strict=True):
        percent = overall_percent(list(scores.values()))
        assert (found is None) == (percent >= 88)
