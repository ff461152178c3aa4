"""The question for an engine, made by understanding a query."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from reports.search.language.tree import Node


@dataclass(frozen=True, slots=True)
class Question:
    """`words` include all spellings to look for. `filters` maps an axis to its allowed values; an
    axis that is missing is not filtered. `sort` is relevance, newest or authority."""

    words: Node | None = None
    filters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    sort: str = "newest"
    page: int = 1
