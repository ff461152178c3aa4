"""The published percentages and ratings follow from the nine scores."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.facts.ratings import band_of, next_band, overall_percent

nine_scores = st.lists(st.integers(1, 4), min_size=9, max_size=9)


@pytest.mark.parametrize(
    ("authority", "scores", "percent", "rating"),
    [
        ("Camden", (3, 3, 4, 3, 4, 4, 3, 4, 4), 89, "outstanding"),
        ("Blackpool", (1, 1, 1, 2, 2, 2, 1, 1, 1), 34, "inadequate"),
        ("East Riding of Yorkshire", (1, 1, 1, 1, 2, 1, 1, 1, 1), 28, "inadequate"),
        ("York", (1, 2, 2, 1, 2, 1, 1, 2, 2), 39, "requires-improvement"),
    ],
)
def test_published_outcomes(authority, scores, percent, rating):
    assert overall_percent(scores) == percent
    assert band_of(percent).slug == rating


def test_fewer_than_nine_scores_have_no_percentage():
    with pytest.raises(ValueError, match="9 scores, not 8"):
        overall_percent([3] * 8)


def test_one_point_below_good():
    missing = next_band([3, 3, 3, 3, 2, 2, 2, 2, 2])

    assert (missing.band.slug, missing.points) == ("good", 1)


def test_nothing_is_above_outstanding():
    assert next_band([4] * 9) is None


@given(nine_scores)
def test_the_missing_points_are_just_enough(scores):
    missing = next_band(scores)

    if missing:
        total = sum(scores) + missing.points
        assert band_of(-(-total * 100 // 36)) == missing.band
        assert band_of(-(-(total - 1) * 100 // 36)) != missing.band
