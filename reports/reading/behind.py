"""The findings behind a number: those of some sections, with a topic or a tone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reports.models import Finding
from reports.reading.coverage import Coverage
from reports.reading.profiles import Profile

PAGE_SIZE = 20
SECTIONS_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which findings are wanted; empty scores, topic or tone mean any."""

    statements: Sequence[str]
    scores: Sequence[int] = ()
    topic: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class WantedSection:
    """One section of an authority, and how many of its findings are wanted."""

    profile: Profile
    statement: str
    section: int
    count: int


@dataclass(frozen=True, slots=True)
class Listed:
    finding: Finding
    place: WantedSection


@dataclass(frozen=True, slots=True)
class Behind:
    """One page of findings; `total` and `places` are of all pages."""

    total: int
    places: int
    page: int
    pages: int
    found: tuple[Listed, ...]


def places(profiles: Iterable[Profile], covered: Coverage, wanted: Wanted) -> list[WantedSection]:
    """The sections with such findings, by authority."""
    found = []
    for profile in profiles:
        for statement in wanted.statements:
            held = profile.held.get(statement)
            if held is None or not held.text or held.score not in (wanted.scores or {held.score}):
                continue
            count = covered.count(held.pk, wanted.topic, wanted.tone)
            if count:
                found.append(WantedSection(profile, statement, held.pk, count))
    return found


def behind(places: Sequence[WantedSection], wanted: Wanted, page: int) -> Behind:
    """The page asked for, or the last there is. Only the sections on it are read."""
    total = sum(place.count for place in places)
    pages = max(1, -(-total // PAGE_SIZE))
    page = min(page, pages)
    first, before = (page - 1) * PAGE_SIZE, 0
    on_page: dict[int, WantedSection] = {}
    skip = 0
    for place in places:
        if before + place.count > first and before < first + PAGE_SIZE:
            skip = skip if on_page else first - before
            on_page[place.section] = place
        before += place.count
    found = [
        Listed(finding, on_page[finding.section_id])
        for finding in findings_of(list(on_page), wanted.topic, wanted.tone)
    ]
    return Behind(total, len(places), page, pages, tuple(found[skip : skip + PAGE_SIZE]))


def every_id(places: Sequence[WantedSection], wanted: Wanted) -> Iterator[str]:
    """The public ids of all pages. A few sections at a time are read, which bounds memory."""
    for start in range(0, len(places), SECTIONS_AT_ONCE):
        sections = [place.section for place in places[start : start + SECTIONS_AT_ONCE]]
        for finding in findings_of(sections, wanted.topic, wanted.tone):
            yield finding.public_id


def findings_of(sections: Sequence[int], topic: str = "", tone: str = "") -> list[Finding]:
    """The published findings of a few sections, in the order of the sections."""
    order = {section: place for place, section in enumerate(sections)}
    rows = (
        Finding.objects.published()
        .filter(section__in=sections)
        .select_related("paragraph")
        .order_by("position", "pk")
    )
    found = [
        finding
        for finding in rows
        if (not topic or topic in finding.topics) and tone in ("", finding.tone)
    ]
    return sorted(found, key=lambda finding: order[finding.section_id])
