"""The WSGI application that gunicorn serves."""

import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cqc_site.settings")
try:
    site = get_wsgi_application()
except ImproperlyConfigured as error:
    sys.exit(f"Cannot start.\n{error}")

# The URLs import most of the program. They are read here, before gunicorn forks its workers, so
# that the first answer of a worker is not slow.
from cqc_site import metrics, urls  # noqa: F401


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The site, or the figures for Prometheus at their own port: the socket that a request came by
    decides which, not the request."""
    if settings.METRICS_PORT and environ["SERVER_PORT"] == str(settings.METRICS_PORT):
        return metrics.answer(environ, start_response)
    return site(environ, start_response)
