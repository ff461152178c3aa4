"""Planted phrases are found, nothing where nothing was planted, and counts are recounts."""

from collections import Counter
from random import Random

import pytest

from reports.management.invented import effects
from reports.reading.language import (
    FLOOR,
    PRIOR,
    RATE,
    SUPPORT,
    count_users,
    language,
    marked,
    without_parts,
)
from reports.reading.phrases import phrases
from reports.reading.profiles import profiles
from reports.reading.statistics import log_odds
from tests.reading import making


def found_in(statement, high=3, low=2, texts=None):
    users, totals = count_users(texts or making.texts(statement))
    return [one for one in marked(users, totals, high, low) if one.rate <= RATE]


@pytest.mark.parametrize("planted", effects.PHRASES, ids=lambda planted: planted.phrase)
def test_a_planted_phrase_is_found_at_its_score(planted):
    # Of the longer planted phrases a part of four words at most.
    words = planted.phrase.split()
    part = " ".join(words[:4]) if len(words) > 4 else planted.phrase
    part = part.removeprefix("a ")

    [one] = [one for one in found_in(planted.statement) if one.phrase == part]

    assert (one.ratio.low > 1) == (planted.at_high > planted.at_low)
    assert (one.ratio.high < 1) == (planted.at_high < planted.at_low)


@pytest.mark.parametrize("statement", ["equity", "safe-systems"])
def test_scores_dealt_at_random_are_marked_by_almost_nothing(statement):
    texts = making.texts(statement)
    sections = {section: score for section, score, _ in texts}
    false = tried = 0
    for seed in range(10):
        dealt = list(sections.values())
        Random(seed).shuffle(dealt)
        by_section = dict(zip(sections, dealt, strict=True))
        shuffled = [(section, by_section[section], text) for section, _, text in texts]
        users, totals = count_users(shuffled)
        compared = marked(users, totals, 3, 2)
        tried += len(compared)
        false += any(one.rate <= RATE for one in compared)

    assert tried > 1000
    # At a rate of 5% about one shuffle in twenty has any; three of ten happen once in 87 times.
    assert false <= 2


def test_counts_are_a_recount_by_authority():
    texts = making.texts("safeguarding")
    users, totals = count_users(texts)

    holding: dict[str, set[int]] = {}
    for section, _, text in texts:
        for phrase in phrases(text):
            holding.setdefault(phrase, set()).add(section)
    scores = {section: score for section, score, _ in texts}
    assert totals == Counter(scores.values())
    assert users == {
        phrase: Counter(scores[section] for section in sections)
        for phrase, sections in holding.items()
    }


def test_a_report_that_repeats_itself_counts_once():
    users, _ = count_users([(1, 3, "Good care. Good care."), (1, 3, "Good care again.")])

    assert users["good care"] == {3: 1}


def test_a_phrase_is_compared_by_monroes_log_odds():
    users = {"panel": Counter({2: 6, 3: 18, 4: 3})}
    totals = Counter({1: 3, 2: 30, 3: 40, 4: 7})

    [one] = marked(users, totals, 3, 2)

    share = 27 / 80
    odds = log_odds((18, 40), (6, 30), (PRIOR * share, PRIOR * (1 - share)))
    assert (one.high, one.low) == (18, 6)
    assert one.ratio.value == pytest.approx(2.718281828459045**odds.value)


def test_a_phrase_of_too_few_authorities_is_not_compared():
    totals = Counter({2: 30, 3: 40})

    assert marked({"rare": Counter({3: SUPPORT - 1})}, totals, 3, 2) == []


def test_a_phrase_that_all_use_marks_nothing():
    [one] = marked({"care": Counter({2: 30, 3: 40})}, Counter({2: 30, 3: 40}), 3, 2)

    assert one.ratio.low < 1 < one.ratio.high


def test_a_part_of_a_phrase_with_the_same_counts_is_left_out():
    users = {
        "single improvement ledger": Counter({3: 20}),
        "improvement ledger": Counter({3: 20}),
        "improvement": Counter({3: 25}),
    }

    kept = without_parts(marked(users, Counter({2: 30, 3: 40}), 3, 2))

    assert [one.phrase for one in kept] == ["single improvement ledger", "improvement"]


@pytest.mark.django_db
def test_too_few_reports_say_so(seeded):
    found = language(profiles(), "learning", 3, 2)

    assert not found.enough
    assert max(found.highs, found.lows) < FLOOR
    assert (found.tried, found.of_high, found.of_low) == (0, (), ())
