"""Finds the findings that a quotation may come from."""

from collections.abc import Sequence

from tantivy import Query, Searcher

from reports.search.engines.rarest import WINDOW, rarest, rarest_window
from reports.search.engines.tantivy.queries import any_of
from reports.search.engines.tantivy.schema import SCHEMA


def holding(searcher: Searcher, stems: Sequence[str], limit: int) -> list[str]:
    """Findings with the rarest `WINDOW` neighbouring words. If there are too many, findings with
    all of the words in a row."""
    if not stems or not all(stem and searcher.doc_freq("text", stem) for stem in stems):
        return []
    held = {stem: searcher.doc_freq("text", stem) for stem in stems}
    found = _found(searcher, _in_a_row(rarest_window(stems, held, searcher.num_docs)), limit)
    if len(found) == limit and len(stems) > WINDOW:
        return _found(searcher, _in_a_row(stems), limit)
    return found


def resembling(searcher: Searcher, stems: Sequence[str], limit: int) -> list[str]:
    """Findings that share the most of the rarest of these words, the most alike first."""
    held = {stem: searcher.doc_freq("text", stem) for stem in stems if stem}
    query = any_of(Query.term_query(SCHEMA, "text", stem, "freq") for stem in rarest(held))
    return _found(searcher, query, limit) if query else []


def _in_a_row(stems: Sequence[str]) -> Query:
    if len(stems) == 1:
        return Query.term_query(SCHEMA, "text", stems[0], "freq")
    return Query.phrase_query(SCHEMA, "text", list(stems))


def _found(searcher: Searcher, query: Query, limit: int) -> list[str]:
    found = searcher.search(query, limit=limit, count=False)
    return [searcher.doc(address)["id"][0] for _, address in found.hits]
