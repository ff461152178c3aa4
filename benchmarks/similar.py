"""Similar findings, searches that find next to nothing, and misspelt words: what takes a second
look at the index."""

import argparse
import time
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from benchmarks.timing import percentiles
from benchmarks.words import vocabulary
from reports.models import Finding
from reports.search import SearchQuery, search, similar_findings

QUESTIONS = 150
RARE = range(4_000, 20_000)  # ranks of words


def main(options: argparse.Namespace) -> dict[str, Any]:
    random = Random(11)
    return {
        "similar": _times(similar_findings, _some_findings(random)),
        "nearly": _times(_searched, [_rare_together(random) for _ in range(QUESTIONS)]),
        "misspelt": _times(_searched, [_misspelt(random) for _ in range(QUESTIONS)]),
    }


def _some_findings(random: Random) -> list[Finding]:
    last = Finding.objects.order_by("-pk").values_list("pk", flat=True)[0]
    keys = random.sample(range(1, last + 1), min(last, 2 * QUESTIONS))
    return list(Finding.objects.filter(pk__in=keys).with_context()[:QUESTIONS])


def _rare_together(random: Random) -> str:
    """Three rare words and a common one, which hardly a finding holds together."""
    return " ".join([*(vocabulary()[random.choice(RARE)] for _ in range(3)), "people"])


def _misspelt(random: Random) -> str:
    """A common word with two of its letters swapped, and a word that is spelt right."""
    word = random.choice([word for word in vocabulary()[:150] if len(word) > 6 and word.isalpha()])
    place = random.randrange(1, len(word) - 2)
    return f"{word[:place]}{word[place + 1]}{word[place]}{word[place + 2 :]} training"


def _searched(q: str) -> object:
    return search(SearchQuery(q=q))


def _times(ask: Callable[[Any], object], questions: Sequence[Any]) -> dict[str, Any]:
    """Milliseconds by the clock and of work; the first few questions warm up."""
    clock, work = [], []
    for number, question in enumerate([*questions[:5], *questions]):
        began, worked = time.perf_counter(), time.process_time()
        ask(question)
        if number >= 5:
            clock.append(1000 * (time.perf_counter() - began))
            work.append(1000 * (time.process_time() - worked))
    return {"clock": percentiles(clock), "processor": percentiles(work)}
