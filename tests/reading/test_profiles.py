import csv

import pytest

from reports.facts.gazetteer import DATA
from reports.models import Assessment, Authority, Section
from reports.reading.distributions import FLOOR, GROUPINGS, by_group, distribution
from reports.reading.profiles import profiles

pytestmark = pytest.mark.django_db
NUMBERS = iter(range(10_000))


def assess(slug, published, score=3, statement="learning", **more):
    number = next(NUMBERS)
    assessment = Assessment.objects.create(
        public_id=f"a{number}",
        authority=Authority.objects.get(slug=slug),
        published=published,
        **more,
    )
    Section.objects.create(
        public_id=f"s{number}",
        assessment=assessment,
        position=0,
        statement=statement,
        parsed_statement=statement,
        score=score,
    )
    return assessment


def test_the_latest_formal_assessment_speaks_for_an_authority():
    assess("york", "2024-05", 2)
    latest = assess("york", "2025-06", 3)
    assess("york", "2026-01", 4, kind="pilot")
    assess("york", "2026-02", 1, status="withdrawn")

    [profile] = profiles()

    assert (profile.assessment, profile.scores) == (latest.pk, {"learning": 3})


def test_an_authority_with_no_more_than_a_pilot_does_not_count():
    assess("york", "2023-11", kind="pilot")

    assert profiles() == []


def test_a_year_asks_for_what_was_published_in_it():
    assess("york", "2024-05", 2)
    assess("york", "2025-06", 3)
    assess("leeds", "2025-01", 4)

    assert [(one.authority.slug, one.scores["learning"]) for one in profiles("2024")] == [
        ("york", 2)
    ]


def test_two_sections_that_disagree_leave_no_score():
    assessment = assess("york", "2025", 2)
    for number, score in enumerate((3, None)):
        Section.objects.create(
            public_id=f"more{number}",
            assessment=assessment,
            position=1,
            statement="learning",
            parsed_statement="learning",
            score=score,
        )

    [profile] = profiles()

    assert profile.scores == {}


def test_costs_two_queries(scored, django_assert_num_queries):
    with django_assert_num_queries(2):
        found = profiles()

    with (DATA / "published_scores.csv").open(encoding="utf-8", newline="") as file:
        formal = {
            row["authority_gss_code"] for row in csv.DictReader(file) if row["status"] == "formal"
        }
    assert {one.authority.gss_code for one in found} == formal


def test_a_distribution_is_a_recount(scored):
    found = profiles()
    recount = list(
        Section.objects.filter(assessment__in=[one.assessment for one in found], statement="equity")
        .exclude(score=None)
        .values_list("score", flat=True)
    )

    counts = distribution(found, "equity").counts

    assert counts == {score: recount.count(score) for score in (1, 2, 3, 4)}


@pytest.mark.parametrize("grouping", GROUPINGS, ids=lambda grouping: grouping.name)
def test_groups_add_up_to_all(scored, grouping):
    found = [one for one in profiles() if one.rating]

    groups = by_group(found, "equity", grouping)

    assert sum(group.total for group in groups) == distribution(found, "equity").total
    for group in groups:
        assert (group.mean is None) == (group.total < FLOOR)
