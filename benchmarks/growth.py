"""How the time to read, parse and match grows with the size:

    DJANGO_SETTINGS_MODULE=cqc_site.settings python -m benchmarks.growth

Each kind of file is hostile in one way, and is made four times, each twice as large. Twice the size
may take little more than twice the time. Then random mixtures of what is costly are parsed, and the
slowest is shown. Time is the processor's. The exit status is 1 if a file takes more than 10 ms a KB
or three times as long as one half its size; these limits are for one idle core.
"""

import argparse
import importlib
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

import django

from reports.parsing import ReadError, parse_report
from reports.parsing.formats import read_html, read_word
from tests.parsing.formats.samples import word_of

SIZES = (1, 2, 4, 8)
MOST_GROWTH = 3.0
MOST_MS_PER_KB = 10.0
# Below this many seconds a measurement says nothing.
ENOUGH = 0.05
OPENING = "Safeguarding\nScore: 3\nKey findings for this quality statement\n\n"
TEXTS = {
    "scores with spaces": "score" + " " * 150 + "x\n",
    "one long line": "word " * 200,
    "short lines": "A line of words\n\n",
    "one long list": "- item one\n",
    "lines that go on": "word and\n",
    "hyphens at ends": "co-\n",
    "rows of a table": "| a | b |\n",
    "numbers": "87\n\n",
    "dates": "Published: 3 March 2025\n\n",
    "titles": "London Borough of Barnet: local authority assessment\n\n",
    "colons": "a: " * 50 + "\n",
    "headings": "## A heading\n\n",
    "bullets": "• " * 70 + "a\n",
    "tabs": "a\tb\n",
}
PARTS = [*TEXTS.values(), *"\n \t-:|.,(•#*_'’“0", "Score", "Safeguarding", "Evidence shows", "we "]


@dataclass(frozen=True)
class Growth:
    """Seconds and kilobytes at each size."""

    name: str
    seconds: tuple[float, ...]
    kilobytes: tuple[float, ...]

    @property
    def factor(self) -> float:
        """How many times longer the largest took than the one half as large."""
        before, last = self.seconds[-2:]
        return last / before if before > ENOUGH else 0.0

    @property
    def ms_per_kb(self) -> float:
        return 1000 * self.seconds[-1] / self.kilobytes[-1]


def measure(scale: int) -> Iterator[Growth]:
    """The growth for each kind of file; `scale` is about the kilobytes of the smallest."""
    for name, part in TEXTS.items():
        many = 1 + 1024 * scale // len(part)
        yield _growth(name, lambda size, p=part, m=many: OPENING + p * (m * size), parse_report)
    yield _growth("html: attributes", lambda size: _attributes(100 * scale * size), _read_html)
    yield _growth("html: comments", lambda size: "<!--a-->" * (100 * scale * size), _read_html)
    yield _growth("html: nested parts", lambda size: "<p><b>a" * (100 * scale * size), _read_html)
    yield _growth("word: chain of styles", lambda size: _styles(5 * scale * size), _read_styles)
    yield _growth("changed paragraphs", lambda size: _paragraphs(20 * scale * size), _match_changed)


def slowest_mixture(tries: int, seed: int) -> tuple[float, str]:
    """Milliseconds a KB of the slowest of some random texts, and that text."""
    chance = random.Random(seed)
    worst = (0.0, "")
    for _ in range(tries):
        parts = [chance.choice(PARTS) * chance.randint(1, 40) for _ in range(60)]
        text = (OPENING + "".join(parts))[:20_000]
        worst = max(worst, (1000 * _seconds(parse_report, text) / (len(text) / 1024), text))
    return worst


def _growth(name: str, make: Callable[[int], str], run: Callable[[str], object]) -> Growth:
    made = [make(size) for size in SIZES]
    return Growth(
        name,
        tuple(_seconds(run, text) for text in made),
        tuple(len(text) / 1024 for text in made),
    )


def _seconds(run: Callable[[str], object], text: str) -> float:
    started = time.process_time()
    with suppress(ReadError):
        run(text)
    return time.process_time() - started


def _attributes(count: int) -> str:
    return f"<p {' '.join(f'a{number}=b' for number in range(count))}>Words</p>"


def _read_html(text: str) -> object:
    return read_html(f"<body><p>Words</p>{text}</body>".encode())


def _styles(count: int) -> str:
    return "".join(
        f'<w:style w:type="paragraph" w:styleId="s{number}"><w:name w:val="s{number}"/>'
        f'<w:basedOn w:val="s{number + 1}"/></w:style>'
        for number in range(count)
    )


def _read_styles(styles: str) -> object:
    return read_word(word_of("<w:p><w:r><w:t>Words</w:t></w:r></w:p>", styles=styles))


def _paragraphs(count: int) -> str:
    rare = (3, 5, 7, 11, 13)
    return "\n".join(
        "People told us that staff had listened "
        + " ".join(f"w{number * step % 9973}" for step in rare)
        for number in range(count)
    )


def _match_changed(text: str) -> object:
    # Its room has models, which can be imported only now.
    match = importlib.import_module("reports.ingest.pairing").match
    old = text.split("\n")
    return match(old, [f"{paragraph} and more" for paragraph in reversed(old)])


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--scale", type=int, default=50)
    options.add_argument("--tries", type=int, default=200)
    chosen = options.parse_args()
    django.setup()
    print(f"{'kind':24}{'KB':>8}{'seconds':>9}{'growth':>8}{'ms a KB':>9}")
    bad = False
    for growth in measure(chosen.scale):
        bad |= growth.factor > MOST_GROWTH or growth.ms_per_kb > MOST_MS_PER_KB
        print(
            f"{growth.name:24}{growth.kilobytes[-1]:8.0f}{growth.seconds[-1]:9.2f}"
            f"{growth.factor:8.1f}{growth.ms_per_kb:9.2f}"
        )
    worst, text = slowest_mixture(chosen.tries, seed=1)
    print(f"slowest of {chosen.tries} mixtures: {worst:.1f} ms a KB, begins {text[60:140]!r}")
    return int(bad or worst > MOST_MS_PER_KB)


if __name__ == "__main__":
    sys.exit(main())
