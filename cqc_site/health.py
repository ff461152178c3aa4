"""`/healthz`: whether the program and its database answer. `/readyz`: whether readers get
everything, including the search and the kept reports."""

import logging
from pathlib import Path

from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

from cqc_site.handlers import Handler
from reports.models import Finding
from reports.search.engines.configured import current_engine
from reports.search.engines.seam import EngineAwayError

logger = logging.getLogger(__name__)


def answer_health_check(get_response: Handler) -> Handler:
    """Answer before the other middleware: load balancers ask by address and in plain HTTP, which
    the checks of host and HTTPS would refuse."""
    checks = {"/healthz": _health, "/readyz": _readiness}

    def middleware(request: HttpRequest) -> HttpResponse:
        check = checks.get(request.path_info)
        return _answer(check()) if check else get_response(request)

    return middleware


def _answer(fault: str) -> HttpResponse:
    text, status = (f"{fault}\n", 503) if fault else ("ok\n", 200)
    return HttpResponse(
        text, "text/plain; charset=utf-8", status, headers={"Cache-Control": "no-store"}
    )


def _health() -> str:
    """A sentence about what is wrong; empty if nothing is."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        logger.exception("The health check could not reach the database")
        return "The database does not answer."
    return ""


def _readiness() -> str:
    if fault := _health():
        return fault
    try:
        anything = Finding.objects.exists()
    except Error:
        logger.exception("The readiness check could not read the findings")
        return "The database is not set up."
    if not anything:
        return ""
    try:
        if not current_engine().ready():
            return "There is no search index."
    except EngineAwayError:
        return "The search engine does not answer."
    if not Path(settings.MEDIA_ROOT).is_dir():
        return "The folder of the kept reports is missing."
    return ""
