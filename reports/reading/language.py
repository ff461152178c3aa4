"""The language of a score: words and phrases that mark one score from another in a statement.

Counted by authority: a phrase counts once for each authority whose findings on the statement have
it, so that one report that repeats itself marks nothing. The log-odds of having the phrase at the
two scores, with an informative prior, say how much more often it is used at one of them (Monroe,
Colaresi and Quinn 2008). The prior is worth `PRIOR` authorities that use the phrase as all scored
authorities together do. Because many phrases are compared, each comes with Benjamini and Hochberg's
rate.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import chain, combinations
from typing import Any

from reports.facts import framework
from reports.models import Finding
from reports.reading.phrases import phrases
from reports.reading.profiles import Profile
from reports.reading.statistics import Interval, as_ratio, false_discovery, log_odds, p_value
from reports.reading.worked_out import Made, worked_out

FLOOR = 10  # authorities with text at each of the two scores
SUPPORT = 4  # authorities at the two scores that a phrase must have
PRIOR = 4.0  # authorities
RATE = 0.05
KEPT = 60  # phrases on each side


@dataclass(frozen=True, slots=True)
class Marked:
    """A phrase that `high` authorities at the higher score have, and `low` authorities at the
    lower. `ratio` is the odds at the higher score divided by those at the lower; `rate` is the
    lowest false discovery rate that the phrase passes."""

    phrase: str
    high: int
    low: int
    ratio: Interval
    rate: float


@dataclass(frozen=True, slots=True)
class Language:
    """`highs` and `lows` are how many authorities have text at each score; `tried` is how many
    phrases were compared. The phrases with the lowest rate come first."""

    highs: int
    lows: int
    tried: int
    of_high: tuple[Marked, ...]
    of_low: tuple[Marked, ...]
    made: Made

    @property
    def enough(self) -> bool:
        return min(self.highs, self.lows) >= FLOOR


def language(
    profiles: Sequence[Profile], statement: str, high: int, low: int, *, renew: bool = False
) -> Language:
    """The language of two different scores, the higher first. Pass the profiles of `profiles()`."""
    name = f"language {statement}"
    result = worked_out(name, lambda: _work_out(profiles, statement), renew=renew)
    data = result.data[_pair(high, low)]
    of_high, of_low = (
        tuple(Marked(**(one | {"ratio": Interval(**one["ratio"])})) for one in data[side])
        for side in ("of_high", "of_low")
    )
    return Language(data["highs"], data["lows"], data["tried"], of_high, of_low, result.made)


def marked(
    users: Mapping[str, Mapping[int, int]], totals: Mapping[int, int], high: int, low: int
) -> list[Marked]:
    """Every phrase that enough authorities use. `users` says how many authorities at each score use
    a phrase, `totals` how many authorities have each score."""
    everyone = sum(totals.values())
    compared: list[tuple[str, int, int, Interval]] = []
    for phrase, by_score in users.items():
        in_high, in_low = by_score.get(high, 0), by_score.get(low, 0)
        if in_high + in_low >= SUPPORT:
            share = sum(by_score.values()) / everyone
            # Without it, the prior for not using a phrase that all use would be zero.
            share = min(share, 1 - 1 / (2 * everyone))
            odds = log_odds(
                (in_high, totals[high]),
                (in_low, totals[low]),
                (PRIOR * share, PRIOR * (1 - share)),
            )
            compared.append((phrase, in_high, in_low, odds))
    rates = false_discovery([p_value(odds) for *_, odds in compared])
    return [
        Marked(phrase, in_high, in_low, as_ratio(odds), rate)
        for (phrase, in_high, in_low, odds), rate in zip(compared, rates, strict=True)
    ]


def count_users(
    texts: Iterable[tuple[int, int, str]], least: int = 1
) -> tuple[dict[str, Counter[int]], Counter[int]]:
    """From sections, scores and texts: how many sections of each score use a phrase that `least`
    sections use, and how many there are. The texts of a section may come in any order."""
    by_section: dict[int, set[str]] = defaultdict(set)
    scores: dict[int, int] = {}
    for section, score, text in texts:
        scores[section] = score
        by_section[section].update(phrases(text))
    # Most phrases are used once: they are dropped before they are counted by score.
    known = Counter(chain.from_iterable(by_section.values()))
    users = {phrase: Counter[int]() for phrase, count in known.items() if count >= least}
    for section, used in by_section.items():
        for phrase in used & users.keys():
            users[phrase][scores[section]] += 1
    return users, Counter(scores.values())


def texts_of(profiles: Iterable[Profile], statement: str) -> Iterator[tuple[int, int, str]]:
    """Section, score and text of the findings on a statement, where a score is known."""
    scores = {
        held.pk: held.score
        for profile in profiles
        if (held := profile.held.get(statement)) and held.text and held.score
    }
    rows = Finding.objects.published().filter(section__in=list(scores)).order_by()
    for section, text in rows.values_list("section", "text").iterator():
        yield section, scores[section], text


def _work_out(profiles: Sequence[Profile], statement: str) -> dict[str, Any]:
    """The language of every pair of scores, from one count."""
    users, totals = count_users(texts_of(profiles, statement), SUPPORT)
    scores = sorted(framework.SCORE_DESCRIPTIONS)
    return {
        _pair(high, low): _compared(users, totals, high, low)
        for low, high in combinations(scores, 2)
    }


def _pair(high: int, low: int) -> str:
    return f"{high} from {low}"


def _compared(
    users: Mapping[str, Mapping[int, int]], totals: Mapping[int, int], high: int, low: int
) -> dict[str, Any]:
    enough = min(totals.get(high, 0), totals.get(low, 0)) >= FLOOR
    found = marked(users, totals, high, low) if enough else []
    sure = sorted(
        (one for one in found if one.rate <= RATE),
        key=lambda one: (one.rate, -abs(one.high - one.low), -len(one.phrase), one.phrase),
    )
    shown = without_parts(sure)
    return {
        "highs": totals.get(high, 0),
        "lows": totals.get(low, 0),
        "tried": len(found),
        "of_high": [asdict(one) for one in shown if one.ratio.value > 1][:KEPT],
        "of_low": [asdict(one) for one in shown if one.ratio.value < 1][:KEPT],
    }


def without_parts(found: Sequence[Marked]) -> list[Marked]:
    """Without phrases that only occur within a longer one with the same counts, such as “qualified”
    in “triaged by a qualified”."""
    kept: list[Marked] = []
    for one in sorted(found, key=lambda one: -len(one.phrase.split())):
        inside = f" {one.phrase} "
        if not any(
            inside in f" {longer.phrase} " and (one.high, one.low) == (longer.high, longer.low)
            for longer in kept
        ):
            kept.append(one)
    chosen = set(map(id, kept))
    return [one for one in found if id(one) in chosen]
