"""Journeys with the keyboard alone."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.support.seeds import MadeOnce

NewPage = Callable[..., Page]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def seeded(live_server: object, seeded_once: MadeOnce) -> None:
    seeded_once.put()


def test_the_first_link_skips_to_the_main_content(page: Page) -> None:
    page.goto("/findings/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Search the findings")).to_be_focused()
    page.keyboard.type("peer review")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name=re.compile(r"^\d+ findings$"))).to_be_visible()
    expect(page).to_have_url(re.compile(r"q=peer\+review"))


def test_a_link_skips_the_filters(page: Page) -> None:
    page.goto("/findings/")
    _tab_to(page, page.get_by_role("link", name="Skip to results"))
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")

    expect(page.get_by_label("Sort by")).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(page).to_have_url(re.compile(r"sort="))


def test_a_list_is_narrowed_and_ticked(page: Page) -> None:
    page.goto("/findings/")
    _tab_to(page, page.get_by_label("Find in this list: Topic"))
    page.keyboard.type("peer")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Peer review")).to_be_focused()
    page.keyboard.press("Space")

    expect(page).to_have_url(re.compile(r"topic=peer-review"))
    expect(page.get_by_label("Peer review")).to_be_focused()


def test_filters_of_a_phone_open_tick_and_close(phone_page: Page) -> None:
    page = phone_page
    page.goto("/findings/")
    _tab_to(page, page.get_by_role("button", name="Filters"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Filters")).to_be_visible()
    _tab_to(page, page.get_by_label("2 – Evidence shows some shortfalls"))
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Show 28 results")).to_be_visible()
    page.keyboard.press("Escape")

    expect(page.get_by_role("heading", name="Filters")).to_be_hidden()
    expect(page.get_by_role("button", name="Filters: 1 set")).to_be_focused()
    expect(page.get_by_role("heading", name="28 findings")).to_be_visible()


def test_the_map_is_read_as_tables(page: Page) -> None:
    page.goto("/?statement=learning")
    _tab_to(page, page.get_by_text("The same as tables"))
    page.keyboard.press("Enter")

    table = page.locator(".as-tables table").first
    expect(table).to_be_visible()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.as-tables') !== null")


def test_ticked_findings_become_a_pack(page: Page) -> None:
    page.goto("/findings/?q=training")
    for number in range(2):
        _tab_to(page, page.get_by_label(re.compile("^Tick for a pack")).nth(number))
        page.keyboard.press("Space")
    _tab_to(page, page.get_by_role("button", name=re.compile("ticked findings in a pack")), 200)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="2 findings")).to_be_visible()
    _tab_to(page, page.get_by_label("Name"))
    page.keyboard.type("For the board")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="For the board")).to_be_visible()
    expect(page.locator(".pack-item")).to_have_count(2)


def _tab_to(page: Page, wanted: Locator, most: int = 80) -> None:
    """Press Tab until the element has the focus, which has to be seen on it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate(
            "e => e === document.activeElement || e.contains(document.activeElement)"
        ):
            break
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    assert page.evaluate(outline) != "none"
