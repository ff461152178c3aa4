"""Disjunctive facets: any value of a facet will do, all facets must hold, and a facet's counts
leave out its own choice.

Engines filter and count by axis. Facets on the same axis (authority, region, kind) restrict one
another here, in counts of the axis that none of them has restricted.
"""

from collections import Counter
from collections.abc import Mapping

from reports.search.facets import AXES, FACET_BY_NAME, FACETS, Axis, Facet
from reports.search.query import SearchQuery

_FACETS_ON = {axis.name: [facet for facet in FACETS if facet.axis is axis] for axis in AXES}


def axis_filters(query: SearchQuery) -> dict[str, tuple[str, ...]]:
    """The values of each axis that the chosen facet values let through."""
    filters = {}
    for axis in AXES:
        chosen = _chosen(query, axis)
        if chosen:
            filters[axis.name] = _allowed(axis, chosen)
    return filters


def facet_counts(
    facet: Facet, query: SearchQuery, axis_counts: Mapping[str, Mapping[str, int]]
) -> Mapping[str, int]:
    counts = axis_counts.get(facet.axis.name, {})
    others = _chosen(query, facet.axis)
    others.pop(facet.name, None)
    if others:
        counts = {value: count for value, count in counts.items() if _passes(value, others)}
    if facet.derive is None:
        return counts
    derived: Counter[str] = Counter()
    for axis_value, count in counts.items():
        if value := facet.derive(axis_value):
            derived[value] += count
    return derived


def _chosen(query: SearchQuery, axis: Axis) -> dict[str, frozenset[str]]:
    return {
        facet.name: frozenset(query.selected(facet.name))
        for facet in _FACETS_ON[axis.name]
        if query.selected(facet.name)
    }


def _allowed(axis: Axis, chosen: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    own = chosen.get(axis.name)
    candidates = sorted(own) if own else axis.values
    return tuple(value for value in candidates if _passes(value, chosen))


def _passes(axis_value: str, chosen: Mapping[str, frozenset[str]]) -> bool:
    return all(
        FACET_BY_NAME[name].value_of(axis_value) in values for name, values in chosen.items()
    )
