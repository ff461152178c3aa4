"""Search: a `SearchQuery` in, a `SearchPage` out; and an index kept in step with the database."""

from reports.models import BusyError
from reports.search.asking import (
    FIRST_KEY,
    every_id,
    keyed_ids,
    matching,
    place_after,
    public_ids,
)
from reports.search.index.outbox import catch_up, followed, index_latest, indexed_until, rebuild
from reports.search.index.unavailable import SearchUnavailableError
from reports.search.language.query import SearchQuery
from reports.search.page.choices import FacetGroup, FacetValue
from reports.search.page.presenting import Hit, SearchPage
from reports.search.searching import search
from reports.search.similar import similar_findings
