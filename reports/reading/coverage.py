"""Which topics the findings of each section have. Counted once and kept by `worked_out`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.models import Finding
from reports.reading.profiles import Profile, sections_of
from reports.reading.worked_out import Made, worked_out

NAME = "coverage"
TONES = ("", "strength", "shortfall", "mixed")  # in the order of `Tally`
BATCH = 400  # sections in one query: SQLite takes at least this many values


@dataclass(frozen=True, slots=True)
class Tally:
    """The findings on one topic in one section: all, and those of each tone."""

    findings: int = 0
    strength: int = 0
    shortfall: int = 0
    mixed: int = 0


@dataclass(frozen=True, slots=True)
class Coverage:
    """Tallies by the section's primary key and the topic's slug; the empty topic is all
    findings."""

    tallies: Mapping[int, Mapping[str, Tally]]
    made: Made

    def tally(self, section: int, topic: str = "") -> Tally:
        return self.tallies.get(section, {}).get(topic, Tally())

    def count(self, section: int, topic: str = "", tone: str = "") -> int:
        """How many findings a section has: on a topic, in a tone, or in all."""
        count: int = getattr(self.tally(section, topic), tone or "findings")
        return count


def coverage(profiles: Iterable[Profile], year: str = "", *, renew: bool = False) -> Coverage:
    """The coverage of all current sections with text. Pass the profiles of that year; without a
    year, those of `profiles()`."""
    name = f"{NAME} {year}".rstrip()
    result = worked_out(name, lambda: _read(sections_of(profiles)), renew=renew)
    return Coverage(
        {
            int(section): {topic: Tally(*counts) for topic, counts in topics.items()}
            for section, topics in result.data.items()
        },
        result.made,
    )


def _read(sections: Iterable[int]) -> dict[int, dict[str, list[int]]]:
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
    return found
