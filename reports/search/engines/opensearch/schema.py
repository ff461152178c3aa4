"""What the index holds of a finding, and in which fields. Texts are not kept.

`text` holds stems and `words` holds folded words. `language/terms.py` makes both; OpenSearch cuts
them at blanks.
"""

import hashlib
import json
from typing import Any

from reports.search.engines.opensearch.address import Address
from reports.search.engines.seam import DEEPEST, SearchDocument
from reports.search.language.facets import AXES
from reports.search.language.joined_terms import joined_terms, with_joined_terms
from reports.search.language.terms import WORDS_FORMAT, stems_of, words_of

FORMAT = 1  # raise it when the same fields hold something else
LONGEST_KEPT_PREFIX = 8

KEY: dict[str, Any] = {"type": "long", "index": True}
FIELDS: dict[str, Any] = {
    "text": {"type": "text", "analyzer": "whitespace"},
    "words": {
        "type": "text",
        "analyzer": "whitespace",
        "norms": False,
        "index_prefixes": {"min_chars": 1, "max_chars": LONGEST_KEPT_PREFIX},
    },
    "printed_heading": {"type": "keyword", "index": False},
    # Findings with equal sort keys come in this order; a field `_id` cannot be sorted by.
    "public_id": {"type": "keyword", "index": False},
    "newest": KEY,
    "by_authority": KEY,
} | {axis.name: {"type": "keyword"} for axis in AXES}

MAPPINGS: dict[str, Any] = {
    "dynamic": "strict",
    "_source": {"enabled": False},
    "properties": FIELDS,
}


def index_version() -> str:
    """Names the contents of an index. Two versions of this program with different contents each
    keep a separate index."""
    contents = json.dumps([MAPPINGS, WORDS_FORMAT, sorted(joined_terms())])
    return f"v{FORMAT}-{hashlib.sha256(contents.encode()).hexdigest()[:8]}"


def index_settings(address: Address) -> dict[str, Any]:
    return {
        "number_of_shards": address.shards,
        "number_of_replicas": 0,  # while it is built
        "refresh_interval": "-1",  # writers say when
        "max_result_window": DEEPEST,
        "gc_deletes": "10m",  # so long a deleted finding's version is remembered
    }


def fields_of(finding: SearchDocument) -> dict[str, Any]:
    texts = [words_of(text) for text in (finding.text, finding.heading)]
    return {
        "text": [" ".join(with_joined_terms(stems_of(words))) for words in texts],
        "words": [" ".join(words) for words in texts],
        "printed_heading": finding.heading,
        "public_id": finding.public_id,
        "newest": finding.newest,
        "by_authority": finding.by_authority,
        **{axis: list(values) for axis, values in finding.values.items() if values},
    }
