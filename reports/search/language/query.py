"""A search as it is written in a URL."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.utils.datastructures import MultiValueDict

from reports.search.language.facets import (
    AXES,
    FACET_BY_NAME,
    FACETS,
    FACETS_ON,
    Axis,
    Facet,
    passes,
)

LONGEST_Q = 500
LONGEST_VALUE = 300
MOST_VALUES = 200  # of one facet; all 153 authorities can be chosen
MOST_PAGES = 100_000_000  # more than an index can hold
SHOWN_IN_MESSAGE = 60
SORTS = ("", "relevance", "newest", "authority")

Params = Mapping[str, str | Iterable[str]] | MultiValueDict[str, str]


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """The whole state of a results page. Facet values are slugs. `exact` switches off everything
    that looks for more or fewer words than were typed."""

    q: str = ""
    score: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    statement: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    group: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    tone: tuple[str, ...] = ()
    authority: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    sort: str = ""
    exact: bool = False
    page: int = 1

    @classmethod
    def from_params(cls, params: Params) -> tuple[Self, tuple[str, ...]]:
        """The query in `params`, and one sentence for each value that it leaves out as wrong.

        Values come out in one order and without repeats, so that equal questions have equal URLs.
        Unknown names are ignored: links from other sites add them.
        """
        messages: list[str] = []
        read: dict[str, Any] = {
            facet.name: _read_facet(facet, _all(params, facet.name), messages) for facet in FACETS
        }
        read["q"] = _read_q(_last(params, "q"), messages)
        read["sort"] = _read_sort(_last(params, "sort"), messages)
        read["exact"] = _read_exact(_last(params, "exact"), messages)
        read["page"] = _read_page(_last(params, "page"), messages)
        return cls(**read), tuple(messages)

    def to_params(self) -> list[tuple[str, str]]:
        params = [("q", self.q)] if self.q else []
        for facet in FACETS:
            params += [(facet.name, value) for value in self.selected(facet.name)]
        if self.sort:
            params.append(("sort", self.sort))
        if self.exact:
            params.append(("exact", "1"))
        if self.page > 1:
            params.append(("page", str(self.page)))
        return params

    def query_string(self) -> str:
        """The query as part of a URL, without the question mark."""
        return urlencode(self.to_params())

    def selected(self, facet: str) -> tuple[str, ...]:
        values: tuple[str, ...] = getattr(self, facet)
        return values

    def selected_on(self, axis: Axis) -> dict[str, frozenset[str]]:
        """What is chosen of each facet on `axis`; facets without a choice are left out."""
        return {
            facet.name: frozenset(self.selected(facet.name))
            for facet in FACETS_ON[axis.name]
            if self.selected(facet.name)
        }

    def axis_filters(self) -> dict[str, tuple[str, ...]]:
        """The values of each axis that all chosen facets on it allow."""
        return {
            axis.name: _allowed(axis, selected)
            for axis in AXES
            if (selected := self.selected_on(axis))
        }

    def without(self, facet: str) -> Self:
        """The query without anything chosen of a facet, from the first page."""
        return self._with(facet, ())

    def toggled(self, facet: str, value: str) -> Self:
        """The query with this value chosen, or no longer chosen, from the first page."""
        values = set(self.selected(facet)) ^ {value}
        return self._with(facet, FACET_BY_NAME[facet].in_order(values))

    def with_q(self, q: str) -> Self:
        return replace(self, q=q, page=1)

    def with_exact(self, exact: bool) -> Self:
        """The query for only the words as typed, or for related words too."""
        return replace(self, exact=exact, page=1)

    def with_page(self, number: int) -> Self:
        return replace(self, page=number)

    def _with(self, facet: str, values: tuple[str, ...]) -> Self:
        changes: dict[str, Any] = {facet: values, "page": 1}
        return replace(self, **changes)


def _allowed(axis: Axis, selected: Mapping[str, frozenset[str]]) -> tuple[str, ...]:
    own = selected.get(axis.name)
    candidates = sorted(own) if own else axis.values
    return tuple(value for value in candidates if passes(value, selected))


def _all(params: Params, name: str) -> list[str]:
    if isinstance(params, MultiValueDict):
        return params.getlist(name)
    values = params.get(name, ())
    return [values] if isinstance(values, str) else list(values)


def _last(params: Params, name: str) -> str:
    return (_all(params, name) or [""])[-1]


def _read_facet(facet: Facet, values: list[str], messages: list[str]) -> tuple[str, ...]:
    good = []
    for value in dict.fromkeys(value for value in values if value):
        if _is_known(facet, value):
            good.append(value)
        else:
            messages.append(f"{_shown(facet.name, value)} is not understood: {choice_of(facet)}.")
    if len(good) > MOST_VALUES:
        messages.append(
            f"“{facet.name}” is given {len(good)} times, and can be given {MOST_VALUES} times: "
            "leave some out."
        )
    return facet.in_order(good[:MOST_VALUES])


def _is_known(facet: Facet, value: str) -> bool:
    if value in facet.labels:
        return True
    in_bounds = facet.pattern and len(value) <= LONGEST_VALUE
    return bool(in_bounds and re.fullmatch(facet.pattern, value))


def choice_of(facet: Facet) -> str:
    """What to write for the facet, for somebody who wrote something else."""
    if facet.name == "year":
        return "write a year of four digits, or “undated”"
    if facet.pattern:
        return f"choose from the list “{facet.label}”"
    if len(facet.labels) <= 10:
        *others, last = facet.labels
        return f"it can be {', '.join(others)} or {last}"
    return f"no such value is known; choose from the list “{facet.label}”"


def _read_q(text: str, messages: list[str]) -> str:
    q = clean(text)
    if len(q) > LONGEST_Q:
        messages.append(
            f"“q” is {len(q)} characters long, and can have {LONGEST_Q}: search for fewer words."
        )
        q = q[:LONGEST_Q].rstrip()
    return q


def clean(text: str) -> str:
    """One line of composed characters, without control characters and invalid ones."""
    text = text.encode("utf-8", "ignore").decode("utf-8")
    text = "".join(" " if unicodedata.category(sign) == "Cc" else sign for sign in text)
    return " ".join(unicodedata.normalize("NFC", text).split())


def _read_sort(value: str, messages: list[str]) -> str:
    if value in SORTS:
        return value
    messages.append(
        f"{_shown('sort', value)} is not understood: it can be relevance, newest or authority."
    )
    return ""


def _read_exact(value: str, messages: list[str]) -> bool:
    if value not in {"", "0", "1"}:
        messages.append(
            f"{_shown('exact', value)} is not understood: write 1 to search only for the words as "
            "typed."
        )
    return value == "1"


def _read_page(value: str, messages: list[str]) -> int:
    if not value:
        return 1
    if value.isascii() and value.isdigit() and value.strip("0"):
        digits = value.lstrip("0")
        return int(digits) if len(digits) < len(str(MOST_PAGES)) else MOST_PAGES
    messages.append(f"{_shown('page', value)} is not understood: write a whole number, 1 or more.")
    return 1


def _shown(name: str, value: str) -> str:
    value = clean(value)
    if len(value) > SHOWN_IN_MESSAGE:
        value = f"{value[:SHOWN_IN_MESSAGE]}…"
    return f"“{name}={value}”"
