"""The engine that `settings.SEARCH_URL` names.

tantivy:////folder                             an index on this machine
opensearch://user:password@host:port/prefix    one that many machines share
"""

import importlib
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from reports.search.engines.seam import Engine
from reports.search.engines.tantivy import TantivyEngine


def current_engine() -> Engine:
    return _engine(settings.SEARCH_URL)


@lru_cache(maxsize=4)
def _engine(url: str) -> Engine:
    parts = urlsplit(url)
    if parts.scheme == "tantivy" and parts.path.startswith("//"):
        return TantivyEngine(Path(parts.path[1:]))
    if parts.scheme in {"opensearch", "opensearchs"}:
        return _opensearch(url)
    raise ImproperlyConfigured(
        "SEARCH_URL does not name an index: write tantivy:////folder, with the folder's whole "
        "path, or opensearch://user:password@host:port/prefix."
    )


def _opensearch(url: str) -> Engine:
    """Imported only if it is used, because its library is an optional extra."""
    try:
        package = importlib.import_module("reports.search.engines.opensearch")
    except ModuleNotFoundError as error:
        if error.name != "opensearchpy":
            raise
        raise ImproperlyConfigured(
            "SEARCH_URL names OpenSearch, whose library is missing: "
            "pip install 'opensearch-py>=3.1,<4'"
        ) from None
    try:
        return cast("Callable[[str], Engine]", package.OpenSearchEngine)(url)
    except ValueError as error:
        raise ImproperlyConfigured(f"SEARCH_URL is wrong: {error}.") from None
