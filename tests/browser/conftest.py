"""Pages in a real Chromium: the desktop and the phone, with JavaScript and without."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    ConsoleMessage,
    Page,
    Playwright,
    ViewportSize,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"
HOW = (
    "NOT TESTED: Chromium is not found, so no page was looked at in a browser. Install it (Debian: "
    "apt-get install chromium; elsewhere: .venv/bin/playwright install chromium), or name it: "
    "CHROMIUM=/path"
)
ARGUMENTS = [
    "--no-sandbox",  # Chromium refuses to run as root with it, and CI is often root.
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
COLOURS: dict[str, object] = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}
}
# WCAG 2.2 asks for targets of 24 pixels; axe leaves that rule out unless asked.
TARGETS: dict[str, object] = {"rules": {"target-size": {"enabled": True}}}
DESKTOP: ViewportSize = {"width": 1440, "height": 900}
PHONE: ViewportSize = {"width": 360, "height": 740}

# Rows of a table are alike, and axe's time grows with their number.
SHORTEN = """
for (const body of document.querySelectorAll("tbody"))
    [...body.rows].slice(12).forEach((row) => row.remove())
"""

IS_TOO_WIDE = "document.documentElement.scrollWidth > innerWidth"

NewPage = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # Playwright keeps an event loop in this thread, though nothing here is asynchronous; Django
        # would take every query of a test for one made in a coroutine.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        path = _find_chromium(playwright)
        if path is None:
            pytest.skip(HOW)
        with playwright.chromium.launch(executable_path=path, args=ARGUMENTS) as browser:
            yield browser


@pytest.fixture
def new_page(browser: Browser, live_server: LiveServer) -> Iterator[NewPage]:
    """Makes pages, each in a context of its own, on which paths such as "/about/" can be opened.

    The test fails when a page threw an error or broke the Content Security Policy.
    """
    faults: list[str] = []
    contexts = []

    def note(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            faults.append(message.text)

    def make(*, javascript: bool = True, phone: bool = False) -> Page:
        context = browser.new_context(
            base_url=live_server.url,
            java_script_enabled=javascript,
            viewport=PHONE if phone else DESKTOP,
            has_touch=phone,
            locale="en-GB",
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", note)
        page.on("pageerror", lambda error: faults.append(str(error)))
        return page

    yield make
    for context in contexts:
        context.close()
    assert faults == []


@pytest.fixture
def page(new_page: NewPage) -> Page:
    return new_page()


@pytest.fixture
def phone_page(new_page: NewPage) -> Page:
    return new_page(phone=True)


@pytest.fixture
def page_without_javascript(new_page: NewPage) -> Page:
    return new_page(javascript=False)


@pytest.fixture(scope="session")
def axe_violations() -> Callable[..., list[str]]:
    """What axe finds on the page now open, a line each: rule, what to do, the elements. Long tables
    lose their later rows."""
    axe = Axe()

    def violations(page: Page, options: dict[str, object] = TARGETS) -> list[str]:
        page.evaluate(SHORTEN)
        # Describing what is in order takes axe longer than looking for what is not.
        results = axe.run(page, options={"resultTypes": ["violations"], **options})
        return [
            f"{found['id']}: {found['help']}: {[node['html'] for node in found['nodes']]}"
            for found in results.response["violations"]
        ]

    return violations


@pytest.fixture(scope="session")
def faults_in_every_look(
    axe_violations: Callable[..., list[str]],
) -> Callable[..., list[str]]:
    """What axe finds on the page now open in light, and in dark and forced colours, where only
    colours differ; and whether it is wider than the window. The page is loaded once."""

    def faults(page: Page, options: dict[str, object] = TARGETS) -> list[str]:
        found = ["wider than the window"] if page.evaluate(IS_TOO_WIDE) else []
        found += axe_violations(page, options)
        for look in ("dark", "forced colours"):
            is_dark = look == "dark"
            page.emulate_media(
                color_scheme="dark" if is_dark else "light",
                forced_colors="none" if is_dark else "active",
            )
            found += [f"{look}: {each}" for each in axe_violations(page, COLOURS)]
        page.emulate_media(color_scheme="light", forced_colors="none")
        return found

    return faults


def _find_chromium(playwright: Playwright) -> str | None:
    if given := os.environ.get("CHROMIUM"):
        return given
    found = (shutil.which(name) for name in (*NAMES, MAC, playwright.chromium.executable_path))
    return next(filter(None, found), None)
