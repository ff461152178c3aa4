"""What the index holds of a finding, and in which fields.

Words are indexed twice: stemmed, for searching, and unstemmed, so that `prefix*` finds every word
that starts with these letters (a stem is not the start of every form of its word). Both are made by
`language/terms.py`; Tantivy cuts them at blanks. Texts are not stored.

Counting an axis of which a finding has many values costs Tantivy 20 times as much as one with a
single value. Such an axis is counted by packs instead: up to eight of its values are written as
one, and separated after counting. Counting a column that some findings lack takes four times as
long as counting a full one, so those findings get `NONE`.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from tantivy import Document, Schema, SchemaBuilder

from reports.search.engines.seam import SearchDocument
from reports.search.language.facets import AXES, Axis
from reports.search.language.joined_terms import joined_terms, with_joined_terms
from reports.search.language.terms import WORDS_FORMAT, stems_of, words_of

FORMAT = 4  # raise it when the same fields hold something else
NONE = ""
MOST_VALUES = 10_000  # counted of one axis
PACK = 8  # 2 ** 8 different packs are counted as fast as ten

_COLUMNS = {
    axis.name: [f"{axis.name}_{number}" for number in range(-(-len(axis.values) // PACK) or 1)]
    if axis.many
    else [axis.name]
    for axis in AXES
}
_PACK_OF = {
    axis.name: {value: place // PACK for place, value in enumerate(axis.values)}
    for axis in AXES
    if axis.many
}


def _schema() -> Schema:
    builder = SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", tokenizer_name="whitespace", index_option="position")
    builder.add_text_field("words", tokenizer_name="whitespace", index_option="basic")
    builder.add_bytes_field("printed_heading", stored=True)
    for axis in AXES:
        builder.add_text_field(
            axis.name, tokenizer_name="raw", index_option="basic", fast=not axis.many
        )
        if axis.many:
            for column in _COLUMNS[axis.name]:
                builder.add_text_field(
                    column, tokenizer_name="raw", index_option="basic", fast=True
                )
    builder.add_integer_field("newest", fast=True)
    builder.add_integer_field("by_authority", fast=True)
    return builder.build()


SCHEMA = _schema()


def index_version() -> str:
    """Names the contents of an index. It changes with `FORMAT`, with the columns, with how words
    are made and with the joined terms, so that an index built by an older version of this program
    is not searched."""
    contents = repr((_COLUMNS, WORDS_FORMAT, sorted(joined_terms())))
    return f"v{FORMAT}-{hashlib.sha256(contents.encode()).hexdigest()[:8]}"


def to_document(finding: SearchDocument) -> Document:
    """Adds one value at a time, because Tantivy would have to guess the types in a dictionary."""
    document = Document()
    document.add_text("id", finding.public_id)
    for text in (finding.text, finding.heading):
        words = words_of(text)
        document.add_text("text", " ".join(with_joined_terms(stems_of(words))))
        document.add_text("words", " ".join(set(words)))
    document.add_bytes("printed_heading", finding.heading.encode())
    document.add_integer("newest", finding.newest)
    document.add_integer("by_authority", finding.by_authority)
    for axis in AXES:
        values = finding.values[axis.name]
        for value in values or (NONE,):
            document.add_text(axis.name, value)
        if axis.many:
            for column, pack in _packed(axis.name, tuple(values)):
                document.add_text(column, pack)
    return document


def counting(axes: Iterable[Axis]) -> dict[str, Any]:
    """The aggregations that `counted` reads. Tantivy returns ten values unless told otherwise."""
    return {
        column: {"terms": {"field": column, "size": MOST_VALUES}}
        for axis in axes
        for column in _COLUMNS[axis.name]
    }


def counted(axis: Axis, result: dict[str, Any]) -> dict[str, int]:
    counts: Counter[str] = Counter()
    for column in _COLUMNS[axis.name]:
        for bucket in result[column]["buckets"]:
            for value in bucket["key"].split():
                counts[value] += bucket["doc_count"]
    return counts


@lru_cache(maxsize=10_000)
def _packed(axis: str, values: tuple[str, ...]) -> list[tuple[str, str]]:
    """The columns of the axis and their contents. A value not known in advance goes to the last
    column."""
    packs: dict[str, list[str]] = {column: [] for column in _COLUMNS[axis]}
    for value in sorted(set(values)):
        packs[_COLUMNS[axis][_PACK_OF[axis].get(value, -1)]].append(value)
    return [(column, " ".join(pack)) for column, pack in packs.items()]
