import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.facts.gazetteer import entries
from reports.facts.places import EARTH_RADIUS_KM, Place, by_gss_code, distance_km

PLACES = st.builds(Place, st.floats(-90, 90), st.floats(-180, 180))


def test_every_authority_has_its_place_in_england():
    known = by_gss_code()

    assert known.keys() == {entry.gss_code for entry in entries()}
    assert all(49.8 < place.latitude < 55.9 for place in known.values())
    assert all(-6.5 < place.longitude < 1.8 for place in known.values())


def test_a_quarter_of_the_globe():
    quarter = distance_km(Place(0, 0), Place(0, 90))

    assert quarter == pytest.approx(EARTH_RADIUS_KM * 3.141592653589793 / 2)


@given(PLACES, PLACES)
def test_distance_goes_both_ways_and_is_nothing_at_home(one, other):
    assert distance_km(one, other) == pytest.approx(distance_km(other, one))
    assert distance_km(one, one) == 0
