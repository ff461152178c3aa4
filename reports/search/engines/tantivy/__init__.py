"""Tantivy behind the seam: an index in a folder, searched by every process, changed by one at a
time. Nothing outside this package knows Tantivy."""

from reports.search.engines.tantivy.engine import TantivyEngine
