"""What all reading pages keep to."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from reports.views.reading.pages import BEHIND, PAGES, pages_in
from tests.support.html import hrefs, texts

EVERY = [page.name for page in (*PAGES, *BEHIND)]


@pytest.mark.parametrize("group", ["compare", "learn"])
def test_every_page_is_within_two_clicks_of_any(client, db, group):
    assert reverse(group) in hrefs(client.get("/about/"), "nav a")

    response = client.get(reverse(group))

    assert hrefs(response, "main h2 a") == [reverse(page.name) for page in pages_in(group)]


@pytest.mark.parametrize("name", EVERY)
def test_with_nothing_loaded_a_page_says_what_to_load_or_choose(client, db, name):
    response = client.get(reverse(name))

    assert response.status_code == 200
    assert texts(response, "main .empty h2")
    assert texts(response, "main .empty p")


@pytest.mark.parametrize("name", EVERY)
def test_what_is_wrong_with_an_address_is_named(client, db, name):
    """Each page has at least one of these fields."""
    wrong = "?authority=atlantis&statement=alchemy&a=atlantis"

    response = client.get(reverse(name) + wrong)

    assert response.status_code == 400
    assertContains(
        response, "This address has something this site does not understand", status_code=400
    )
    assertContains(response, "choose from the list", status_code=400)


@pytest.mark.parametrize("name", EVERY)
def test_values_are_escaped(client, db, name):
    wrong = "?authority=<b>x&statement=<b>x&a=<b>x&q=<b>x&phrase=<b>x"

    response = client.get(reverse(name) + wrong)

    assertNotContains(response, "<b>x", status_code=response.status_code)


def test_the_method_gives_every_floor_and_every_page_leads_to_it(client, db):
    response = client.get("/learn/method/")

    assert len(texts(response, "main dt")) == len(texts(response, "main dd")) == 8
    assert "/learn/method/" in hrefs(client.get("/learn/evidence-map/"), "main a")


@pytest.mark.parametrize("name", EVERY)
def test_nothing_is_inline(client, seeded, name):
    page = client.get(reverse(name)).content.decode()

    assert "style=" not in page
    assert "<script>" not in page


@pytest.mark.parametrize("name", EVERY)
def test_what_is_inferred_is_called_so_where_it_is_chosen(client, db, name):
    labels = set(texts(client.get(reverse(name)), "main form label"))

    assert not labels & {"Topic", "Tone", "What it measures", "Recognised measure", "Whose", "Unit"}
