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

# The addresses bring most of the program with them. Read here, before gunicorn makes its workers,
# they cost none of them its first answer.
from cqc_site import metrics, urls  # noqa: F401


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """The site, or the figures for Prometheus at their own port: which of the two depends on the
    socket that a request came by, not on what it says."""
    if settings.METRICS_PORT and environ["SERVER_PORT"] == str(settings.METRICS_PORT):
        return metrics.answer(environ, start_response)
    return site(environ, start_response)
