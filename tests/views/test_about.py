import re

from django.core.management import call_command
from django.test import Client
from django.utils.html import escape
from pytest_django.asserts import assertContains

from reports.facts import framework, taxonomy
from reports.models import Finding
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


def test_says_what_each_score_means(client: Client) -> None:
    for address in ("/about/", "/design/"):
        page = client.get(address)
        for words in framework.SCORE_DESCRIPTIONS.values():
            assertContains(page, f'<span class="score-words">{words}</span>')


def test_terms_of_every_page_lead_to_an_entry(client: Client, first_of_haringey: Finding) -> None:
    call_command("load_scores", verbosity=0)
    entries = set(re.findall(r'id="([-a-z]+)"', client.get("/about/").content.decode()))
    facets = {facet.name for facet in FACETS}
    terms = {
        "/": {"score", "statement", "rating", "topic"},
        "/findings/": {*facets, "inferred"},
        "/authorities/": {"score", "statement", "theme", "rating", "percentage"},
        "/authorities/camden/": {"score", "statement", "rating", "percentage", "kind", "mean"},
        "/compare/": {"score", "rating", "finding", "inferred"},
        "/data/": {"score", "inferred", "finding", "authority", "statement"},
        "/packs/": {"pack", "finding"},
        first_of_haringey.get_absolute_url(): {
            *("score", "statement", "theme", "authority", "year", "assessment"),
            *("topic", "evidence", "inferred"),
        },
        first_of_haringey.section.get_absolute_url(): {"theme", "topic", "figure", "inferred"},
    }
    for address, expected in terms.items():
        led_to = set(re.findall(r'"/about/#([-a-z]+)"', client.get(address).content.decode()))
        assert expected <= led_to, address
        assert led_to <= entries, address
