"""Places where the findings of one report seem to contradict each other: questions for a reader.

    two values    one measure of the authority itself, in one unit for one period, has two values
    two voices    a topic is praised in one statement and criticised in another
    against score most findings on a statement criticise though it scored 3 or 4, or praise though
                  it scored 1 or 2

All are worked out from what this project infers, which can be wrong, so none is called an error.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from reports.facts import framework
from reports.facts.inferred import TOPICS
from reports.models import Figure
from reports.reading.coverage import Coverage, coverage
from reports.reading.figures import figures_of, sentence_of
from reports.reading.profiles import Profile, sections_of
from reports.reading.worked_out import Made, worked_out

NAME = "tensions"
VOICES = 2  # findings of one tone and none of the other, in each of two statements
TONED = 5  # findings with a tone, before they are compared with a score
AGAINST = 0.75  # the share of them that disagrees with the score
KINDS = {
    "two-values": "One measure, two values",
    "two-voices": "Praised here, criticised there",
    "against-score": "Findings against the score",
}
_SMALL = frozenset(
    (
        "a", "an", "and", "at", "by", "for", "from", "had", "has", "have",
        "in", "of", "on", "or", "the", "to", "was", "were", "with",
    )
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a tension: in words, with the statement, topic and tone of the findings behind
    it, or one finding."""

    words: str
    statement: str
    topic: str = ""
    tone: str = ""
    finding: str = ""


@dataclass(frozen=True, slots=True)
class Tension:
    """`authority` is a slug; `question` asks what a reader may want to look at."""

    kind: str
    authority: str
    name: str
    question: str
    sides: tuple[Side, Side]

    @property
    def kind_name(self) -> str:
        return KINDS[self.kind]


@dataclass(frozen=True, slots=True)
class Tensions:
    found: tuple[Tension, ...]
    made: Made


def tensions(profiles: Sequence[Profile], *, renew: bool = False) -> Tensions:
    """The tensions of all authorities, by kind and name. Pass the profiles of `profiles()`."""
    result = worked_out(NAME, lambda: _work_out(profiles, renew=renew), renew=renew)
    return Tensions(
        tuple(
            Tension(**(one | {"sides": tuple(Side(**side) for side in one["sides"])}))
            for one in result.data
        ),
        result.made,
    )


def _work_out(profiles: Sequence[Profile], *, renew: bool) -> list[dict[str, Any]]:
    covered = coverage(profiles, renew=renew)
    found = [
        *two_values(profiles),
        *two_voices(profiles, covered),
        *against_score(profiles, covered),
    ]
    return [asdict(one) for one in found]


def two_values(profiles: Sequence[Profile]) -> Iterator[Tension]:
    sections = sections_of(profiles)
    seen: dict[tuple[object, ...], list[Figure]] = defaultdict(list)
    local = ("", Figure.Whose.LOCAL)
    rows = figures_of(profiles).filter(clear=True, whose__in=local).exclude(value=None)
    for figure in rows.exclude(measure="").order_by("finding", "position"):
        profile, _ = sections[figure.finding.section_id]
        key = (profile.authority.pk, measure_key(figure.measure), figure.unit, figure.period)
        seen[key].append(figure)
    for figures in seen.values():
        first = figures[0]
        other = next((one for one in figures if one.value != first.value), None)
        if other and first.measure and other.finding_id != first.finding_id:
            yield _tension(
                "two-values",
                sections[first.finding.section_id][0],
                f"Is {first.text} or {other.text} the value of “{first.measure}”, or do they "
                "measure two things?",
                _quoted(first, sections),
                _quoted(other, sections),
            )


def two_voices(profiles: Iterable[Profile], covered: Coverage) -> Iterator[Tension]:
    for profile in profiles:
        praised: dict[str, list[str]] = defaultdict(list)
        criticised: dict[str, list[str]] = defaultdict(list)
        for slug, held in profile.held.items():
            for topic, tally in covered.tallies(held.pk).items():
                if topic and tally.strength >= VOICES and not tally.shortfall:
                    praised[topic].append(slug)
                if topic and tally.shortfall >= VOICES and not tally.strength:
                    criticised[topic].append(slug)
        for topic in sorted(praised.keys() & criticised.keys()):
            yield _voices(profile, topic, praised[topic][0], criticised[topic][0])


def against_score(profiles: Iterable[Profile], covered: Coverage) -> Iterator[Tension]:
    for profile in profiles:
        for slug, score in profile.scores.items():
            tally = covered.tally(profile.held[slug].pk)
            toned = tally.strength + tally.shortfall + tally.mixed
            tone, word = ("shortfall", "criticism") if score >= 3 else ("strength", "praise")
            against = covered.count(profile.held[slug].pk, "", tone)
            if toned >= TONED and against / toned >= AGAINST:
                name = framework.STATEMENT_BY_SLUG[slug].name
                yield _tension(
                    "against-score",
                    profile,
                    f"Why is {name} scored {score}, when {against} of the {toned} findings with a "
                    f"tone are {word}?",
                    Side(f"Score {score}", slug),
                    Side(f"{against} findings of {word}", slug, tone=tone),
                )


def measure_key(measure: str) -> str:
    """A key that is equal for two noun phrases that measure the same: their words without the small
    ones and without numbers."""
    words = re.findall(r"[a-z]+", measure.lower())
    return " ".join(sorted({word for word in words if word not in _SMALL}))


def _quoted(figure: Figure, sections: dict[int, tuple[Profile, str]]) -> Side:
    _, statement = sections[figure.finding.section_id]
    words = "".join(sentence_of(figure.finding.text, figure.text)).strip()
    return Side(words, statement, finding=figure.finding.public_id)


def _voices(profile: Profile, topic: str, praised: str, criticised: str) -> Tension:
    here, there = (framework.STATEMENT_BY_SLUG[slug].name for slug in (praised, criticised))
    return _tension(
        "two-voices",
        profile,
        f"What is the difference between {TOPICS.name_of(topic).lower()} in {here}, where it is "
        f"praised, and in {there}, where it is criticised?",
        Side(f"Praise in {here}", praised, topic, "strength"),
        Side(f"Criticism in {there}", criticised, topic, "shortfall"),
    )


def _tension(kind: str, profile: Profile, question: str, one: Side, other: Side) -> Tension:
    authority = profile.authority
    return Tension(kind, authority.slug, authority.name, question, (one, other))
