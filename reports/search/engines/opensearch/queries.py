"""The tree of words and the filters as OpenSearch's queries."""

from collections.abc import Mapping, Sequence
from typing import Any

from reports.search.engines.seam import Nearest
from reports.search.language.joined_terms import as_one_word
from reports.search.language.question import Question
from reports.search.language.terms import fold, stem
from reports.search.language.tree import Both, Either, Labelled, Node, Run, Without

TIE_BREAK = 0.001  # too little to outweigh the share of a part

Query = dict[str, Any]

EVERYTHING: Query = {"match_all": {}}
NOTHING: Query = {"match_none": {}}


def query_of(node: Node) -> Query:
    match node:
        case Run():
            return _run(node)
        case Either(parts):
            return {"bool": {"should": [query_of(part) for part in parts]}}
        case Both(parts):
            return _both(parts)
        case Without():
            return _both((node,))
        case Labelled(axis, value):
            return {"constant_score": {"filter": {"term": {axis: value}}, "boost": 0}}


def stems_in_a_row(stems: Sequence[str]) -> Query:
    if not stems or not all(stems):
        return NOTHING
    words = as_one_word(stems)
    if len(words) == 1:
        return {"term": {"text": words[0]}}
    return {"match_phrase": {"text": " ".join(words)}}


def filters_of(filters: Mapping[str, Sequence[str]], without: str = "") -> list[Query]:
    return [{"terms": {axis: list(values)}} for axis, values in filters.items() if axis != without]


def whole(question: Question) -> Query:
    """The words and all filters."""
    words = query_of(question.words) if question.words else EVERYTHING
    return {"bool": {"must": words, "filter": filters_of(question.filters)}}


def nearest_query(nearest: Nearest) -> Query:
    """Each part scores its share. Its score in a search only decides between equal shares."""
    parts = [(query_of(node), share) for node, share in nearest.parts if share]
    shares = [
        {"constant_score": {"filter": query, "boost": round(share, 4)}} for query, share in parts
    ]
    relevance = {"bool": {"should": [query for query, _ in parts], "boost": TIE_BREAK}}
    return {
        "bool": {
            "must": {"bool": {"should": shares, "minimum_should_match": nearest.fewest}},
            "should": relevance,
            "filter": filters_of(nearest.filters),
            "must_not": [query_of(nearest.unwanted)] if nearest.unwanted else [],
        }
    }


def _both(parts: Sequence[Node]) -> Query:
    wanted = [query_of(part) for part in parts if not isinstance(part, Without)]
    unwanted = [query_of(part.part) for part in parts if isinstance(part, Without)]
    return {"bool": {"must": wanted, "must_not": unwanted}}


def _run(run: Run) -> Query:
    if not run.open_end:
        return stems_in_a_row([stem(word) for word in run.words])
    *closed, last = run.words
    beginning, before = fold(last), [stem(word) for word in closed]
    if not beginning or not all(before):
        return NOTHING
    if not before:
        return {"constant_score": {"filter": {"prefix": {"words": beginning}}}}
    in_a_row = {
        "ordered": True,
        "max_gaps": 0,
        "intervals": [
            *({"match": {"query": word}} for word in before),
            {"prefix": {"prefix": beginning, "use_field": "words"}},
        ],
    }
    return {"constant_score": {"filter": {"intervals": {"text": {"all_of": in_a_row}}}}}
