"""The message for readers while nothing can be searched, and the rebuild that ends this.

An index that is missing, damaged or of an older version is built again by itself: in the request if
the findings are few, otherwise by a separate process, if the disk has room.
"""

import logging
import subprocess
import sys

from django.conf import settings

from reports.models import Finding
from reports.search.engines.seam import Engine, Lock

SMALL = 5_000  # findings that can be indexed while a reader waits: less than a second

BEING_BUILT = (
    "The search index is being built, so nothing can be searched yet. Try again in a few minutes."
)
AWAY = "The search does not answer at the moment. Nothing is lost. Try again in a minute."
NOT_READY = (
    "The search index is missing, so nothing can be found. It is built by “manage.py reindex”."
)

logger = logging.getLogger(__name__)
_children: "list[subprocess.Popen[bytes]]" = []


class SearchUnavailableError(Exception):
    """Nothing can be searched at the moment. The message is for readers."""


def few_findings() -> bool:
    return Finding.objects.all()[: SMALL + 1].count() <= SMALL


def start_rebuild(engine: Engine) -> None:
    """Start a process that builds the index, unless one is running or it is not safe to begin."""
    if not settings.REBUILD_INDEX or not engine.may_start_rebuild(Finding.objects.count()):
        return
    logger.warning("The search index is missing or damaged: building it in the background")
    _children[:] = [child for child in _children if child.poll() is None]
    _children.append(
        subprocess.Popen(
            [sys.executable, "-m", "django", "reindex", "--if-missing"],
            cwd=settings.BASE_DIR,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )
    )


def message(engine: Engine) -> str:
    started = any(child.poll() is None for child in _children)
    return BEING_BUILT if started or engine.is_held(Lock.REBUILDING) else NOT_READY
