"""A search: understand the query, ask the index, present what was found."""

from reports.search.asking import ask
from reports.search.language.query import SearchQuery
from reports.search.language.understanding import understand
from reports.search.page.presenting import SearchPage, present


def search(query: SearchQuery) -> SearchPage:
    """The page that `query` asks for. Raises SearchUnavailableError while there is no index."""
    return present(query, ask(understand(query)))
