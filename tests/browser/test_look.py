"""How the main pages look and what they weigh: shape and colour, not the drawing of letters, which
differs between machines.

Approved pictures are 64 pixels wide, in tests/browser/approved. After a change that is wanted, make
them anew and look at them:

    APPROVE=1 .venv/bin/python -m pytest tests/browser/test_look.py
"""

import gzip
import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter, ImageStat
from playwright.sync_api import Page, Response, ViewportSize

from reports.models import Finding, Section
from tests.support.seeds import MadeOnce, ingest_seeds, load_scores

pytestmark = pytest.mark.django_db(transaction=True)

NewPage = Callable[..., Page]

APPROVED = Path(__file__).parent / "approved"
WIDTH, HEIGHT = 64, 64
# Of 255, on average over a picture.
MOST_DIFFERENT = 7.0
FIRST_VIEW = 60 * 1024
WIDTHS: dict[str, ViewportSize] = {
    "1440": {"width": 1440, "height": 1000},
    "768": {"width": 768, "height": 1000},
    "360": {"width": 360, "height": 740},
}
PAGES = {
    "home": "/?statement=learning",
    "results": "/findings/?q=training&score=2",
    "authorities": "/authorities/",
    "authority": "/authorities/camden/",
    "design": "/design/",
}


@pytest.fixture(scope="session")
def scored_and_seeded_once(tmp_path_factory: pytest.TempPathFactory) -> MadeOnce:
    return MadeOnce(tmp_path_factory.mktemp("scored-and-seeded"), _load_scores_and_seeds)


def _load_scores_and_seeds() -> None:
    load_scores()
    ingest_seeds()


@pytest.fixture(autouse=True)
def scored_and_seeded(live_server: object, scored_and_seeded_once: MadeOnce) -> None:
    scored_and_seeded_once.put()


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_main_pages_look_as_approved(new_page: NewPage, width: str, scheme: str) -> None:
    page = new_page()
    page.set_viewport_size(WIDTHS[width])
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    different = {}
    for name, address in PAGES.items():
        page.goto(address)
        shown = _small(page.screenshot())
        path = APPROVED / f"{name}-{width}-{scheme}.png"
        if os.environ.get("APPROVE"):
            path.parent.mkdir(exist_ok=True)
            shown.save(path, optimize=True)
        difference = _difference(shown, Image.open(path).convert("RGB"))
        if difference > MOST_DIFFERENT:
            different[path.name] = round(difference, 1)

    assert different == {}


def test_the_comparison_sees_a_missing_map(page: Page) -> None:
    page.set_viewport_size(WIDTHS["1440"])
    page.goto(PAGES["home"])
    whole = _small(page.screenshot())
    page.evaluate("document.querySelector('.hero-map').remove()")

    assert _difference(whole, _small(page.screenshot())) > MOST_DIFFERENT


def test_a_first_view_is_under_sixty_kilobytes(new_page: NewPage) -> None:
    heavy = {}
    section = Section.objects.get(assessment__authority__slug="haringey", document__isnull=False)
    finding = section.findings.earliest("position")
    for address in (*PAGES.values(), section.get_absolute_url(), finding.get_absolute_url()):
        page = new_page()
        answers: list[Response] = []
        page.on("response", lambda answer: answers.append(answer))  # noqa: B023, PLW0108
        page.goto(address)
        # As production sends it: compressed, the files too, which a test serves as they lie.
        weight = sum(len(gzip.compress(answer.body())) for answer in answers)
        if weight > FIRST_VIEW:
            heavy[address] = weight

    assert heavy == {}


def test_three_whole_results_stand_in_the_first_900_pixels(page: Page) -> None:
    page.goto("/findings/?q=training&score=2")

    bottoms = page.evaluate(
        "[...document.querySelectorAll('.result')].map((e) => e.getBoundingClientRect().bottom)"
    )
    assert bottoms[2] <= 900


def test_the_first_result_stands_in_the_first_screen_of_a_phone(phone_page: Page) -> None:
    phone_page.goto("/findings/?q=training")

    top = phone_page.locator(".result").first.bounding_box()
    assert top is not None
    assert top["y"] < 740 - 100


def test_the_header_is_small_at_four_times_the_size(new_page: NewPage) -> None:
    page = new_page()
    page.set_viewport_size({"width": 320, "height": 256})  # 1280 by 1024 at 400%
    page.goto("/findings/")

    header = page.locator(".site-header").bounding_box()
    assert header is not None
    assert header["height"] <= 64
    page.get_by_role("button", name="Menu").click()
    assert page.get_by_role("link", name="Authorities").is_visible()


def test_heads_of_the_matrix_stay_in_sight(page: Page) -> None:
    page.goto("/authorities/")
    page.evaluate("scrollTo(0, 1500)")

    head = page.get_by_role("columnheader", name="Safeguarding").bounding_box()
    assert head is not None
    assert 0 <= head["y"] < 150


@pytest.mark.parametrize("width", [320, 360, 768])
def test_the_matrix_fits_a_narrow_screen(new_page: NewPage, width: int) -> None:
    page = new_page()
    page.set_viewport_size({"width": width, "height": 740})
    page.goto("/authorities/")
    page.evaluate("scrollTo(0, 1500)")

    head = page.locator("th.head-learning").bounding_box()
    assert head is not None
    assert head["y"] == 0
    assert head["width"] >= 24
    assert head["x"] + head["width"] <= width
    assert page.locator(".narrow-rating").first.is_visible()


def test_words_of_cqc_are_in_serif_and_ours_are_not(page: Page) -> None:
    page.goto(Finding.objects.earliest("pk").get_absolute_url())

    def font(selector: str) -> str:
        return str(page.locator(selector).first.evaluate("e => getComputedStyle(e).fontFamily"))

    assert "Charter" in font(".finding-text p")
    assert "Charter" in font(".score-words")
    assert "Charter" not in font(".inferred td")


def test_prints_addresses_and_leaves_out_controls(page: Page) -> None:
    page.goto("/findings/?q=training")
    page.emulate_media(media="print")

    assert not page.locator(".site-nav").is_visible()
    assert not page.locator("#filters").is_visible()
    assert page.locator(".print-address").first.inner_text().startswith("http")
    page.goto("/authorities/")
    assert "landscape" in page.evaluate(
        "[...document.styleSheets].flatMap((s) => [...s.cssRules]).map((r) => r.cssText).join()"
    )


def _small(picture: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(picture)).convert("RGB")
    blurred = image.filter(ImageFilter.GaussianBlur(image.width / WIDTH))
    return blurred.resize((WIDTH, HEIGHT), Image.Resampling.BOX)


def _difference(one: Image.Image, other: Image.Image) -> float:
    means = ImageStat.Stat(ImageChops.difference(one, other)).mean
    return float(sum(means) / len(means))
