"""Marks the figures that a finding quotes in its text."""

import re
from collections.abc import Iterable
from html import escape

from django.utils.safestring import SafeString, mark_safe


def with_figures(text: str, figures: Iterable[str]) -> SafeString:
    """The text as HTML. Where figures overlap, the longest is marked."""
    longest_first = sorted(set(figures), key=len, reverse=True)
    if not longest_first:
        return mark_safe(escape(text))  # noqa: S308 (escaped)
    pattern = re.compile("|".join(map(re.escape, longest_first)))
    pieces = []
    end = 0
    for found in pattern.finditer(text):
        pieces += [escape(text[end : found.start()]), _marked(found[0])]
        end = found.end()
    return mark_safe("".join([*pieces, escape(text[end:])]))  # noqa: S308 (each piece is escaped)


def _marked(figure: str) -> str:
    return f'<span class="figure">{escape(figure)}</span>'
