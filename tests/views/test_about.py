from django.test import Client
from django.utils.html import escape
from pytest_django.asserts import assertContains

from reports.facts import taxonomy
from reports.search.language.facets import FACETS
from reports.views import about


def test_shows_every_rule_with_its_words(client: Client) -> None:
    response = client.get("/about/")

    tones = [tone for tone in taxonomy.TONES if tone.shown]
    for rule in (*taxonomy.TOPICS, *taxonomy.GROUPS, *taxonomy.EVIDENCE_RULES, *tones):
        assertContains(response, rule.name)
        assertContains(response, escape(", ".join(rule.phrases)))


def test_documents_every_parameter() -> None:
    documented = [name for name, _ in about.PARAMETERS]

    assert documented == ["q", *(facet.name for facet in FACETS), "sort", "page"]


def test_robots_stay_out_of_the_combinations(client: Client) -> None:
    response = client.get("/robots.txt")

    assert response["Content-Type"] == "text/plain; charset=utf-8"
    assertContains(response, "Disallow: /findings/?")
