"""The options of a facet as HTML. A page has hundreds of them. The template language would take
longer to write these than the search takes to find and count everything."""

from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from reports.search import FacetGroup, FacetValue

SHOWN = 8  # of a long list; the others are folded
LONGEST_UNFOLDED = 10


@dataclass(frozen=True, slots=True)
class FacetOptions:
    """The first values, and the rest, which are folded away. `open_rest` is true if one of the rest
    is chosen."""

    first: SafeString
    rest: SafeString
    rest_count: int
    open_rest: bool


def facet_options(group: FacetGroup) -> FacetOptions:
    shown = SHOWN if len(group.values) > LONGEST_UNFOLDED else len(group.values)
    rest = group.values[shown:]
    return FacetOptions(
        _options(group.name, group.values[:shown]),
        _options(group.name, rest),
        len(rest),
        any(value.selected for value in rest),
    )


def _options(facet: str, values: tuple[FacetValue, ...]) -> SafeString:
    options = "\n".join(_option(facet, value) for value in values)
    return mark_safe(options)  # noqa: S308 (escaped in _around)


def _option(facet: str, value: FacetValue) -> str:
    before, after = _around(facet, value.value, value.label)
    checked = " checked" if value.selected else ""
    findings = " finding" if value.count == 1 else " findings"
    return (
        f'{before}{checked}{after}<span class="count">{value.count:,}'
        f'<span class="visually-hidden">{findings}</span></span></label></li>'
    )


@lru_cache(maxsize=5_000)
def _around(facet: str, value: str, label: str) -> tuple[str, str]:
    """The HTML before and after the word “checked”."""
    facet, value = escape(facet), escape(value)
    slug = f"{facet}-{value}"
    return (
        f'<li><input type="checkbox" form="search-form" id="{slug}" name="{facet}" value="{value}"',
        f'><label for="{slug}">{_pips(facet, value)}<span>{escape(label)}</span> ',
    )


def _pips(facet: str, value: str) -> str:
    if facet != "score" or not value.isdigit():
        return ""
    return render_to_string("_pips.html", {"score": int(value)}).strip() + " "
