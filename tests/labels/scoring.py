"""How well the inferred labels agree with the labelled set."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from reports.facts.taxonomy import with_tuples
from reports.inference import Quantity, infer, quantities

FOLDER = Path(__file__).parent
HALVES = ("tuned", "unseen")


@dataclass(frozen=True, slots=True)
class Labelled:
    """One finding of the set and the labels that a person gave it."""

    number: int
    statement: str
    heading: str
    text: str
    topics: tuple[str, ...]
    groups: tuple[str, ...]
    evidence: tuple[str, ...]
    tone: str
    figures: tuple[dict[str, Any], ...]


@dataclass(slots=True)
class Score:
    """Counts for one label: found and right, found and wrong, missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong or 1)

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed or 1)

    @property
    def f1(self) -> float:
        return 2 * self.right / (2 * self.right + self.wrong + self.missed or 1)

    def __add__(self, other: "Score") -> "Score":
        return Score(self.right + other.right, self.wrong + other.wrong, self.missed + other.missed)


@cache
def labelled(half: str) -> tuple[Labelled, ...]:
    return tuple(_read(half))


def _read(half: str) -> Iterator[Labelled]:
    for path in sorted((FOLDER / half).glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        for entry in data["finding"]:
            yield Labelled(
                statement=data["statement"],
                figures=tuple(entry.pop("figures", ())),
                **with_tuples(entry),
            )


def score(pairs: Iterable[tuple[Iterable[str], Iterable[str]]]) -> dict[str, Score]:
    """A score for each label, from pairs of the labels expected and those inferred."""
    scores: dict[str, Score] = {}
    for expected, inferred in pairs:
        wanted, found = set(expected), set(inferred)
        for slug in wanted | found:
            one = scores.setdefault(slug, Score())
            one.right += slug in wanted and slug in found
            one.wrong += slug not in wanted
            one.missed += slug not in found
    return scores


def total(scores: dict[str, Score]) -> Score:
    return sum(scores.values(), Score())


@dataclass(frozen=True, slots=True)
class Measured:
    """All figures of one half. `scores` are by field and label; `shares` are of figures found whose
    parts are right."""

    scores: dict[str, dict[str, Score]]
    without_topic: float
    shares: dict[str, float]


FIELDS: dict[str, Callable[[Any], Iterable[str]]] = {
    "topics": lambda labels: labels.topics,
    "groups": lambda labels: labels.groups,
    "evidence": lambda labels: labels.evidence,
    "tone": lambda labels: [labels.tone],
}


def measure(half: str) -> Measured:
    findings = labelled(half)
    inferred = [infer(one.text, one.heading, one.statement) for one in findings]
    scores = {
        name: score((get(one), get(labels)) for one, labels in zip(findings, inferred, strict=True))
        for name, get in FIELDS.items()
    }
    figures, parts = _figures(findings, [labels.figures for labels in inferred])
    scores["figures"] = {"words": figures}
    without = sum(not labels.topics for labels in inferred) / len(findings)
    shares = {
        f"figures, {name} right": right / (figures.right or 1) for name, right in parts.items()
    }
    return Measured(scores, without, shares)


def _figures(
    findings: Iterable[Labelled], found: Iterable[tuple[str, ...]]
) -> tuple[Score, Counter[str]]:
    figures = Score()
    parts: Counter[str] = Counter()
    for one, words in zip(findings, found, strict=True):
        taken = {quantity.text: quantity for quantity in quantities(one.text, words)}
        for expected in one.figures:
            match = next((text for text in taken if _same(text, expected["words"])), None)
            figures.right += match is not None
            figures.missed += match is None
            if match is not None:
                parts.update(_right_parts(taken.pop(match), expected))
        figures.wrong += len(taken)
    return figures, parts


def _same(found: str, expected: str) -> bool:
    """Whether two quotations are of one figure: one holds the other, and they have the same
    digits."""
    digits = [[c for c in words if c.isdigit()] for words in (found, expected)]
    return (found in expected or expected in found) and digits[0] == digits[1]


def _right_parts(found: Quantity, expected: dict[str, Any]) -> Iterator[str]:
    if "value" in expected and found.value == Decimal(str(expected["value"])):
        yield "value"
    if found.unit == expected.get("unit", ""):
        yield "unit"
    if found.whose == expected.get("whose", ""):
        yield "whose"
    if found.direction == expected.get("direction", ""):
        yield "direction"
    wanted = set(expected["measure"].lower().split()) - LITTLE_WORDS
    if wanted & set(found.measure.lower().replace("’", "'").split()):
        yield "measure (shares a word)"


LITTLE_WORDS = {"of", "for", "a", "an", "the", "to", "in", "on", "with", "who", "that", "and"}
