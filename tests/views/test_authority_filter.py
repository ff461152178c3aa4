from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from reports.models import Assessment, Authority, Finding, Section
from reports.views.authority_filter import AuthorityFilter

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_assessed_authorities() -> None:
    _assess("york", rating="good", learning=3, safeguarding=2)
    _assess("kent", rating="inadequate", learning=1)


def test_by_part_of_a_name_or_official_name() -> None:
    assert _found(name="YORK") == {"york", "north-yorkshire", "east-riding-of-yorkshire"}
    assert "york" in _found(name="city of york")


def test_by_region_and_kind_together() -> None:
    assert _found(region="yorkshire-and-the-humber", kind="county") == set()
    assert "north-yorkshire" in _found(region="yorkshire-and-the-humber", kind="unitary")


def test_by_score_of_a_statement() -> None:
    assert _found(learning="3") == {"york"}
    assert _found(learning="3", safeguarding="3") == set()


def test_any_of_several_values_matches() -> None:
    assert _found(learning=["3", "1"]) == {"york", "kent"}
    assert _found(learning=["3", "4"]) == {"york"}
    assert _found(rating=["good", "inadequate"], learning="1") == {"kent"}
    assert _found(region=["yorkshire-and-the-humber", "south-east"], rating="good") == {"york"}


def test_three_or_more_is_a_value() -> None:
    _assess("leeds", learning=4)

    assert _found(learning="3-or-more") == {"york", "leeds"}
    assert _found(learning=["1", "3-or-more"]) == {"york", "leeds", "kent"}
    assert _found(learning="3-or-more", safeguarding="3-or-more") == set()


def test_by_rating() -> None:
    assert _found(rating="inadequate") == {"kent"}


def test_scores_and_rating_are_those_of_the_current_assessment() -> None:
    _assess("york", published="2026-01", rating="outstanding", learning=4)

    assert _found(learning="3") == set()
    assert _found(rating="good") == set()
    assert _found(learning="4", rating="outstanding") == {"york"}


def test_by_whether_there_are_findings() -> None:
    section = Section.objects.get(assessment__authority__slug="kent")
    Finding.objects.create(public_id="f", section=section, position=0, text="Something.")

    assert _found(findings="on") == {"kent"}


def test_findings_that_have_gone_do_not_count() -> None:
    section = Section.objects.get(assessment__authority__slug="kent")
    Finding.objects.create(
        public_id="f", section=section, position=0, text="Gone.", status=Finding.Status.GONE
    )

    assert _found(findings="on") == set()


def test_everything_is_shown_if_nothing_is_chosen() -> None:
    assert len(_found()) == 153


def test_an_unknown_value_is_an_error_and_filters_nothing() -> None:
    filterset = AuthorityFilter({"region": "mars", "learning": "9"}, Authority.objects.all())

    assert filterset.qs.count() == 153
    assert set(filterset.errors) == {"region", "learning"}


def _found(**choices: str | list[str]) -> set[str]:
    params = QueryDict(urlencode(choices, doseq=True))
    filterset = AuthorityFilter(params, Authority.objects.all())
    return {authority.slug for authority in filterset.qs}


def _assess(slug: str, published: str = "", rating: str = "", **scores: int) -> None:
    assessment = Assessment.objects.create(
        public_id=f"a{Assessment.objects.count()}",
        authority=Authority.objects.get(slug=slug),
        published=published,
        rating=rating,
    )
    for statement, score in scores.items():
        Section.objects.create(
            public_id=f"s{Section.objects.count()}",
            assessment=assessment,
            position=0,
            statement=statement,
            parsed_statement=statement,
            score=score,
        )
