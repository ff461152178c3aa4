"""The engine that `settings.SEARCH_URL` names.

tantivy:////folder                             an index on this machine
opensearch://user:password@host:port/prefix    one that many machines share
"""

import importlib
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from reports.search.engines.seam import Engine
from reports.search.engines.tantivy import TantivyEngine


def current_engine() -> Engine:
    return _engine(settings.SEARCH_URL)


@lru_cache(maxsize=4)
def _engine(url: str) -> Engine:
    """The settings have checked the scheme, and that there is a library for it."""
    address = urlsplit(url)
    if address.scheme == "tantivy":
        return TantivyEngine(Path(address.path[1:]))
    # Imported only if it is used, because its library is an optional extra.
    package = importlib.import_module("reports.search.engines.opensearch")
    try:
        engine: Engine = package.OpenSearchEngine(url)
    except ValueError as error:
        raise ImproperlyConfigured(f"SEARCH_URL is wrong: {error}.") from None
    return engine
