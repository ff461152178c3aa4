import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from pytest_django.asserts import assertContains, assertNotContains

from reports.facts import framework
from reports.models import Finding, IndexChange
from reports.search import catch_up
from tests.support.html import hrefs, texts


def test_shows_twenty_findings_a_page_and_says_how_many_there_are(
    client: Client, seeded: None
) -> None:
    response = client.get("/findings/?page=2")

    assertContains(response, '<h2 id="results-title">83 findings</h2>', html=True)
    assertContains(response, "Showing 21 to 40.")
    assert len(texts(response, "article h3")) == 20


def test_the_last_page_has_no_next_link(client: Client, seeded: None) -> None:
    response = client.get("/findings/?page=5")

    assertContains(response, "Showing 81 to 83.")
    assertContains(response, 'rel="prev nofollow"')
    assertNotContains(response, 'rel="next nofollow"')


def test_names_what_is_asked_for_in_the_title(client: Client, seeded: None) -> None:
    response = client.get("/findings/?q=coproduction&score=2")

    [title] = texts(response, "title")
    assert title.startswith("coproduction, 2 – Evidence shows some shortfalls, ")


def test_a_chip_leads_to_the_same_search_without_it(client: Client, seeded: None) -> None:
    response = client.get("/findings/?q=training&score=2&score=3")

    assert {"?score=2&score=3", "?q=training&score=3", "?q=training&score=2"} <= set(
        hrefs(response, "a.chip")
    )


def test_marks_the_words_that_were_found(client: Client, seeded: None) -> None:
    assertContains(client.get("/findings/?q=coproduction"), "<mark>coproduction</mark>")


def test_says_what_is_inferred(client: Client, seeded: None) -> None:
    response = client.get("/findings/?q=coproduction&score=2")

    assertContains(response, '<span class="visually-hidden">Topics, inferred: </span>Co-production')
    assertContains(response, "topics and “said by” are")


def test_an_undated_report_of_nobody_is_shown_as_that(client: Client, seeded: None) -> None:
    response = client.get("/findings/?authority=unidentified")

    assertContains(response, "Authority not identified")
    assertContains(response, "Learning, improvement and innovation · undated")


def test_a_result_is_called_by_what_it_is(client: Client, seeded: None) -> None:
    titles = texts(client.get("/findings/?q=coproduction&authority=haringey"), "article h3")

    assert titles
    assert all(title.startswith("Haringey ") for title in titles)
    assert not any("finding" in title.lower() for title in titles)


def test_a_passage_leads_to_the_whole_finding(client: Client, seeded: None) -> None:
    response = client.get("/findings/?q=coproduction&authority=haringey")

    whole = hrefs(response, ".result-labels a.whole")
    assert whole
    assert set(whole) <= set(hrefs(response, "article h3 a"))
    assertContains(client.get(whole[0]), '<p id="words">')


def test_facets_stand_in_the_order_people_use(client: Client, seeded: None) -> None:
    facets = texts(client.get("/findings/"), "details.facet legend")

    assert facets[:5] == [
        "Score",
        "Quality statement",
        "Topic, inferred by this site",
        "Authority",
        "Region",
    ]


def test_a_long_facet_folds_what_is_rare_unless_it_is_chosen(client: Client, seeded: None) -> None:
    rare = client.get("/findings/").context["facets"][2][0].values[-1].value

    folded = client.get("/findings/")
    unfolded = client.get(f"/findings/?topic={rare}&topic=training")

    assertContains(folded, '<details class="facet-rest" id="rest-topic">')
    assertContains(unfolded, '<details class="facet-rest" id="rest-topic" open>')


def test_the_button_for_filters_says_how_many_are_set(client: Client, seeded: None) -> None:
    assert texts(client.get("/findings/"), "button.filters-button") == ["Filters"]
    assert texts(
        client.get("/findings/?score=2&score=3&topic=training"), "button.filters-button"
    ) == ["Filters: 3 set"]


def test_ticks_what_is_selected(client: Client, seeded: None) -> None:
    response = client.get("/findings/?score=2")

    assertContains(response, 'id="score-2" name="score" value="2" checked')
    assertContains(response, "1 selected")


@pytest.mark.parametrize(
    "address",
    ["/findings/?page=abc", "/findings/?score=9", "/findings/?authority=mars", "/findings/?sort=x"],
)
def test_lists_nothing_where_it_did_not_understand_and_says_why(
    client: Client, seeded: None, address: str
) -> None:
    response = client.get(address)

    assertContains(response, "Nothing is listed", status_code=400)
    assertNotContains(response, "<article", status_code=400)
    [reason] = texts(response, ".empty li")
    assert address.partition("?")[2] in reason
    assert "/findings/" in hrefs(response, ".empty a")


def test_what_was_understood_can_be_searched_without_the_rest(client: Client, seeded: None) -> None:
    response = client.get("/findings/?q=training&score=9")

    assert "?q=training" in hrefs(response, ".empty a")


@pytest.mark.parametrize(
    "q",
    ["(((", '"', "-", "a OR", "*", "%00", "<script>alert(1)</script>"],
)
def test_nonsense_is_not_an_error(client: Client, seeded: None, q: str) -> None:
    response = client.get("/findings/", {"q": q})

    assert response.status_code == 200
    assertNotContains(response, "<script>alert")


def test_a_search_that_is_too_long_is_refused_with_a_way_on(client: Client, seeded: None) -> None:
    response = client.get("/findings/", {"q": "training " * 100})

    assertContains(response, "899 characters long", status_code=400)
    assert any(href.startswith("?q=training+training") for href in hrefs(response, ".empty a"))


def test_without_results_says_which_filter_to_drop(client: Client, seeded: None) -> None:
    response = client.get("/findings/?q=coproduction&score=4")

    assertContains(response, "No finding matches your search and filters")
    assert "?q=coproduction" in hrefs(response, ".no-results a")


def test_escapes_the_text_of_a_report(client: Client, first_of_haringey: Finding) -> None:
    first_of_haringey.text = "Zebras <b onclick=x> & co"
    first_of_haringey.save()
    IndexChange.objects.record([first_of_haringey.public_id])
    catch_up()

    response = client.get("/findings/?q=zebras")

    assertContains(response, "<mark>Zebras</mark> &lt;b onclick=x&gt; &amp; co")


def test_a_finding_that_has_just_gone_is_left_out(
    client: Client, first_of_haringey: Finding
) -> None:
    first_of_haringey.delete()

    response = client.get("/findings/?q=coproduction&authority=haringey")

    assert response.status_code == 200
    assertNotContains(response, f'href="{first_of_haringey.get_absolute_url()}"')


def test_searching_costs_two_database_queries(
    client: Client, seeded: None, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    client.get("/findings/")

    with django_assert_num_queries(2):  # the outbox, the findings
        client.get("/findings/?q=training&score=2&topic=training")


def test_crawlers_are_kept_from_the_combinations(client: Client, seeded: None) -> None:
    response = client.get("/findings/?score=2")

    assertContains(response, '<meta name="robots" content="noindex">')
    assertContains(response, 'rel="canonical" href="http://testserver/findings/?score=2"')


def test_names_the_copyright_holder(client: Client, seeded: None) -> None:
    assertContains(client.get("/findings/"), framework.ATTRIBUTION)


def test_only_reads(client: Client, db: None) -> None:
    assert client.post("/findings/").status_code == 405
