"""The quote checker: how long 20 quotations take, and whether an altered one passes for genuine.

The quotations are cut from findings; `tests/quotes/mutations.py` alters them in ten ways.
"""

import argparse
import time
from random import Random
from typing import Any

from benchmarks.timing import percentiles
from reports.models import Finding
from reports.quotes import Verdict, check
from tests.quotes.mutations import KINDS, cut_quotation, mutate

PER_CHECK = 20
CHECKS = 100
QUOTATIONS = 1_000
GENUINE = (Verdict.EXACT, Verdict.SAME)


def main(options: argparse.Namespace) -> dict[str, Any]:
    random = Random(7)
    texts = _some_texts(random)
    return {
        **_times(texts, random),
        **_genuine(texts, random),
        **_altered(texts, random, options.rounds),
    }


def _some_texts(random: Random) -> list[str]:
    last = Finding.objects.order_by("-pk").values_list("pk", flat=True)[0]
    keys = random.sample(range(1, last + 1), min(last, 5_000))
    return list(Finding.objects.filter(pk__in=keys).values_list("text", flat=True))


def _times(texts: list[str], random: Random) -> dict[str, float]:
    """One in five of the quotations is altered: those take longest."""
    taken = []
    for _ in range(CHECKS):
        quotations = [cut_quotation(random.choice(texts), random) for _ in range(PER_CHECK)]
        for at in range(0, PER_CHECK, 5):
            quotations[at] = mutate(quotations[at], random.choice(KINDS), random, texts)
        text = "\n\n".join(f"“{quotation}”" for quotation in quotations)
        began = time.perf_counter()
        check(text)
        taken.append(1000 * (time.perf_counter() - began))
    return percentiles(taken)


def _genuine(texts: list[str], random: Random) -> dict[str, int]:
    quotations = [cut_quotation(random.choice(texts), random) for _ in range(QUOTATIONS)]
    missed = [each for each in quotations if _verdict(each) not in GENUINE]
    return {"genuine": len(quotations), "genuine_missed": len(missed)}


def _altered(texts: list[str], random: Random, rounds: int) -> dict[str, object]:
    """Ten rounds are 100,000 tries, but for changes that leave words that the text really holds."""
    tried, passed = 0, []
    for kind in KINDS * rounds:
        for _ in range(QUOTATIONS):
            text = random.choice(texts)
            quotation = cut_quotation(text, random)
            altered = mutate(quotation, kind, random, texts)
            if altered.rstrip(".,") in text:
                continue
            tried += 1
            if _verdict(altered) in GENUINE:
                passed.append({"kind": kind, "was": quotation, "altered": altered})
    return {"altered": tried, "altered_called_genuine": passed}


def _verdict(quotation: str) -> Verdict:
    [judgement] = check(f"“{quotation}”").judgements
    return judgement.verdict
