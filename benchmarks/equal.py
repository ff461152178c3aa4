"""Are the engine's answers and the search's the same? Only then is it worth timing them."""

from collections.abc import Iterable

from benchmarks.floor import Counts, Floor
from benchmarks.queries import Ask
from reports.search import SearchPage, search

MARK = "<mark>"
FLOOR_MARK = "<b>"


class DifferentError(Exception):
    """Engine and search differ on a question."""


def check_equal(floor: Floor, asks: Iterable[Ask]) -> list[int]:
    """The totals found. Raises DifferentError at the first difference."""
    return [_check(floor, ask) for ask in asks]


def _check(floor: Floor, ask: Ask) -> int:
    bare, page = floor.answer(ask), search(ask.search_query(exact=True))
    found = {
        "total": (bare.total, page.total),
        "findings": (bare.ids, tuple(hit.finding.public_id for hit in page.hits)),
        "marked": (
            [FLOOR_MARK in snippet for snippet in bare.snippets],
            [MARK in hit.highlight for hit in page.hits],
        ),
        "facets": (_positive(bare.counts), _shown(page)),
    }
    for what, (left, right) in found.items():
        if left != right:
            raise DifferentError(f"{what} of {ask}:\n{left}\n{right}")
    return bare.total


def _positive(counts: Counts) -> Counts:
    return {
        facet: {value: count for value, count in values.items() if count}
        for facet, values in counts.items()
    }


def _shown(page: SearchPage) -> Counts:
    return {
        group.name: {value.value: value.count for value in group.values if value.count}
        for group in page.facets
    }
