"""Which topics the findings of each section have. Counted once and kept by `worked_out`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from reports.models import Finding
from reports.reading.profiles import Profile, sections_of
from reports.reading.worked_out import Made, worked_out

NAME = "coverage"
TONES = ("", "strength", "shortfall", "mixed")  # in the order of `Tally`
BATCH = 400  # sections in one query: SQLite takes at least this many values


class Tally(NamedTuple):
    """The findings on one topic in one section: all, and those of each tone."""

    findings: int = 0
    strength: int = 0
    shortfall: int = 0
    mixed: int = 0


NONE = Tally()


@dataclass(frozen=True, slots=True)
class Coverage:
    """The tallies of each section, as `packed` writes them, by the section's primary key. Each is
    read when a page first asks for it, because most pages ask for few."""

    sections: Mapping[str, str]
    made: Made
    _read: dict[int, dict[str, Tally]] = field(default_factory=dict)

    def tallies(self, section: int) -> Mapping[str, Tally]:
        """By the topic's slug; the empty topic is all findings."""
        if section not in self._read:
            self._read[section] = _unpacked(self.sections.get(str(section), ""))
        return self._read[section]

    def tally(self, section: int, topic: str = "") -> Tally:
        return self.tallies(section).get(topic, NONE)

    def count(self, section: int, topic: str = "", tone: str = "") -> int:
        """How many findings a section has: on a topic, in a tone, or in all."""
        count: int = getattr(self.tally(section, topic), tone or "findings")
        return count


def coverage(profiles: Iterable[Profile], year: str = "", *, renew: bool = False) -> Coverage:
    """The coverage of all current sections with text. Pass the profiles of that year; without a
    year, those of `profiles()`."""
    name = f"{NAME} {year}".rstrip()
    result = worked_out(name, lambda: _counted(sections_of(profiles)), renew=renew)
    return Coverage(result.data, result.made)


def packed(tallies: Mapping[str, Iterable[int]]) -> str:
    """The tallies of a section as text, such as “:3,1,0,2 training:1,1,0,0”."""
    return " ".join(f"{topic}:{','.join(map(str, tally))}" for topic, tally in tallies.items())


def _unpacked(text: str) -> dict[str, Tally]:
    tallies = (part.split(":") for part in text.split())
    return {topic: Tally(*map(int, counts.split(","))) for topic, counts in tallies}


def _counted(sections: Iterable[int]) -> dict[str, str]:
    wanted = sorted(sections)
    found: dict[int, dict[str, list[int]]] = {}
    for start in range(0, len(wanted), BATCH):
        rows = (
            Finding.objects.published()
            .filter(section__in=wanted[start : start + BATCH])
            .order_by()
            .values_list("section", "topics", "tone")
        )
        for section, topics, tone in rows.iterator():
            tallies = found.setdefault(section, {})
            place = TONES.index(tone)
            for topic in ("", *topics):
                counts = tallies.setdefault(topic, [0, 0, 0, 0])
                counts[0] += 1
                counts[place] += bool(place)
    return {str(section): packed(tallies) for section, tallies in found.items()}
