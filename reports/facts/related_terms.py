"""Terms of the field that mean the same or nearly the same, and foreign spellings.

Read from `data/related_terms.toml`, which says how its rows are meant.
"""

from reports.facts.taxonomy import load

_tables = load("related_terms.toml")

# Each foreign spelling, in lower case, and the one that reports use.
SPELLINGS: dict[str, str] = _tables.pop("spellings")

TermRows = tuple[tuple[str, ...], ...]


def _rows(tables: dict[str, list[list[str]]]) -> TermRows:
    return tuple(tuple(row) for rows in tables.values() for row in rows)


# Rows of words that are all searched for when one of them is, but that name no subject.
FORMS: TermRows = _rows(_tables.pop("forms"))

# The narrower terms of a term. A search for the term finds them too, but a search for one of them
# does not find the term.
NARROWER: dict[str, tuple[str, ...]] = {
    term: tuple(narrower) for term, narrower in _tables.pop("narrower").items()
}

# Rows of terms; a search for one of a row finds all.
ROWS: TermRows = _rows(_tables)
