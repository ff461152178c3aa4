"""The choices on a page of results: facets with their values, and chips for those chosen.

A finding must hold one of the values chosen of each facet. The counts of a facet ignore what is
chosen of the facet itself. An engine counts by axis and ignores all that is chosen on that axis; so
where facets share an axis (authority, region, kind), what is chosen of one is applied to the counts
of the others here.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from reports.search.language.facets import FACET_BY_NAME, FACETS, UNDATED, Facet, passes
from reports.search.language.query import SearchQuery

MOST_VALUES = 200  # listed of one facet; only headings can be more

AxisCounts = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class FacetValue:
    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """`hidden` is how many values have too few findings to be listed."""

    name: str
    label: str
    values: tuple[FacetValue, ...]
    selected_count: int = 0
    inferred: bool = False
    hidden: int = 0


@dataclass(frozen=True, slots=True)
class Chip:
    """Something chosen, in words, and the query string of the page without it."""

    facet: str
    value: str
    query_string: str


def _facet_counts(facet: Facet, query: SearchQuery, axis_counts: AxisCounts) -> Mapping[str, int]:
    """How many findings each value of `facet` would show, its own choice ignored."""
    counts = axis_counts.get(facet.axis.name, {})
    others = query.selected_on(facet.axis)
    others.pop(facet.name, None)
    if others:
        counts = {value: count for value, count in counts.items() if passes(value, others)}
    if facet.derive is None:
        return counts
    derived: Counter[str] = Counter()
    for axis_value, count in counts.items():
        if value := facet.derive(axis_value):
            derived[value] += count
    return derived


def facet_groups(
    query: SearchQuery, axis_counts: AxisCounts, headings: Mapping[str, str]
) -> tuple[FacetGroup, ...]:
    """For each facet the values that would find something, and those chosen, so that they can be
    removed."""
    return tuple(_group(facet, query, axis_counts, headings) for facet in FACETS)


def chips(query: SearchQuery, headings: Mapping[str, str]) -> tuple[Chip, ...]:
    params = replace(query, page=1).to_params()
    written = [urlencode([pair]) for pair in params]
    return tuple(
        Chip(*_in_words(name, value, headings), "&".join(written[:at] + written[at + 1 :]))
        for at, (name, value) in enumerate(params)
        if name not in {"sort", "exact"}
    )


def _in_words(name: str, value: str, headings: Mapping[str, str]) -> tuple[str, str]:
    if name == "q":
        return "Words", value
    facet = FACET_BY_NAME[name]
    return facet.label, label_of(facet, value, headings)


def label_of(facet: Facet, value: str, headings: Mapping[str, str]) -> str:
    """A heading is labelled as printed; one that is printed nowhere by its slug."""
    if label := facet.labels.get(value):
        return label
    if facet.name == "year":
        return value
    return headings.get(value) or value.replace("-", " ").strip().capitalize()


def _group(
    facet: Facet, query: SearchQuery, axis_counts: AxisCounts, headings: Mapping[str, str]
) -> FacetGroup:
    selected = query.selected(facet.name)
    counts = {**dict.fromkeys(selected, 0), **_facet_counts(facet, query, axis_counts)}
    counted = _in_list_order(facet, counts)
    listed = [
        pair for place, pair in enumerate(counted) if place < MOST_VALUES or pair[0] in selected
    ]
    return FacetGroup(
        facet.name,
        facet.label,
        tuple(
            FacetValue(value, label_of(facet, value, headings), count, value in selected)
            for value, count in listed
        ),
        len(selected),
        facet.inferred,
        len(counted) - len(listed),
    )


def _in_list_order(facet: Facet, counts: Mapping[str, int]) -> list[tuple[str, int]]:
    if facet.by_count:
        return sorted(counts.items(), key=lambda pair: (-pair[1], facet.place(pair[0])))
    if facet.name == "year":
        return sorted(counts.items(), key=lambda pair: (pair[0] != UNDATED, pair[0]), reverse=True)
    return [(value, counts[value]) for value in facet.in_order(counts)]
