"""Lighthouse on five pages of a running site: `make lighthouse`, after `make run` elsewhere.

Fails where accessibility or best practice is below 100, or performance below 95 (the median of
three runs). Needs npm, which fetches Lighthouse, and Chromium.
"""

import json
import os
import shutil
import subprocess
import sys
from statistics import median
from typing import Any

VERSION = "12"
RUNS = 3
LEAST = {"accessibility": 100, "best-practices": 100, "performance": 95}
PAGES = ("/", "/findings/?q=training", "/authorities/", "/authorities/haringey/", "/about/")
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")


def main(base: str) -> int:
    failures = 0
    for page in PAGES:
        scores = _scores(f"{base}{page}")
        short = {name: score for name, score in scores.items() if score < LEAST[name]}
        failures += bool(short)
        print(f"{page}: {scores}{f'  TOO LOW: {short}' if short else ''}", flush=True)
    return 1 if failures else 0


def _scores(address: str) -> dict[str, int]:
    runs = [_run(address)["categories"] for _ in range(RUNS)]
    return {name: round(100 * median(run[name]["score"] for run in runs)) for name in LEAST}


def _run(address: str) -> dict[str, Any]:
    command = ["npx", "--yes", f"lighthouse@{VERSION}", address, "--quiet", "--output=json"]
    command += [f"--only-categories={','.join(LEAST)}", "--chrome-flags=--headless --no-sandbox"]
    environment = {**os.environ, "CHROME_PATH": CHROMIUM or ""}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"Lighthouse failed on {address}:\n{done.stderr[-2000:]}")
    report: dict[str, Any] = json.loads(done.stdout)
    return report


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"))
