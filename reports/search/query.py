"""What is asked of the search, as it stands in a URL."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """The whole state of a results page. Facet values are slugs."""

    q: str = ""
    score: tuple[str, ...] = ()
    theme: tuple[str, ...] = ()
    statement: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    authority: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    sort: str = ""
    page: int = 1
