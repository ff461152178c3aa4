"""What each page of Compare and Learn answers, with one example worked out from what is held."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from reports.facts import framework
from reports.facts.inferred import TOPICS
from reports.models import Authority
from reports.reading import next_rating
from reports.reading.coverage import Coverage, coverage
from reports.reading.figures import figures_of
from reports.reading.language import FLOOR, language
from reports.reading.likeness import USUAL, Measure, most_like
from reports.reading.profiles import Profile, profiles, sections_of
from reports.reading.tensions import tensions
from reports.search import SearchQuery, SearchUnavailableError, search
from reports.views.reading.answering import link
from reports.views.reading.pages import Page

WORDS = "complaints"  # what the example of a search by score looks for
HIGH, LOW = 3, 2
ALIKE = 3  # authorities named in the example of likeness


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
    def one(self) -> Profile | None:
        """The newest assessment with all its scores; first of those whose text is held."""
        whole = [profile for profile in self.profiles if profile.complete]
        return max(whole, key=lambda one: (one.has_text, one.published), default=None)

    @cached_property
    def alike(self) -> list[Authority]:
        """All other authorities, those most like it first."""
        if self.one is None:
            return []
        everyone = list(Authority.objects.all())
        likest = most_like(self.one.authority, everyone, USUAL, Measure({}))
        return [likeness.authority for likeness in likest]


def example(name: str, data: ExampleData | None = None) -> Example | None:
    """The example of one page; None if too little is held for it."""
    return _EXAMPLES[name](data or ExampleData())


def with_examples(pages: list[Page]) -> list[tuple[Page, Example | None]]:
    data = ExampleData()
    return [(page, example(page.name, data)) for page in pages]


def _side_by_side(data: ExampleData) -> Example | None:
    try:
        page = search(SearchQuery(q=WORDS))
    except SearchUnavailableError:
        return None
    counts = {
        value.value: value.count
        for group in page.facets
        for value in group.values
        if group.name == "score"
    }
    high, low = counts.get(str(HIGH), 0), counts.get(str(LOW), 0)
    if not high or not low:
        return None
    return Example(
        f"“{WORDS}” is in {low:,} findings at score {LOW} and {high:,} at score {HIGH}",
        link("side-by-side", q=WORDS),
    )


def _compare_authorities(data: ExampleData) -> Example | None:
    whole = {one.authority: one.scores for one in data.profiles if one.complete}
    other = next((one for one in data.alike if one in whole), None)
    if data.one is None or other is None:
        return None
    same = sum(whole[other].get(slug) == score for slug, score in data.one.scores.items())
    return Example(
        f"{data.one.authority.name}, compared with {other.name}, has the same score on {same} of "
        f"{len(data.one.scores)} statements",
        link("compare-authorities", a=[data.one.authority.slug, other.slug]),
    )


def _like_mine(data: ExampleData) -> Example | None:
    if data.one is None:
        return None
    names = ", ".join(one.name for one in data.alike[:ALIKE])
    return Example(
        f"Most like {data.one.authority.name}: {names}",
        link("like-mine", authority=data.one.authority),
    )


def _matrix(data: ExampleData) -> Example | None:
    """The statement on which the smallest share of authorities scored 3 or more."""
    scored = {
        one: [score for profile in data.profiles if (score := profile.score(one.slug))]
        for one in framework.STATEMENTS
    }
    shares = {
        one: sum(score >= HIGH for score in scores) / len(scores)
        for one, scores in scored.items()
        if scores
    }
    if not shares:
        return None
    lowest = min(shares, key=lambda one: shares[one])
    reached = sum(score >= HIGH for score in scored[lowest])
    return Example(
        f"{lowest.name} has the smallest share of scores of {HIGH} or {HIGH + 1}: {reached} of "
        f"{len(scored[lowest])} authorities",
        link("matrix", statement=lowest.slug, score=[HIGH, HIGH + 1]),
    )


def _over_time(data: ExampleData) -> Example | None:
    several = list(Authority.objects.with_several_assessments())
    if not several:
        return None
    return Example(
        f"Authorities with more than one assessment: {len(several)}, such as {several[0].name}",
        link("over-time", authority=several[0]),
    )


def _practice(data: ExampleData) -> Example | None:
    """The topic that most other authorities are praised for at scores 3 and 4."""
    if data.one is None:
        return None
    praised: Counter[str] = Counter()
    for profile in data.profiles:
        if profile != data.one:
            praised.update(_praised(profile, data.coverage))
    if not praised:
        return None
    topic, count = min(praised.items(), key=lambda item: (-item[1], item[0]))
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


def _next_rating(data: ExampleData) -> Example | None:
    if data.one is None:
        return None
    others = [one.scores for one in data.profiles if one != data.one]
    path = next_rating.path(data.one.scores, others, data.one.version)
    if path is None:
        return None
    name = data.one.authority.name
    return Example(
        f"{name} is {path.points} point{'s' if path.points > 1 else ''} short of "
        f"{path.band.name}, and can gain {'them' if path.points > 1 else 'it'} in "
        f"{path.total:,} way{'s' if path.total > 1 else ''}",
        link("next-rating", authority=data.one.authority),
    )


def _language(data: ExampleData) -> Example | None:
    """The phrase that marks the higher score most, on the first statement with enough text."""
    statement = next((one for one in framework.STATEMENTS if _enough(data, one.slug)), None)
    if statement is None:
        return None
    found = language(data.profiles, statement.slug, HIGH, LOW)
    if not found.of_high:
        return None
    first = found.of_high[0]
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


def _evidence_map(data: ExampleData) -> Example | None:
    sections = [data.coverage.tallies(section) for section in sections_of(data.profiles)]
    topics = Counter(topic for of_section in sections for topic in of_section if topic)
    if not topics:
        return None
    topic, count = min(topics.items(), key=lambda item: (-item[1], item[0]))
    return Example(
        f"{TOPICS.name_of(topic)} comes up most: in {count:,} of {len(sections):,} sections",
        reverse("evidence-map"),
    )


def _figures(data: ExampleData) -> Example | None:
    count = figures_of(data.profiles).count()
    if not count:
        return None
    return Example(
        f"Current reports quote {count:,} figure{'s' if count > 1 else ''}", reverse("figures")
    )


def _tensions(data: ExampleData) -> Example | None:
    found = tensions(data.profiles).found
    if not found:
        return None
    return Example(f"{found[0].name}: {found[0].question}", reverse("tensions"))


_EXAMPLES: dict[str, Callable[[ExampleData], Example | None]] = {
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
