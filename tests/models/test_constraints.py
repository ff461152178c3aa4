"""The database itself refuses values that cannot be."""

import pytest
from django.db import IntegrityError, transaction

from reports.models import Assessment, Authority, Finding

pytestmark = pytest.mark.django_db


def make(public_id, **values):
    authority = Authority.objects.get(slug="york")
    values = {"authority": authority, "published": "2025-12", **values}
    return Assessment.objects.create(public_id=public_id, **values)


def test_an_authority_has_one_published_assessment_of_a_date_and_kind():
    make("one")

    with pytest.raises(IntegrityError), transaction.atomic():
        make("two")


@pytest.mark.parametrize(
    "other",
    [
        {"status": Assessment.Status.WITHDRAWN},
        {"kind": "pilot"},
        {"published": "2026"},
        {"authority": None},
    ],
    ids=lambda other: next(iter(other)),
)
def test_what_differs_may_stand_beside_it(other):
    make("one")
    make("two", **other)

    assert Assessment.objects.count() == 2


@pytest.mark.parametrize("percent", [24, 101])
def test_a_percentage_lies_between_25_and_100(percent):
    with pytest.raises(IntegrityError), transaction.atomic():
        make("one", percent=percent)


def test_a_joined_finding_names_the_one_it_is_joined_into(first_of_haringey):
    with pytest.raises(IntegrityError), transaction.atomic():
        Finding.objects.filter(pk=first_of_haringey.pk).update(status=Finding.Status.JOINED)


def test_a_parsed_score_lies_between_1_and_4(first_of_haringey):
    section = first_of_haringey.section
    section.parsed_score = 5

    with pytest.raises(IntegrityError), transaction.atomic():
        section.save()
