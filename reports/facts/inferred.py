"""The values that this project infers about a finding, declared once.

Each is an attribute of the same name on the parser's labels, on `Paragraph` (as parsed) and on
`Finding` (as readers see it). The merge, the record of corrections, the desk's forms, the
admin, the columns of exports and the page of a finding take the list from here, so a new value
needs an entry in `FIELDS`, a column on the models and a rule.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from reports.facts import framework, labels, taxonomy


def union(one: Iterable[str], other: Iterable[str]) -> list[str]:
    """The values of both lists, each once, in the order of the first."""
    return list(dict.fromkeys([*one, *other]))


def both_tones(one: str, other: str) -> str:
    """The tone of two findings that become one: mixed, unless they agree or one has none."""
    return one if one == other else taxonomy.MIXED if one and other else one or other


@dataclass(frozen=True, slots=True)
class Inferred:
    """One inferred value.

    `name` is the attribute, `label` the words for it in forms and column titles. `facet` is the
    facet of a search that filters by it, and the name of one value in exports. `choices` maps each
    slug to its name; if it is empty, the value quotes words of the text. `many` says that the value
    is a list, otherwise it is one slug or empty. `joined` makes the value of two findings that an
    editor joins. Readers are not shown the slugs in `hidden`.
    """

    name: str
    label: str
    facet: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    many: bool = True
    joined: Callable[[Any, Any], Any] = union
    hidden: frozenset[str] = frozenset()

    @property
    def quotes(self) -> bool:
        return not self.choices

    def within(self, value: Any, text: str) -> Any:
        """The value without the words that are no longer in `text`."""
        return labels.quoted(value, text) if self.quotes else value

    def shown(self, finding: Any) -> list[str]:
        """The slugs or words that readers see of a finding with this attribute and a text."""
        value = getattr(finding, self.name)
        values = value if self.many else filter(None, [value])
        return [one for one in self.within(values, finding.text) if one not in self.hidden]

    def name_of(self, slug: str) -> str:
        """A slug in words; the slug itself if it is no longer in the list."""
        return self.choices.get(slug, slug)

    def names(self, value: Any) -> list[str]:
        """The whole value in words."""
        return [self.name_of(slug) for slug in (value if self.many else filter(None, [value]))]


TOPICS = Inferred(
    "topics", "Topics", "topic", {topic.slug: topic.name for topic in taxonomy.TOPICS}
)
GROUPS = Inferred(
    "groups", "Groups of people", "group", {group.slug: group.name for group in taxonomy.GROUPS}
)
EVIDENCE = Inferred(
    "evidence",
    "Evidence categories",
    "evidence",
    {category.slug: category.name for category in framework.EVIDENCE_CATEGORIES},
)
FIGURES = Inferred("figures", "Figures")
TONE = Inferred(
    "tone",
    "Tone",
    "tone",
    {tone.slug: tone.name for tone in taxonomy.TONES},
    many=False,
    joined=both_tones,
    hidden=frozenset(tone.slug for tone in taxonomy.TONES if not tone.shown),
)

FIELDS = (TOPICS, GROUPS, EVIDENCE, FIGURES, TONE)
NAMES = tuple(inferred.name for inferred in FIELDS)
BY_NAME = {inferred.name: inferred for inferred in FIELDS}


def values_of(labels: Any) -> dict[str, Any]:
    """The inferred values that an object has as attributes, as JSON."""
    return {
        field.name: list(getattr(labels, field.name)) if field.many else getattr(labels, field.name)
        for field in FIELDS
    }
