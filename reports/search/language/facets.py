"""The facets a reader can choose from, declared once: their values, labels and order.

Several facets can look at one property of a finding: a region and a kind follow from the authority,
a theme from the quality statement. Such a property is an axis. Findings are indexed, counted and
filtered by axis; what a facet shows is derived from its axis in `page/choices.py`.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from reports.facts import framework, gazetteer, inferred, labels
from reports.facts.taxonomy import SHOWN_TONES, TOPICS

UNSCORED = "unscored"
UNDATED = "undated"
UNIDENTIFIED = "unidentified"


@dataclass(frozen=True, slots=True)
class Axis:
    """A property that findings are counted by. With `many`, a finding has any number of values,
    otherwise at most one. `always` says that it has exactly one. `values` are those known in
    advance."""

    name: str
    values: tuple[str, ...] = ()
    many: bool = False
    always: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """A control with counts, named like its URL parameter.

    `labels` holds every value of a closed vocabulary, in order; an open one has at most its special
    values there, and `pattern` says what its other values look like. `derive` makes the facet's
    value from the axis's; None where they are the same. `by_count` puts the commonest first.
    """

    name: str
    label: str
    axis: Axis
    labels: Mapping[str, str]
    pattern: str = ""
    derive: Callable[[str], str] | None = None
    by_count: bool = False
    inferred: bool = False

    def value_of(self, axis_value: str) -> str:
        return self.derive(axis_value) if self.derive else axis_value

    def in_order(self, values: Iterable[str]) -> tuple[str, ...]:
        """The values without repeats: those of a closed vocabulary in its order, then others
        sorted."""
        return tuple(sorted(set(values), key=self.place))

    def place(self, value: str) -> tuple[int, str]:
        return _PLACES[self.name].get(value, len(self.labels)), value


_THEMES = {slug: known.theme.slug for slug, known in framework.STATEMENT_BY_SLUG.items()}
_REGIONS = {entry.slug: entry.region for entry in gazetteer.entries()}
_KINDS = {entry.slug: entry.kind for entry in gazetteer.entries()}
_AUTHORITIES = {entry.slug: entry.name for entry in gazetteer.entries()}

SCORE = Axis("score", ("1", "2", "3", "4", UNSCORED), always=True)
STATEMENT = Axis("statement", tuple(framework.STATEMENT_BY_SLUG), always=True)
HEADING = Axis("heading")
TOPIC = Axis("topic", tuple(topic.slug for topic in TOPICS), many=True)
GROUP = Axis("group", tuple(inferred.GROUPS.choices), many=True)
EVIDENCE = Axis("evidence", tuple(framework.EVIDENCE_BY_SLUG), many=True)
TONE = Axis("tone", tuple(SHOWN_TONES))
AUTHORITY = Axis("authority", (*_AUTHORITIES, UNIDENTIFIED), always=True)
YEAR = Axis("year", always=True)

AXES = (SCORE, STATEMENT, HEADING, TOPIC, GROUP, EVIDENCE, TONE, AUTHORITY, YEAR)

FACETS = (
    Facet(
        "score",
        "Score",
        SCORE,
        {
            **{str(n): f"{n} – {words}" for n, words in framework.SCORE_DESCRIPTIONS.items()},
            UNSCORED: labels.score(None),
        },
    ),
    Facet(
        "theme",
        "Theme",
        STATEMENT,
        {theme.slug: theme.name for theme in framework.THEMES},
        derive=lambda statement: _THEMES.get(statement, ""),
    ),
    Facet(
        "statement",
        "Quality statement",
        STATEMENT,
        {statement.slug: statement.name for statement in framework.STATEMENTS},
    ),
    Facet(
        "heading",
        "Heading",
        HEADING,
        {},
        pattern=r"[a-z0-9]+(-[a-z0-9]+)*-?",
        by_count=True,
    ),
    Facet("topic", "Topic", TOPIC, inferred.TOPICS.choices, by_count=True, inferred=True),
    Facet("group", "Group of people", GROUP, inferred.GROUPS.choices, by_count=True, inferred=True),
    Facet("evidence", "Evidence category", EVIDENCE, inferred.EVIDENCE.choices, inferred=True),
    Facet("tone", "Tone", TONE, SHOWN_TONES, inferred=True),
    Facet(
        "authority",
        "Authority",
        AUTHORITY,
        {**_AUTHORITIES, UNIDENTIFIED: labels.authority(None)},
        by_count=True,
    ),
    Facet(
        "region",
        "Region",
        AUTHORITY,
        {
            **{region.slug: region.name for region in framework.REGIONS},
            UNIDENTIFIED: "Region not known",
        },
        derive=lambda authority: _REGIONS.get(authority, UNIDENTIFIED),
        by_count=True,
    ),
    Facet(
        "kind",
        "Kind of authority",
        AUTHORITY,
        {
            **{kind.slug: kind.name for kind in framework.AUTHORITY_KINDS},
            UNIDENTIFIED: "Kind not known",
        },
        derive=lambda authority: _KINDS.get(authority, UNIDENTIFIED),
        by_count=True,
    ),
    Facet("year", "Year", YEAR, {UNDATED: "Undated"}, pattern=r"[0-9]{4}"),
)
FACET_BY_NAME = {facet.name: facet for facet in FACETS}
FACETS_ON = {axis.name: [facet for facet in FACETS if facet.axis is axis] for axis in AXES}


def passes(axis_value: str, selected: Mapping[str, frozenset[str]]) -> bool:
    """Whether a finding with this value on an axis is let through by every facet on that axis:
    `selected` maps each facet to its chosen values."""
    return all(
        FACET_BY_NAME[name].value_of(axis_value) in values for name, values in selected.items()
    )


_PLACES = {
    facet.name: {value: place for place, value in enumerate(facet.labels)} for facet in FACETS
}
