"""What axe finds on readers' pages, in every state, in light, dark and forced colours, on a phone
and on a wide screen; and whether a page is wider than the window."""

from collections.abc import Callable

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Page, Route, ViewportSize

from reports.models import Finding, Section
from tests.support.seeds import MadeOnce

NewPage = Callable[..., Page]
Faults = Callable[[Page], list[str]]

pytestmark = pytest.mark.django_db(transaction=True)

WIDE: ViewportSize = {"width": 1440, "height": 900}
PARTS = 8

PAGES = (
    "/",
    "/?statement=learning",
    "/findings/",
    "/findings/?q=training -mandatory&score=2&score=3&topic=training",
    "/findings/?q=trianing",
    "/findings/?q=nothingofthiskind&score=4",
    "/findings/?score=9&page=x",
    "/findings/?page=3",
    "/authorities/",
    "/authorities/?learning=3&region=london",
    "/authorities/?region=mars",
    "/authorities/?name=atlantis",
    "/authorities/haringey/",
    "/authorities/york/",
    "/about/",
    "/design/",
    "/data/",
    "/api/v1/",
    "/follow/?q=training",
    "/packs/",
    "/packs/add/",
    "/check/",
    "/corrections/",
    "/nothing/",
    "/compare/",
    "/compare/scores/?q=complaints",
    "/compare/profiles/?a=haringey&a=harrow&statement=learning",
    "/compare/like-mine/?authority=haringey",
    "/compare/matrix/?statement=learning",
    "/compare/matrix/?topic=complaints",
    "/compare/over-time/",
    "/learn/",
    "/learn/method/",
    "/learn/practice/?authority=camden&topic=training",
    "/learn/next-rating/?authority=haringey",
    "/learn/language/?statement=learning",
    "/learn/language/sentences/?statement=learning&phrase=training",
    "/learn/evidence-map/?statement=learning",
    "/learn/figures/",
    "/learn/figures/?whose=nobody",
    "/learn/tensions/",
    "/learn/behind/?statement=learning",
    "/admin/login/",
)
ERRORS = {
    "400": ("400.html", {}),
    "403": ("403.html", {}),
    "403-form": ("403_csrf.html", {}),
    "404": ("404.html", {}),
    "413": ("fault.html", {"status": 413, "title": "Too large", "message": "Send less."}),
    "429": ("fault.html", {"status": 429, "title": "Too many", "message": "Wait a minute."}),
    "500": ("fault.html", {"status": 500, "title": "An error", "message": "It is in the log."}),
    "503": ("503.html", {}),
}


@pytest.fixture(autouse=True)
def seeded(live_server: object, seeded_once: MadeOnce) -> None:
    seeded_once.put()


@pytest.mark.parametrize("part", range(PARTS))
def test_pages(new_page: NewPage, faults_in_every_look: Faults, part: int) -> None:
    page = new_page(phone=True)
    faults = {}
    for address in (*PAGES, *_pages_of_the_seeds())[part::PARTS]:
        page.goto(address)
        found = faults_in_every_look(page)
        page.set_viewport_size(WIDE)
        if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append("wider than a wide window")
        page.set_viewport_size({"width": 360, "height": 740})
        if found:
            faults[address] = found

    assert faults == {}


def test_main_pages_on_a_wide_screen(page: Page, axe_violations: Faults) -> None:
    faults = {}
    for address in ("/", "/findings/?q=training", "/authorities/", *_pages_of_the_seeds()[:2]):
        page.goto(address)
        if found := axe_violations(page):
            faults[address] = found

    assert faults == {}


def test_error_pages(new_page: NewPage, faults_in_every_look: Faults) -> None:
    page = new_page(phone=True)
    faults = {}
    for name, (template, context) in ERRORS.items():
        body = render_to_string(template, {"request_id": "3f2a", **context})
        page.route(f"**/{name}/", lambda route, _, body=body: _answer(route, body))
        page.goto(f"/{name}/")
        if found := faults_in_every_look(page):
            faults[name] = found

    assert faults == {}


def test_pages_with_everything_open(new_page: NewPage, faults_in_every_look: Faults) -> None:
    page = new_page(phone=True)
    faults = {}
    for address in ("/findings/?q=training&score=2", "/authorities/", "/"):
        page.goto(address)
        page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
        if page.locator("#filters-button").count():
            page.locator("#filters-button").click()
        if found := faults_in_every_look(page):
            faults[address] = found
    page.goto("/")
    page.get_by_role("button", name="Menu").click()
    faults["menu"] = faults_in_every_look(page)

    assert faults == {"menu": []}


def test_results_without_an_answer(new_page: NewPage, faults_in_every_look: Faults) -> None:
    page = new_page()
    page.goto("/findings/")
    page.context.set_offline(True)
    page.get_by_label("2 – Evidence shows some shortfalls").check()
    page.get_by_role("alert").wait_for()

    assert faults_in_every_look(page) == []


def test_a_pack_and_checked_quotations(new_page: NewPage, faults_in_every_look: Faults) -> None:
    page = new_page(phone=True)
    finding = Finding.objects.published().earliest("pk")
    faults = {}
    page.goto(f"/packs/add/?finding={finding.public_id}")
    faults["put into a pack"] = faults_in_every_look(page)
    page.get_by_label("Name").fill("For the board")
    page.get_by_role("button", name="Put in the pack").click()
    faults["pack"] = faults_in_every_look(page)
    page.get_by_role("link", name="Read it as others see it").click()
    faults["shared pack"] = faults_in_every_look(page)

    page.goto("/check/")
    page.get_by_role("button", name="Check").click()
    faults["nothing to check"] = faults_in_every_look(page)
    right, wrong = finding.text[:150], finding.text[:80] + " never " + finding.text[80:150]
    page.locator("textarea").fill(f"They wrote “{right}” and “{wrong}” and “{'No such ' * 9}”.")
    page.get_by_role("button", name="Check").click()
    faults["checked"] = faults_in_every_look(page)

    assert {name: found for name, found in faults.items() if found} == {}
    assert page.locator(".quote-verdict").count() == 3


def _answer(route: Route, body: str) -> None:
    route.fulfill(body=body, content_type="text/html; charset=utf-8")


def _pages_of_the_seeds() -> list[str]:
    section = Section.objects.select_related("document").get(assessment__authority__slug="haringey")
    unidentified = Finding.objects.filter(section__assessment__authority=None).earliest("pk")
    finding = section.findings.earliest("position")
    assert section.document
    return [
        finding.get_absolute_url(),
        section.get_absolute_url(),
        unidentified.get_absolute_url(),
        section.document.get_absolute_url(),
        f"{finding.get_absolute_url()}history/",
        f"{finding.get_absolute_url()}report/",
    ]
