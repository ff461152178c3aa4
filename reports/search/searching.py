"""A search: understand the query, ask the index, present what was found."""

from collections.abc import Iterator, Sequence

from reports.search import asking
from reports.search.language.query import SearchQuery
from reports.search.language.understanding import understand
from reports.search.page.presenting import SearchPage, present


def search(query: SearchQuery) -> SearchPage:
    """The page that `query` asks for. Raises SearchUnavailableError while there is no index."""
    return present(query, asking.ask(understand(query)))


def public_ids(query: SearchQuery, limit: int) -> list[str]:
    """The ids of the first `limit` findings that a search counts, in its order."""
    return asking.public_ids(understand(query), limit)


def keyed_ids(query: SearchQuery, start: int, limit: int) -> list[tuple[int, str]]:
    """The next ids of a search by date or authority, from the sort key `start` on, each with its
    key. For programs that read all pages."""
    return asking.keyed_ids(understand(query), start, limit)


def matching(query: SearchQuery, public_ids: Sequence[str]) -> list[str]:
    """The ids, of those given, that the words and filters find as typed, in the order given."""
    return asking.matching(understand(query), public_ids)


def every_id(query: SearchQuery) -> Iterator[str]:
    """The ids of all findings that a search counts, however many, in parts. Those of a search by
    relevance come by date."""
    return asking.every_id(understand(query))
