"""What people come for, in a real browser: search, narrow, read, go back."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from reports.models import Assessment, Finding
from tests.support.seeds import MadeOnce

NewPage = Callable[..., Page]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def seeded(live_server: object, seeded_once: MadeOnce) -> None:
    seeded_once.put()


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without"])
@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
def test_search_filter_open_and_back(new_page: NewPage, javascript: bool, phone: bool) -> None:
    page = new_page(javascript=javascript, phone=phone)
    page.goto("/")
    page.get_by_label("Search the findings").fill("co-production")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", name="16 findings")).to_be_visible()

    if phone:
        page.get_by_role("button", name="Filters").click()
    page.get_by_label("2 – Evidence shows some shortfalls").check()
    if phone or not javascript:
        page.get_by_role("button", name=re.compile("^Show .*results?$")).click()
    expect(page.get_by_role("heading", name="9 findings")).to_be_visible()
    expect(page.get_by_role("article").first).to_be_in_viewport()
    expect(page).to_have_url(re.compile(r"/findings/\?(?=.*q=co-production)(?=.*score=2)"))

    link = page.get_by_role("article").first.get_by_role("heading").get_by_role("link")
    address = str(link.get_attribute("href"))
    link.click()
    expect(page.get_by_role("heading", name="What CQC published")).to_be_visible()
    expect(page.locator(".excerpt mark").first).to_be_visible()

    page.go_back()
    expect(page.get_by_role("heading", name="9 findings")).to_be_visible()
    expect(link).to_have_attribute("href", address)

    page.go_back()
    expect(page.get_by_role("heading", name="16 findings")).to_be_visible()
    expect(page.locator("#score-2")).not_to_be_checked()


def test_results_come_into_sight_though_they_are_asked_for_before_the_update(
    new_page: NewPage,
) -> None:
    page = new_page(phone=True)
    page.goto("/findings/?q=co-production")
    page.get_by_role("button", name="Filters").click()

    both = '["score-2", "show-results"]'
    page.evaluate(f"for (const id of {both}) document.getElementById(id).click()")

    expect(page.get_by_role("heading", name="9 findings")).to_be_visible()
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
    expect(page.get_by_role("article").first).to_be_in_viewport()


def test_an_update_keeps_focus_and_what_was_open_and_says_the_number(page: Page) -> None:
    page.goto("/findings/")
    page.locator("#facet-evidence summary").click()
    people = page.get_by_label("People and unpaid carers")
    people.focus()
    page.keyboard.press("Space")

    expect(page.locator("#announcement")).to_have_text(re.compile(r"^\d+ findings$"))
    expect(page.locator("#announcement")).not_to_have_text("83 findings")
    expect(people).to_be_focused()
    expect(people).to_be_checked()
    expect(page.locator("#facet-evidence")).to_have_attribute("open", "")


def test_addresses_leave_out_what_is_empty(page: Page) -> None:
    page.goto("/findings/")
    page.get_by_label("3 – Evidence shows a good standard").check()

    expect(page).to_have_url(re.compile(r"/findings/\?score=3$"))


def test_two_quick_ticks_both_count(page: Page) -> None:
    page.goto("/findings/")
    page.evaluate("for (const id of ['score-2', 'score-3']) document.getElementById(id).click()")

    expect(page).to_have_url(re.compile(r"score=2&score=3$"))
    expect(page.get_by_role("heading", name="83 findings")).to_be_visible()


def test_sorting_updates_in_place(page: Page) -> None:
    page.goto("/findings/?q=training")
    page.get_by_label("Sort by").select_option("Authority, A to Z")

    expect(page).to_have_url(re.compile(r"q=training&sort=authority$"))
    expect(page.get_by_role("article").first).to_contain_text("Haringey")


def test_a_long_list_is_narrowed_by_typing(page: Page) -> None:
    page.goto("/findings/")
    topics = page.locator("#list-topic li:visible")
    shown = topics.count()
    page.locator("#find-topic").fill("peer")

    expect(topics).to_have_count(1)
    page.get_by_label("Peer review").check()
    expect(page.locator(".chip")).to_have_count(1)
    expect(page.locator("#find-topic")).to_have_value("peer")
    expect(topics).to_have_count(1)
    page.locator("#find-topic").fill("")
    expect(topics).not_to_have_count(1)
    assert topics.count() > shown  # what was folded stays open


def test_a_chip_is_taken_away(page: Page) -> None:
    page.goto("/findings/?q=training&score=2")
    page.get_by_role("link", name="Remove filter Score:").click()

    expect(page).to_have_url(re.compile(r"/findings/\?q=training$"))


def test_two_quick_changes_of_the_sort_make_one_history_entry(page: Page) -> None:
    page.goto("/findings/?q=training")
    before = page.evaluate("history.length")
    page.evaluate(
        """for (const order of ["authority", "newest"]) {
            const sort = document.getElementById("sort");
            sort.value = order;
            sort.dispatchEvent(new Event("change", {bubbles: true}));
        }"""
    )

    expect(page).to_have_url(re.compile(r"q=training&sort=newest$"))
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")
    assert page.evaluate("history.length") == before + 1


def test_results_say_that_they_are_busy(page: Page) -> None:
    page.goto("/findings/")
    held: list[Route] = []
    page.route("**/findings/?*", lambda route: held.append(route))  # noqa: PLW0108
    page.get_by_label("2 – Evidence shows some shortfalls").check()

    expect(page.locator("#results")).to_have_attribute("aria-busy", "true")
    held[0].continue_()
    expect(page.get_by_role("heading", name="28 findings")).to_be_visible()
    expect(page.locator("#results")).not_to_have_attribute("aria-busy", "true")


def test_without_an_answer_the_page_stays_and_says_so(page: Page) -> None:
    page.goto("/findings/")
    page.context.set_offline(True)
    page.get_by_label("2 – Evidence shows some shortfalls").check()

    expect(page.get_by_role("alert")).to_contain_text("The site did not answer")
    expect(page.get_by_role("article")).to_have_count(20)
    page.context.set_offline(False)
    page.get_by_role("link", name="Try again").click()
    expect(page.get_by_role("heading", name="28 findings")).to_be_visible()
    expect(page.get_by_role("alert")).to_be_hidden()


def test_a_server_that_fails_shows_its_own_page(page: Page) -> None:
    page.goto("/findings/")
    page.route("**/findings/?*", lambda route: route.fulfill(status=500, body="broken"), times=1)
    page.get_by_label("2 – Evidence shows some shortfalls").check()

    expect(page.get_by_role("heading", name="28 findings")).to_be_visible()


def test_the_whole_finding_opens_in_place(page: Page) -> None:
    page.goto("/findings/?q=training")
    name = page.locator("article:has(a.whole)").first.get_attribute("aria-labelledby")
    result = page.locator(f"article[aria-labelledby={name}]")
    cut = result.locator(".result-text").inner_text()
    result.get_by_role("link", name="Whole finding").click()

    expect(result.locator("a.whole")).to_have_count(0)
    whole = result.locator(".result-text").inner_text()
    assert len(whole) > len(cut)
    assert "…" not in whole
    expect(page).to_have_url(re.compile(r"/findings/\?q=training$"))


def test_on_a_phone_the_filters_are_a_panel_with_the_number_of_results(phone_page: Page) -> None:
    page = phone_page
    page.goto("/findings/?score=2")
    page.get_by_role("button", name="Filters: 1 set").click()
    expect(page.get_by_role("button", name="Show 28 results")).to_be_in_viewport()
    page.get_by_label("3 – Evidence shows a good standard").check()

    show = page.get_by_role("button", name="Show 83 results")
    expect(show).to_be_in_viewport()
    inner = page.evaluate(
        """[...document.querySelectorAll("#filters *")].filter(
            (e) => e.scrollHeight > e.clientHeight + 1
                && ["auto", "scroll"].includes(getComputedStyle(e).overflowY)).length"""
    )
    assert inner == 0
    show.click()
    expect(page.get_by_role("article").first).to_be_in_viewport()
    expect(page.get_by_role("button", name="Filters: 2 set")).to_be_attached()


def test_the_citation_is_copied(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(Finding.objects.earliest("pk").get_absolute_url())
    page.get_by_role("button", name="Copy citation").click()

    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    assert "© Care Quality Commission" in page.evaluate("navigator.clipboard.readText()")


def test_the_citation_is_copied_with_its_form(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    finding = Finding.objects.filter(section__assessment__authority__slug="haringey").earliest("pk")
    Assessment.objects.filter(sections__findings=finding).update(published="2025-02")
    report = "https://www.cqc.org.uk/care-services/local-authority-assessment-reports/haringey-0225"
    page.goto(finding.get_absolute_url())
    page.get_by_role("button", name="Copy with formatting").click()

    expect(page.get_by_text("Copied", exact=True)).to_be_visible()
    rich = page.evaluate(
        """async () => {
            const [item] = await navigator.clipboard.read();
            return (await item.getType("text/html")).text();
        }"""
    )
    assert "<blockquote" in rich
    assert "© Care Quality Commission" in rich
    assert f'{finding.get_absolute_url()}"' in rich
    assert f'CQC’s own report: </span><a href="{report}">{report}</a>' in rich


def test_the_source_shows_where_a_finding_stands(page: Page) -> None:
    finding = Finding.objects.earliest("pk")
    page.goto(finding.get_absolute_url())
    page.get_by_role("link", name="See it in the whole source text").click()

    expect(page.locator(f"#f-{finding.public_id}")).to_be_in_viewport()


def test_authorities_are_filtered_by_score(page: Page) -> None:
    page.goto("/authorities/")
    page.get_by_text("Filters").click()
    page.get_by_role("group", name="Learning, improvement and innovation").get_by_label(
        "2", exact=True
    ).check()
    page.get_by_role("button", name="Show authorities").click()

    expect(page.get_by_role("rowheader")).to_have_count(1)
    page.get_by_role("rowheader").get_by_role("link", name="Haringey").click()
    expect(page.get_by_role("heading", name="Haringey", exact=True)).to_be_visible()


COUNT_SHIFTS = """
    window.shifted = 0;
    new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) window.shifted += entry.value;
    }).observe({type: "layout-shift", buffered: true});
"""


@pytest.mark.parametrize("phone", [False, True], ids=["desktop", "phone"])
@pytest.mark.parametrize("path", ["/", "/findings/?q=training&score=2", "/authorities/"])
def test_nothing_moves_while_a_page_loads(new_page: NewPage, phone: bool, path: str) -> None:
    page = new_page(phone=phone)
    page.add_init_script(COUNT_SHIFTS)

    page.goto(path, wait_until="networkidle")

    page.screenshot()  # makes Chromium draw what it has not drawn yet
    assert page.evaluate("window.shifted") == 0
