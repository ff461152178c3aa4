"""OpenSearch behind the seam: one index that all machines share. Nothing outside this package knows
OpenSearch."""

from reports.search.engines.opensearch.engine import OpenSearchEngine
