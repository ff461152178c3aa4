"""The pages of Compare and Learn in a browser: what axe finds, on a wide and a narrow screen, and
without JavaScript."""

import pytest

from tests.support.seeds import SeededOnce

pytestmark = pytest.mark.django_db(transaction=True)

PAGES = (
    "/compare/",
    "/compare/scores/?q=complaints",
    "/compare/profiles/?a=haringey&a=harrow&statement=learning",
    "/compare/like-mine/?authority=haringey",
    "/compare/matrix/?statement=learning",
    "/compare/matrix/?topic=complaints",
    "/compare/over-time/",
    "/learn/",
    "/learn/practice/?authority=camden&topic=training",
    "/learn/next-rating/?authority=haringey",
    "/learn/language/?statement=learning",
    "/learn/language/sentences/?statement=learning&phrase=training",
    "/learn/evidence-map/?statement=learning",
    "/learn/figures/",
    "/learn/tensions/",
    "/learn/behind/?statement=learning",
    "/learn/figures/?whose=nobody",
)


@pytest.fixture(autouse=True)
def seeded(live_server: object, seeded_once: SeededOnce) -> None:
    seeded_once.put()


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_pages_are_accessible_and_fit(new_page, axe_violations, phone):
    page = new_page(phone=phone)
    faults = []
    for address in PAGES:
        page.goto(address)
        faults += [f"{address}: {fault}" for fault in axe_violations(page)]
        wide, window = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
        if wide > window:
            faults.append(f"{address}: {wide} pixels wide on a screen of {window}")

    assert faults == []


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
