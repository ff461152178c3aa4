"""The options of a facet as HTML. A page has hundreds of them: the template language would take
longer over these than the search takes to find and count everything."""

from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe

from reports.search import FacetGroup, FacetValue


def facet_options(group: FacetGroup) -> SafeString:
    options = "\n".join(_option(group.name, value) for value in group.values)
    return mark_safe(options)  # noqa: S308 (escaped in _around)


def _option(facet: str, value: FacetValue) -> str:
    before, after = _around(facet, value.value, value.label)
    checked = " checked" if value.selected else ""
    findings = " finding" if value.count == 1 else " findings"
    return (
        f'{before}{checked}{after}<span class="count">{value.count}'
        f'<span class="visually-hidden">{findings}</span></span></label></li>'
    )


@lru_cache(maxsize=5_000)
def _around(facet: str, value: str, label: str) -> tuple[str, str]:
    """What stands before and after the word “checked”."""
    facet, value = escape(facet), escape(value)
    slug = f"{facet}-{value}"
    return (
        f'<li><input type="checkbox" form="search-form" id="{slug}" name="{facet}" value="{value}"',
        f'><label for="{slug}">{escape(label)} ',
    )
