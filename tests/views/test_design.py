"""Colours are computed from the stylesheet itself: what a reader cannot tell apart fails here."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

CSS = (Path(settings.BASE_DIR) / "static/site.css").read_text(encoding="utf-8")
TEXT_ON = {
    "ink": ("paper", "soft", "raised", "mark", "alarm-soft", "good-soft"),
    "quiet": ("paper", "soft", "raised"),
    "link": ("paper", "soft", "raised"),
    "link-dark": ("paper", "soft"),
    "alarm": ("paper", "soft", "alarm-soft"),
    "good": ("paper", "good-soft"),
    "on-brand": ("brand", "brand-dark"),
    "brand": ("paper",),
    "on-score-1": ("score-1",),
    "on-score-2": ("score-2",),
    "on-score-3": ("score-3",),
    "on-score-4": ("score-4",),
}
SHAPE_ON = {
    "edge": ("paper", "soft", "raised"),
    "score-edge": ("paper",),
    "focus": ("paper", "soft", "raised"),
}


def tokens(scheme: str) -> dict[str, str]:
    light, dark = re.findall(r":root \{(.*?)\n\s*\}", CSS, re.DOTALL)[:2]
    found = dict(re.findall(r"--([\w-]+): (#\w+);", light))
    return found | dict(re.findall(r"--([\w-]+): (#\w+);", dark)) if scheme == "dark" else found


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def lightness(colour: str) -> float:
    """CIE L*, 0 to 100."""
    return float(116 * luminance(colour) ** (1 / 3) - 16)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read_and_shapes_seen(scheme: str) -> None:
    colours = tokens(scheme)
    weak = [
        f"{above} on {below}: {contrast(colours[above], colours[below]):.2f}"
        for pairs, least in ((TEXT_ON, 4.5), (SHAPE_ON, 3.0))
        for above, grounds in pairs.items()
        for below in grounds
        if contrast(colours[above], colours[below]) < least
    ]

    assert weak == []


@pytest.mark.parametrize(("scheme", "direction"), [("light", -1), ("dark", 1)])
def test_scores_step_in_lightness(scheme: str, direction: int) -> None:
    colours = tokens(scheme)
    steps = [lightness(colours[f"score-{score}"]) for score in (1, 2, 3, 4)]
    gaps = [(after - before) * direction for before, after in pairwise(steps)]

    assert min(gaps) >= 10, f"{scheme}: {[round(step) for step in steps]}"


@pytest.mark.django_db
def test_the_page_shows_every_part(client: Client) -> None:
    response = client.get("/design/")

    assert response.status_code == 200
    shown = response.content.decode()
    for part in ("cqc", "score-number", "pips", "note", "problems", "messages", "facts", "strip"):
        assert f'class="{part}' in shown
    assert shown.count("<circle") == 4 * 6  # five scores and the site's sign
