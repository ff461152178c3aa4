"""The findings behind a number: those of some sections, with a topic or a tone."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from reports.facts import framework
from reports.models import Finding
from reports.reading.coverage import Coverage
from reports.reading.profiles import Held, Profile

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

    @property
    def name(self) -> str:
        """Of the statement."""
        return framework.STATEMENT_BY_SLUG[self.statement].name

    @property
    def held(self) -> Held:
        return self.profile.held[self.statement]


@dataclass(frozen=True, slots=True)
class Listed:
    finding: Finding
    place: WantedSection


def wanted_sections(
    profiles: Iterable[Profile], covered: Coverage, wanted: Wanted
) -> list[WantedSection]:
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


class Behind:
    """The findings in some sections, as a sequence of which a page reads only its own sections."""

    def __init__(self, sections: Sequence[WantedSection], wanted: Wanted) -> None:
        self.sections = sections
        self.wanted = wanted

    def __len__(self) -> int:
        return sum(place.count for place in self.sections)

    def __getitem__(self, part: slice) -> list[Listed]:
        first, end, before, skip = part.start, part.stop, 0, 0
        read: dict[int, WantedSection] = {}
        for place in self.sections:
            if before + place.count > first and before < end:
                skip = skip if read else first - before
                read[place.section] = place
            before += place.count
        found = findings_of(list(read), self.wanted.topic, self.wanted.tone)
        return [Listed(one, read[one.section_id]) for one in found][skip : skip + end - first]

    @property
    def authorities(self) -> int:
        return len({place.profile.authority.pk for place in self.sections})

    def public_ids(self) -> Iterator[str]:
        """Of all findings. A few sections at a time are read, which bounds memory."""
        for start in range(0, len(self.sections), SECTIONS_AT_ONCE):
            sections = [one.section for one in self.sections[start : start + SECTIONS_AT_ONCE]]
            for finding in findings_of(sections, self.wanted.topic, self.wanted.tone):
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
