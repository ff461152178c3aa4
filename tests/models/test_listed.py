import pytest
from pytest_django import DjangoAssertNumQueries

from reports.models import Finding, listed_findings


@pytest.mark.django_db
def test_says_what_the_models_say(first_of_haringey: Finding) -> None:
    [found] = listed_findings([first_of_haringey.public_id])

    section = first_of_haringey.section
    assert found.text == first_of_haringey.text
    assert found.topics == first_of_haringey.topics
    assert found.get_absolute_url() == first_of_haringey.get_absolute_url()
    assert found.definition == section.definition
    assert found.score_description == section.score_description
    assert found.authority_name == section.assessment.authority_name
    assert found.display_date == section.assessment.display_date


def test_keeps_the_order_and_leaves_out_what_is_gone(
    seeded: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    ids = list(Finding.objects.order_by("-pk").values_list("public_id", flat=True)[:5])

    with django_assert_num_queries(1):
        found = listed_findings([*ids[:2], "not-there", *ids[2:]])

    assert [one.public_id for one in found] == ids
