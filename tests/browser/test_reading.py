"""The pages of Compare and Learn in a browser, without JavaScript."""

import pytest
from playwright.sync_api import expect

from tests.support.seeds import MadeOnce

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def seeded(live_server: object, seeded_once: MadeOnce) -> None:
    seeded_once.put()


def test_an_authority_is_compared_and_removed_without_javascript(new_page):
    page = new_page(javascript=False)
    page.goto("/compare/profiles/")
    for name in ("Haringey", "Harrow"):
        page.get_by_label("Add an authority").select_option(label=name)
        page.get_by_role("button", name="Show").click()

    page.get_by_role("link", name="Learning, improvement and innovation").click()
    expect(page.get_by_role("heading", name="Haringey").first).to_be_visible()

    page.get_by_role("link", name="remove Harrow").click()
    expect(page.get_by_role("heading", name="Choose another authority")).to_be_visible()
