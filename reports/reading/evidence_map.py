"""Which topics come up at which scores: counts, and lift over what would be expected.

The unit is a section: one authority's findings on one statement. Of the sections of a row and
column, some have a finding on the topic. The lift is that share over the share among all sections
of the statement (or, over all statements, of all sections): 1 is as expected. Its interval is
Wilson's for the share, divided by the overall share, which is taken as known.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reports.facts import framework
from reports.facts.inferred import TOPICS
from reports.reading.coverage import Coverage
from reports.reading.profiles import Profile
from reports.reading.statistics import Interval, share

FLOOR = 10  # sections in a column, for a lift
EXPECTED = 1.0  # sections; a cell with fewer says nothing


@dataclass(frozen=True, slots=True)
class TopicCell:
    """Of the column's `sections`, `having` have findings on the topic (`findings` together). If the
    column made no difference, `expected` of them would. `lift` is None if too few are compared."""

    column: str
    having: int
    sections: int
    findings: int
    expected: float
    lift: Interval | None

    @property
    def more(self) -> bool:
        return self.lift is not None and self.lift.low > 1

    @property
    def fewer(self) -> bool:
        return self.lift is not None and self.lift.high < 1

    @property
    def empty(self) -> bool:
        """Whether no section has a finding, though at least one was expected to."""
        return self.having == 0 and self.expected >= EXPECTED


@dataclass(frozen=True, slots=True)
class TopicRow:
    topic: str
    name: str
    having: int
    sections: int
    cells: tuple[TopicCell, ...]


def by_score(profiles: Sequence[Profile], covered: Coverage, statement: str) -> list[TopicRow]:
    """The map of topics by the scores 1 to 4 of one statement."""
    columns: dict[str, list[int]] = {str(score): [] for score in framework.SCORE_DESCRIPTIONS}
    for profile in profiles:
        held = profile.held.get(statement)
        if held and held.text and held.score:
            columns[str(held.score)].append(held.pk)
    return _rows(columns, covered)


def by_statement(
    profiles: Sequence[Profile], covered: Coverage, scores: Sequence[int] = ()
) -> list[TopicRow]:
    """The map of topics by statements, of the sections with one of `scores`; without scores, of
    all."""
    columns: dict[str, list[int]] = {one.slug: [] for one in framework.STATEMENTS}
    for profile in profiles:
        for slug, held in profile.held.items():
            if held.text and (not scores or held.score in scores):
                columns[slug].append(held.pk)
    return _rows(columns, covered)


def _rows(columns: Mapping[str, Sequence[int]], covered: Coverage) -> list[TopicRow]:
    """The topics that any section has, the most frequent first."""
    everyone = [section for sections in columns.values() for section in sections]
    having = Counter(topic for section in everyone for topic in covered.tallies(section) if topic)
    rows = []
    for topic, count in having.items():
        cells = tuple(
            _cell(name, sections, covered, topic, count / len(everyone))
            for name, sections in columns.items()
        )
        rows.append(TopicRow(topic, TOPICS.name_of(topic), count, len(everyone), cells))
    return sorted(rows, key=lambda row: (-row.having, row.name))


def _cell(
    column: str, sections: Sequence[int], covered: Coverage, topic: str, overall: float
) -> TopicCell:
    counts = [covered.count(section, topic) for section in sections]
    having = sum(count > 0 for count in counts)
    enough = len(sections) >= FLOOR and len(sections) * overall >= EXPECTED
    lift = share(having, len(sections)).scaled(1 / overall) if enough else None
    return TopicCell(column, having, len(sections), sum(counts), len(sections) * overall, lift)
