from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from reports.facts import framework


def test_says_what_is_loaded(client: Client, seeded: None) -> None:
    counts = client.get("/").context["counts"]

    assert counts == {
        "findings": 83,
        "authorities": 3,
        "all_authorities": 153,
        "documents": 5,
        "sections": 5,
    }


def test_leads_from_a_score_to_its_findings(client: Client, seeded: None) -> None:
    response = client.get("/")

    assertContains(response, 'href="/findings/?statement=learning&amp;score=2"')
    assertContains(response, '<rect class="fill-2" x="0.0%" width="40.0%" height="20"></rect>')
    assertNotContains(response, "statement=safeguarding&amp;score")


def test_shows_every_theme_in_an_empty_database(client: Client, db: None) -> None:
    response = client.get("/")

    for theme in framework.THEMES:
        assertContains(response, theme.name)
    assertContains(response, "No report loaded", count=9)
    assertNotContains(response, "Latest assessments")


def test_asks_the_database_a_fixed_number_of_questions(
    client: Client, seeded: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/")

    with django_assert_num_queries(10):
        client.get("/")
