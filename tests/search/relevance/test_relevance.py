"""Searches find what answers them. `make relevance` prints the figures."""

import pytest

from reports.models import Finding
from reports.search import SearchQuery, public_ids, rebuild
from tests.search.relevance.measuring import judged, make_findings, measure

# Above these is where the figures stood when they were last looked at: see docs/search.md.
LEAST_PRECISION = 0.75
LEAST_STRICT_PRECISION = 0.80
LEAST_RECALL = 0.85
MOST_FINDING_NOTHING = 1


@pytest.fixture
def filled(seeded: None) -> None:
    make_findings()
    rebuild()


def test_there_are_60_judged_queries_and_half_of_them_are_unseen() -> None:
    tuned, unseen = judged("tuned"), judged("unseen")
    assert len({each.q for each in tuned + unseen}) >= 60
    assert len(unseen) >= len(tuned)


def test_every_judgement_names_a_finding(filled: None) -> None:
    ids = set(Finding.objects.published().values_list("public_id", flat=True))
    for each in judged("tuned") + judged("unseen"):
        assert each.relevant
        assert each.relevant <= ids, each


@pytest.mark.parametrize("half", ["tuned", "unseen"])
def test_searches_find_what_answers_them(filled: None, half: str) -> None:
    report = measure(judged(half))
    print(f"\n{half}: {report}")
    assert report.precision_at_5 >= LEAST_PRECISION
    assert report.strict_precision_at_5 >= LEAST_STRICT_PRECISION
    assert report.recall_at_10 >= LEAST_RECALL
    assert report.finding_nothing <= MOST_FINDING_NOTHING


@pytest.mark.parametrize("half", ["tuned", "unseen"])
def test_what_an_exact_search_finds_every_search_finds(filled: None, half: str) -> None:
    for each in judged(half):
        exact = set(public_ids(SearchQuery(q=each.q, exact=True), 1_000))
        assert exact <= set(public_ids(SearchQuery(q=each.q), 1_000)), each.q
