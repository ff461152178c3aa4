"""What each page of Compare and Learn answers, with one example worked out from what is held."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from django.urls import reverse

from reports.facts import framework
from reports.facts.inferred import TOPICS
from reports.models import Authority
from reports.reading import next_rating
from reports.reading.coverage import Coverage, coverage
from reports.reading.figures import figures_of
from reports.reading.language import FLOOR, language
from reports.reading.likeness import USUAL, others_like
from reports.reading.profiles import Profile, profiles, sections_of
from reports.reading.tensions import tensions
from reports.search import SearchQuery, SearchUnavailableError, search
from reports.views.reading.links import compared, link
from reports.views.reading.pages import Page

WORDS = "complaints"  # what the example of a search by score looks for
HIGH, LOW = 3, 2
ALIKE = 3  # authorities named in the example of likeness

T = TypeVar("T")


class TooLittleHeldError(Exception):
    """Too little is held for an example."""


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence that is true of what is held, and the address that shows it."""

    words: str
    url: str


class ExampleData:
    """What the examples of one request are worked out from. Each part is read once, when an example
    first needs it."""

    @cached_property
    def profiles(self) -> list[Profile]:
        return profiles()

    @cached_property
    def coverage(self) -> Coverage:
        return coverage(self.profiles)

    @cached_property
    def one(self) -> Profile:
        """The newest assessment with all its scores; first of those whose text is held."""
        whole = _needed([profile for profile in self.profiles if profile.complete])
        return max(whole, key=lambda one: (one.has_text, one.published))

    @cached_property
    def others(self) -> list[Profile]:
        return [profile for profile in self.profiles if profile != self.one]

    @cached_property
    def alike(self) -> list[Authority]:
        """All other authorities, those most like it first."""
        likenesses = others_like(self.one.authority, USUAL, self.profiles)
        return [likeness.authority for likeness in likenesses]


def example(name: str, data: ExampleData | None = None) -> Example | None:
    """The example of one page; None if too little is held for it."""
    try:
        return _EXAMPLES[name](data or ExampleData())
    except TooLittleHeldError:
        return None


def with_examples(pages: list[Page]) -> list[tuple[Page, Example | None]]:
    data = ExampleData()
    return [(page, example(page.name, data)) for page in pages]


def _needed(found: T) -> T:
    """What was found, if it is not empty."""
    if not found:
        raise TooLittleHeldError
    return found


def _side_by_side(data: ExampleData) -> Example:
    try:
        page = search(SearchQuery(q=WORDS))
    except SearchUnavailableError as error:
        raise TooLittleHeldError from error
    counts = {
        value.value: value.count
        for group in page.facets
        for value in group.values
        if group.name == "score"
    }
    high, low = (_needed(counts.get(str(score))) for score in (HIGH, LOW))
    return Example(
        f"“{WORDS}” is in {low:,} findings at score {LOW} and {high:,} at score {HIGH}",
        link("side-by-side", q=WORDS),
    )


def _compare_authorities(data: ExampleData) -> Example:
    whole = {one.authority: one.scores for one in data.profiles if one.complete}
    other = _needed([one for one in data.alike if one in whole])[0]
    same = sum(whole[other].get(slug) == score for slug, score in data.one.scores.items())
    return Example(
        f"{data.one.authority.name}, compared with {other.name}, has the same score on {same} of "
        f"{len(data.one.scores)} statements",
        compared(data.one.authority, other),
    )


def _like_mine(data: ExampleData) -> Example:
    names = ", ".join(one.name for one in data.alike[:ALIKE])
    return Example(
        f"Most like {data.one.authority.name}: {names}",
        link("like-mine", authority=data.one.authority),
    )


def _matrix(data: ExampleData) -> Example:
    """The statement on which the smallest share of authorities scored 3 or more."""
    scored = {
        one: [score for profile in data.profiles if (score := profile.score(one.slug))]
        for one in framework.STATEMENTS
    }
    reached = {one: sum(score >= HIGH for score in scores) for one, scores in scored.items()}
    lowest = min(
        _needed([one for one, scores in scored.items() if scores]),
        key=lambda one: reached[one] / len(scored[one]),
    )
    return Example(
        f"{lowest.name} has the smallest share of scores of {HIGH} or {HIGH + 1}: "
        f"{reached[lowest]} of {len(scored[lowest])} authorities",
        link("matrix", statement=lowest.slug, score=[HIGH, HIGH + 1]),
    )


def _over_time(data: ExampleData) -> Example:
    several = _needed(list(Authority.objects.with_several_assessments()))
    return Example(
        f"Authorities with more than one assessment: {len(several)}, such as {several[0].name}",
        link("over-time", authority=several[0]),
    )


def _practice(data: ExampleData) -> Example:
    """The topic that most other authorities are praised for at scores 3 and 4."""
    praised = Counter(topic for one in data.others for topic in _praised(one, data.coverage))
    topic, count = _most_common(praised)
    return Example(
        f"{count} authorities are praised for {TOPICS.name_of(topic).lower()} at scores {HIGH} "
        f"and {HIGH + 1}",
        link("practice", authority=data.one.authority, topic=topic),
    )


def _praised(profile: Profile, covered: Coverage) -> set[str]:
    return {
        topic
        for slug, one in profile.held.items()
        if (profile.score(slug) or 0) >= HIGH
        for topic, tally in covered.tallies(one.pk).items()
        if topic and tally.strength
    }


def _most_common(topics: Counter[str]) -> tuple[str, int]:
    """The topic that comes up most, by slug if several do, and how often."""
    return min(_needed(topics).items(), key=lambda item: (-item[1], item[0]))


def _next_rating(data: ExampleData) -> Example:
    others = [one.scores for one in data.others]
    path = next_rating.path(data.one.scores, others, data.one.version)
    if path is None:
        raise TooLittleHeldError
    points, them = ("points", "them") if path.points > 1 else ("point", "it")
    return Example(
        f"{data.one.authority.name} is {path.points} {points} short of {path.band.name}, and can "
        f"gain {them} in {path.total:,} way{'s' if path.total > 1 else ''}",
        link("next-rating", authority=data.one.authority),
    )


def _language(data: ExampleData) -> Example:
    """The phrase that marks the higher score most, on the first statement with enough text."""
    statement = _needed([one for one in framework.STATEMENTS if _enough(data, one.slug)])[0]
    found = language(data.profiles, statement.slug, HIGH, LOW)
    first = _needed(found.of_high)[0]
    return Example(
        f"On {statement.name}, “{first.phrase}” is in the text of {first.high} of {found.highs} "
        f"authorities scored {HIGH}, and of {first.low} of {found.lows} scored {LOW}",
        link("language", statement=statement.slug),
    )


def _enough(data: ExampleData, statement: str) -> bool:
    with_text = [
        one.score(statement)
        for one in data.profiles
        if statement in one.held and one.held[statement].text
    ]
    return min(with_text.count(HIGH), with_text.count(LOW)) >= FLOOR


def _evidence_map(data: ExampleData) -> Example:
    sections = [data.coverage.tallies(section) for section in sections_of(data.profiles)]
    topic, count = _most_common(
        Counter(topic for of_section in sections for topic in of_section if topic)
    )
    return Example(
        f"{TOPICS.name_of(topic)} comes up most: in {count:,} of {len(sections):,} sections",
        reverse("evidence-map"),
    )


def _figures(data: ExampleData) -> Example:
    count = _needed(figures_of(data.profiles).count())
    return Example(
        f"Current reports quote {count:,} figure{'s' if count > 1 else ''}", reverse("figures")
    )


def _tensions(data: ExampleData) -> Example:
    first = _needed(tensions(data.profiles).found)[0]
    return Example(f"{first.name}: {first.question}", reverse("tensions"))


_EXAMPLES: dict[str, Callable[[ExampleData], Example]] = {
    "side-by-side": _side_by_side,
    "compare-authorities": _compare_authorities,
    "like-mine": _like_mine,
    "matrix": _matrix,
    "over-time": _over_time,
    "practice": _practice,
    "next-rating": _next_rating,
    "language": _language,
    "evidence-map": _evidence_map,
    "figures": _figures,
    "tensions": _tensions,
}
