"""Search: a `SearchQuery` in, a `SearchPage` out; and an index kept in step with the database."""

from reports.search.choices import Chip, FacetGroup, FacetValue
from reports.search.outbox import catch_up, followed, index_latest, rebuild
from reports.search.pages import Hit, SearchPage, Suggestion, public_ids, search
from reports.search.query import SearchQuery
from reports.search.seam import BusyError

__all__ = [
    "BusyError",
    "Chip",
    "FacetGroup",
    "FacetValue",
    "Hit",
    "SearchPage",
    "SearchQuery",
    "Suggestion",
    "catch_up",
    "followed",
    "index_latest",
    "public_ids",
    "rebuild",
    "search",
]
