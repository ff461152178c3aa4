"""The pages of Compare and Learn in a browser, without JavaScript."""

import pytest

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
    assert page.get_by_role("heading", name="Haringey").count() > 0

    page.get_by_role("link", name="remove Harrow").click()
    assert page.get_by_role("heading", name="Choose another authority").is_visible()
