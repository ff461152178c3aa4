import pytest

from reports.facts import places
from reports.models import Authority
from reports.reading.likeness import LEAST_SHARED, PARTS, Measure, likeness, most_like
from reports.reading.profiles import STATEMENTS

pytestmark = pytest.mark.django_db


def authority(slug):
    return Authority.objects.get(slug=slug)


def part(one, other, name, measure=None):
    found = likeness(one, other, [name], measure or Measure({}))
    return found.parts[0] if found.parts else None


def test_london_boroughs_share_kind_and_region():
    found = likeness(authority("barnet"), authority("camden"), ["kind", "region"], Measure({}))

    assert [(one.name, one.value, one.reason) for one in found.parts] == [
        ("kind", 1.0, "same kind: London borough"),
        ("region", 1.0, "same region: London"),
    ]
    assert found.value == 1.0


def test_distance_is_a_half_at_fifty_kilometres_and_one_at_home():
    barnet = authority("barnet")
    leeds = authority("leeds")
    at = places.by_gss_code()
    km = places.distance_km(at[barnet.gss_code], at[leeds.gss_code])

    assert 245 < km < 275  # about 260 km by any map
    assert part(barnet, leeds, "distance").value == pytest.approx(1 / (1 + km / 50))
    assert part(barnet, barnet, "distance").value == 1.0


def test_population_is_the_smaller_over_the_larger():
    one = Authority(gss_code="E09000003", population=100_000)
    other = Authority(gss_code="E09000007", population=250_000)

    assert part(one, other, "population").value == 0.4


def test_deprivation_is_measured_against_the_widest_difference():
    one = Authority(gss_code="E09000003", deprivation=10.0)
    other = Authority(gss_code="E09000007", deprivation=20.0)
    far = Authority(gss_code="E09000008", deprivation=50.0)
    measure = Measure.of([one, other, far], {})

    assert part(one, other, "deprivation", measure).value == 0.75


def test_what_is_not_known_is_left_out_and_named():
    barnet, camden = authority("barnet"), authority("camden")

    found = likeness(barnet, camden, ["kind", "population", "scores"], Measure({}))

    assert [one.name for one in found.parts] == ["kind"]
    assert found.unknown == ("population", "scores")
    assert found.value == 1.0


def test_scores_are_compared_where_both_have_them():
    barnet, camden = authority("barnet"), authority("camden")
    ours = dict.fromkeys(STATEMENTS, 2)
    theirs = dict.fromkeys(STATEMENTS[:LEAST_SHARED], 3)

    found = part(barnet, camden, "scores", Measure({barnet.pk: ours, camden.pk: theirs}))

    assert found.value == pytest.approx(2 / 3)
    assert found.reason == "0 of 6 scores the same"


def test_too_few_shared_scores_say_nothing():
    barnet, camden = authority("barnet"), authority("camden")
    ours = dict.fromkeys(STATEMENTS, 2)
    theirs = dict.fromkeys(STATEMENTS[: LEAST_SHARED - 1], 2)

    assert part(barnet, camden, "scores", Measure({barnet.pk: ours, camden.pk: theirs})) is None


def test_the_most_like_come_first_and_an_authority_is_not_like_itself():
    everyone = list(Authority.objects.all())
    barnet = authority("barnet")

    found = most_like(barnet, everyone, list(PARTS), Measure.of(everyone, {}))

    assert len(found) == len(everyone) - 1
    assert {one.authority.region for one in found[:20]} == {"london"}
    values = [one.value for one in found]
    assert values == sorted(values, reverse=True)
    assert all(0 <= value <= 1 for value in values)
