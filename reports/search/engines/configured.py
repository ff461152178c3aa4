"""Which engine answers: `settings.SEARCH_URL` says, `tantivy:////folder`."""

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
    parts = urlsplit(url)
    if parts.scheme != "tantivy" or not parts.path.startswith("//"):
        raise ImproperlyConfigured(
            f"SEARCH_URL is “{url}”: write tantivy:////folder, with the folder's whole path."
        )
    return TantivyEngine(Path(parts.path[1:]))
