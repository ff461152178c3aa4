"""No altered quotation passes for a genuine one, and every genuine one is located."""

from random import Random

import pytest

from reports.models import Finding
from reports.quotes import Verdict, check
from tests.quotes.mutations import KINDS, cut_quotation, mutate

QUOTES = 60  # `python -m benchmarks.quotes` tries 1,000 of each kind and 100,000 in all
GENUINE = (Verdict.EXACT, Verdict.SAME)


@pytest.fixture
def texts(seeded: None) -> list[str]:
    return list(Finding.objects.published().values_list("text", flat=True))


def test_genuine_quotations_are_located(texts: list[str]) -> None:
    random = Random(1)
    for _ in range(QUOTES):
        quotation = cut_quotation(random.choice(texts), random)
        [judgement] = check(f"“{quotation}”" if "“" not in quotation else quotation).judgements
        assert judgement.verdict is Verdict.EXACT, quotation
        assert judgement.places[0].words == quotation


@pytest.mark.parametrize("kind", KINDS)
def test_no_altered_quotation_is_called_genuine(texts: list[str], kind: str) -> None:
    random = Random(kind)
    tried = 0
    while tried < QUOTES:
        quotation = cut_quotation(random.choice(texts), random)
        altered = mutate(quotation, kind, random, texts)
        if any(altered in text for text in texts) or '"' in altered or "“" in altered:
            continue  # a repeated word can be dropped without a trace
        tried += 1
        [judgement] = check(f"“{altered}”").judgements
        assert judgement.verdict not in GENUINE, altered
