from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from reports.models import Assessment, Authority, Section
from tests.support.html import hrefs, texts


def test_lists_all_authorities_those_with_an_assessment_first(client: Client, seeded: None) -> None:
    response = client.get("/authorities/")

    assert texts(response, ".score-grid tbody th a") == ["Haringey", "Harrow", "Northumberland"]
    assert len(texts(response, ".columns li")) == 150


def test_a_score_leads_to_its_section(client: Client, seeded: None) -> None:
    section = Section.objects.get(assessment__authority__slug="haringey")

    response = client.get("/authorities/")

    assert section.get_absolute_url() in hrefs(response, "a.score-cell")


def test_a_published_score_is_no_link(client: Client, db: None) -> None:
    _score_only("york", "safeguarding", 4)

    response = client.get("/authorities/")

    assertContains(response, '<span class="score-cell score-4">4</span>', html=True)


def test_unidentified_reports_stand_apart_with_the_reason(client: Client, seeded: None) -> None:
    response = client.get("/authorities/")

    assertContains(response, "These reports do not say which authority they are about")
    assertContains(response, "001_be58087aa61b4f94.txt")


def test_keeps_the_filters_in_the_form(client: Client, seeded: None) -> None:
    response = client.get("/authorities/?region=london&learning=3")

    assertContains(response, '<option value="london" selected>London</option>', html=True)
    assertContains(response, '<details class="score-filters" open>')
    assert texts(response, ".score-grid tbody th a") == ["Harrow"]


def test_says_what_it_did_not_understand(client: Client, seeded: None) -> None:
    response = client.get("/authorities/?region=mars&learning=9")

    assertContains(response, "Part of the address was not understood")
    assertContains(response, "<b>153 authorities</b>", html=True)


def test_says_that_nothing_matches(client: Client, seeded: None) -> None:
    assertContains(client.get("/authorities/?name=atlantis"), "No authority matches all of this.")


def test_costs_the_same_queries_for_three_assessments_and_for_thirty(
    client: Client, seeded: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for authority in Authority.objects.filter(region="south-east"):
        _score_only(authority.slug, "learning", 2)

    with django_assert_num_queries(4):
        client.get("/authorities/")


def test_an_authority_shows_its_facts_scores_and_search(client: Client, seeded: None) -> None:
    response = client.get("/authorities/haringey/")

    assertContains(response, "London Borough of Haringey")
    assertContains(response, "E09000014")
    assertContains(response, "18 findings")
    assertContains(response, 'name="authority" value="haringey"')
    assertContains(response, "Not loaded: Assessing needs;")


def test_the_current_assessment_comes_first(client: Client, db: None) -> None:
    _score_only("york", "learning", 2, published="2024-03")
    _score_only("york", "learning", 3, published="2026-01")
    _score_only("york", "learning", 1, published="2026-09", kind="pilot")

    headings = texts(client.get("/authorities/york/"), "section h2")

    assert headings == [
        "Current assessment: January 2026",
        "Earlier or other assessment: March 2024",
        "Earlier or other assessment: September 2026, pilot",
    ]


def test_an_authority_without_an_assessment_says_so(client: Client, db: None) -> None:
    response = client.get("/authorities/york/")

    assertContains(response, "No assessment of York is loaded.")
    assertNotContains(response, "Search the findings in York")


def test_an_unknown_authority_is_not_found(client: Client, db: None) -> None:
    assert client.get("/authorities/atlantis/").status_code == 404


def test_an_authority_costs_a_fixed_number_of_queries(
    client: Client, seeded: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(4):
        client.get("/authorities/haringey/")


def _score_only(
    authority: str, statement: str, score: int, published: str = "", kind: str = "formal"
) -> Section:
    assessment = Assessment.objects.create(
        public_id=f"a{Assessment.objects.count()}",
        authority=Authority.objects.get(slug=authority),
        published=published,
        kind=kind,
    )
    return Section.objects.create(
        public_id=f"s{Section.objects.count()}",
        assessment=assessment,
        position=0,
        statement=statement,
        parsed_statement=statement,
        score=score,
    )
