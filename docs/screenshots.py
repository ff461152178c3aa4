"""The pictures in README.md and docs/: `make screenshots`, after `make run` elsewhere.

Each is one page of the running site in Chromium, written to docs/images/.
"""

import os
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parent / "images"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


class Shot(NamedTuple):
    name: str
    path: str
    width: int = 1280
    height: int = 860


SHOTS = (
    Shot("home", "/"),
    Shot("findings", "/findings/?q=co-production&score=2&score=3"),
)


def main(base: str) -> None:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for shot in SHOTS:
            page = browser.new_page(viewport={"width": shot.width, "height": shot.height})
            page.goto(f"{base}{shot.path}")
            page.screenshot(path=IMAGES / f"{shot.name}.png")
            page.close()
            print(f"docs/images/{shot.name}.png")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000")
