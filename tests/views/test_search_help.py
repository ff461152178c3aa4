"""What the page of findings says about how it understood a search."""

import pytest
from django.test import Client
from pytest_django.asserts import assertContains, assertNotContains

from reports.search import catch_up
from tests.search.making import make_finding
from tests.support.html import hrefs, texts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def findings() -> None:
    make_finding("The LGSCO upheld two complaints.", authority="harrow")
    make_finding("Carers praised respite and transport.", authority="leeds")
    make_finding("Carers used respite and transport.", authority="leeds")
    catch_up()


def test_says_what_was_left_out_and_what_else_was_searched_for(client: Client) -> None:
    response = client.get("/findings/?q=what+about+the+ombudsman")

    assertContains(response, "Left out of the search: “what”, “about”, “the”.")
    assertContains(response, "for “ombudsman”: Local Government and Social Care Ombudsman, LGSCO")
    assert "?q=what+about+the+ombudsman&exact=1" in hrefs(response, "a")
    assertContains(response, "<mark>LGSCO</mark>")


def test_an_exact_search_says_so_and_stays_exact(client: Client) -> None:
    response = client.get("/findings/?q=ombudsman&exact=1")

    assertContains(response, "Only the words as typed were searched for.")
    assertContains(response, '<input type="hidden" name="exact" value="1">', html=True)
    assert "?q=ombudsman" in hrefs(response, "a")
    assertNotContains(response, "Also searched")


def test_lists_findings_with_most_of_the_words_and_says_what_they_lack(client: Client) -> None:
    response = client.get("/findings/?q=carers+praised+respite+transport")

    assertContains(response, "Only 1 finding contains all of them.")
    assertContains(response, "Does not contain: “praised”")
    assert "A finding that contains most of the words" in texts(response, "h2")


def test_a_correction_is_named_and_can_be_undone(client: Client) -> None:
    response = client.get("/findings/?q=cariers")

    assertContains(response, "No finding contains “cariers”.")
    assertContains(response, "<b>“carers”</b>", html=True)
    assert "?q=cariers&exact=1" in hrefs(response, "a")


def test_an_authority_is_offered_above_the_results(client: Client) -> None:
    response = client.get("/findings/?q=leeds+transport")

    assert "/authorities/leeds/" in hrefs(response, "a")
    assert "?q=transport&authority=leeds" in hrefs(response, "a")
    assertContains(response, "show only its findings on “transport”")


def test_what_was_typed_is_escaped(client: Client) -> None:
    response = client.get("/findings/", {"q": "<b>cariers</b>"})

    assertNotContains(response, "<b>cariers")
