"""Finds findings that hold most of the words, for searches with few or no findings that hold
all."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import log

from reports.search.engines.seam import Answer, Engine, Nearest
from reports.search.language.known_terms import is_plain
from reports.search.language.plain import FUNCTION_WORDS
from reports.search.language.terms import fold, stem
from reports.search.language.tree import Either, Run, Without, positive_runs
from reports.search.language.understanding import Understood
from reports.search.language.widening import WidenedPart

MOST = 10  # findings, with those that hold all words
LEAST_BESIDE_OTHERS = 0.67  # of the question that a finding must hold, if some hold all
LEAST_ALONE = 0.5  # if none does
LEAST_BY_WORD = 0.4  # if words of a term may stand apart, too
OF_THE_BEST = 0.7  # of what the nearest finding holds, if none holds all


@dataclass(frozen=True, slots=True)
class Share:
    """A wanted part of the words, and how much of the question it makes up, from 0 to 1."""

    part: WidenedPart
    size: float


@dataclass(frozen=True, slots=True)
class Nearly:
    """The ids of findings that hold most of the shares, those that hold the most first."""

    shares: tuple[Share, ...] = ()
    public_ids: tuple[str, ...] = ()


def nearly_found(engine: Engine, understood: Understood, answer: Answer) -> Nearly:
    """The findings to show beside `answer`, which has too few."""
    wanted = [part for part in understood.parts if not isinstance(part.node, Without)]
    least = LEAST_BESIDE_OTHERS if answer.total else LEAST_ALONE
    nearly = Nearly()
    if len(wanted) > 1:
        nearly = _nearest(engine, understood, answer, wanted, least)
    if not answer.total:
        for by_word in (_word_by_word(_typed(understood)), _word_by_word(_full_names(understood))):
            if not nearly.public_ids and by_word:
                nearly = _nearest(engine, understood, answer, by_word, LEAST_BY_WORD)
    ids = [public_id for public_id in nearly.public_ids if public_id not in answer.public_ids]
    return replace(nearly, public_ids=tuple(ids[: MOST - answer.total]))


def _nearest(
    engine: Engine,
    understood: Understood,
    answer: Answer,
    parts: Sequence[WidenedPart],
    least: float,
) -> Nearly:
    shares = _shares(engine, parts)
    unwanted = tuple(part.node.part for part in understood.parts if isinstance(part.node, Without))
    nearest = Nearest(
        tuple((share.part.node, share.size) for share in shares),
        understood.question.filters,
        Either(unwanted) if unwanted else None,
        least,
        0.0 if answer.total else OF_THE_BEST,
    )
    return Nearly(shares, tuple(engine.nearest(nearest, MOST)))


def _typed(understood: Understood) -> Iterable[Run]:
    return positive_runs(understood.tree) if understood.tree else ()


def _full_names(understood: Understood) -> Iterable[Run]:
    """The first name of each known term in the query: what an acronym stands for."""
    for part in understood.parts:
        if part.subject and not part.authority:
            yield Run(tuple(part.subject.split()))


def _word_by_word(runs: Iterable[Run]) -> list[WidenedPart]:
    """The words of `runs` one by one, for terms that no finding holds as a whole. Words in
    quotation marks stay together."""
    parts: dict[str, WidenedPart] = {}
    for run in runs:
        if not is_plain(run):
            parts.setdefault(run.typed, WidenedPart(run.typed, run))
            continue
        for word in run.words:
            if fold(word) not in FUNCTION_WORDS:
                parts.setdefault(stem(word), WidenedPart(word, Run((word,))))
    return list(parts.values())


def _shares(engine: Engine, parts: Sequence[WidenedPart]) -> tuple[Share, ...]:
    """The share of each part: a rare part says more than a common one. A part that is in no finding
    has a share of 0, and is listed so that it can be named."""
    size = engine.size()
    frequencies = engine.frequencies([part.node for part in parts])
    weights = _weights(parts, [_rarity(size, held) for held in frequencies])
    whole = sum(weights) or 1.0
    return tuple(Share(part, weight / whole) for part, weight in zip(parts, weights, strict=True))


def _rarity(size: int, held: int) -> float:
    """BM25's weight of a part that so many of all findings hold; 0 if none does."""
    return log(1 + (max(0, size - held) + 0.5) / (held + 0.5)) if held else 0.0


def _weights(parts: Sequence[WidenedPart], rarities: Sequence[float]) -> list[float]:
    """A known term counts double, because it names a subject, and only once if it is there under
    two names. The name of an authority counts a little more than everything else together."""
    weights: list[float] = []
    subjects: set[str] = set()
    for part, rarity in zip(parts, rarities, strict=True):
        again = part.subject in subjects
        weights.append(0.0 if again else rarity * 2 if part.subject else rarity)
        subjects |= {part.subject} - {""}
    others = sum(weight for part, weight in zip(parts, weights, strict=True) if not part.authority)
    return [
        max(1.0, others * 1.1) if part.authority else weight
        for part, weight in zip(parts, weights, strict=True)
    ]
