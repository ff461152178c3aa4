import pytest
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from reports.facts import framework
from reports.models import Assessment, Authority, Section
from reports.views.home import Holdings
from reports.views.national import Picture
from tests.support.html import hrefs, texts


@pytest.fixture
def assessed(db: None) -> Assessment:
    """Haringey: Good, and two of nine scores."""
    assessment = Assessment.objects.create(
        public_id="a1",
        authority=Authority.objects.get(slug="haringey"),
        published="2025",
        rating="good",
    )
    for position, (statement, score) in enumerate({"learning": 2, "safeguarding": 4}.items()):
        Section.objects.create(
            public_id=f"s{position}",
            assessment=assessment,
            position=position,
            statement=statement,
            parsed_statement=statement,
            score=score,
        )
    return assessment


def picture(client: Client, address: str = "/") -> Picture:
    found = client.get(address).context["picture"]
    assert isinstance(found, Picture)
    return found


def level(picture: Picture, name: str) -> tuple[int | None, str]:
    [tile] = [tile for tile in picture.drawn if tile.known.authority.name == name]
    return tile.level, tile.words


def test_says_of_how_many_authorities_it_has_scores_and_of_how_many_text(
    client: Client, seeded: None, assessed: Assessment
) -> None:
    response = client.get("/")

    assert response.context["coverage"] == Holdings(
        authorities=153, scores=3, texts=3, findings=83, unidentified=2
    )


def test_the_map_shows_ratings_until_a_statement_is_chosen(
    client: Client, assessed: Assessment
) -> None:
    assert level(picture(client), "Haringey") == (3, "Good")
    assert level(picture(client), "Barnet") == (None, "not known")
    assert level(picture(client, "/?statement=learning"), "Haringey") == (
        2,
        "Evidence shows some shortfalls",
    )
    assert level(picture(client, "/?statement=equity"), "Haringey") == (None, "not known")


def test_every_authority_is_a_tile_and_a_line_of_the_table(
    client: Client, assessed: Assessment
) -> None:
    response = client.get("/?statement=learning")

    authorities = {authority.get_absolute_url() for authority in Authority.objects.all()}
    assert set(hrefs(response, "svg.tile-map a")) == authorities
    assert set(hrefs(response, "ul.each a")) == authorities
    assertContains(response, "<title>Haringey: Evidence shows some shortfalls</title>")
    assert [text for text in texts(response, "ul.each li") if text.startswith("Haringey")] == [
        "Haringey 2"
    ]


def test_a_strip_counts_authorities_and_leads_to_them(client: Client, assessed: Assessment) -> None:
    response = client.get("/")

    [learning] = [
        row for row in response.context["picture"].distributions if row.measure.slug == "learning"
    ]
    assert [part.count for part in learning.parts] == [0, 1, 0, 0]
    assert [(part.offset, part.width) for part in learning.parts] == [
        (0.0, 0.0),
        (0.0, 100.0),
        (100.0, 0.0),
        (100.0, 0.0),
    ]
    assert hrefs(response, "table.counts a") == [
        "/authorities/?rating=good",
        "/authorities/?safeguarding=4",
        "/authorities/?learning=2",
    ]


def test_marks_the_line_that_is_on_the_map(client: Client, assessed: Assessment) -> None:
    assertContains(
        client.get("/?statement=learning"),
        '<a href="/?statement=learning#picture" aria-current="true">'
        "Learning, improvement and innovation</a>",
        html=True,
    )


def test_what_cqc_has_withdrawn_does_not_count(client: Client, assessed: Assessment) -> None:
    Assessment.objects.filter(pk=assessed.pk).update(status=Assessment.Status.WITHDRAWN)

    assert level(picture(client), "Haringey") == (None, "not known")
    assert client.get("/").context["coverage"].scores == 0


def test_a_pilot_says_that_it_is_indicative(client: Client, assessed: Assessment) -> None:
    Assessment.objects.filter(pk=assessed.pk).update(kind="pilot")

    assert level(picture(client), "Haringey") == (3, "Good (pilot, indicative)")
    assertContains(client.get("/"), "1 of them is a pilot")


def test_an_unknown_statement_is_refused_and_the_ratings_shown(
    client: Client, assessed: Assessment
) -> None:
    response = client.get("/?statement=nonsense")

    assertContains(response, "“nonsense” is not a quality statement", status_code=400)
    assert level(response.context["picture"], "Haringey") == (3, "Good")


def test_shows_the_published_scores_of_the_whole_country(client: Client, db: None) -> None:
    call_command("load_scores", verbosity=0)

    shown = picture(client)

    assert shown.shown.total + len(shown.unknown) == 153
    assert sum(row.total for row in shown.distributions[1:]) > 700
    # All nine scores are known of so many; no figure here comes from what happens to be loaded.
    assert sum(len(known.levels.keys() - {"rating"}) == 9 for known in shown.known) >= 80


def test_shows_every_theme_in_an_empty_database(client: Client, db: None) -> None:
    response = client.get("/")

    for theme in framework.THEMES:
        assertContains(response, theme.name)
    assertNotContains(response, "Latest assessments")


def test_asks_the_database_a_fixed_number_of_questions(
    client: Client, seeded: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/")

    with django_assert_num_queries(7):
        client.get("/")
