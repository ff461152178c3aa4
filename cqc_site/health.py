import logging
from collections.abc import Callable

from django.db import Error, connection
from django.http import HttpRequest, HttpResponse

logger = logging.getLogger(__name__)


def answer_health_check(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answer `/healthz` before anything else does: whoever asks does so by address and in plain
    HTTP, which the checks of host and HTTPS would refuse."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return _health() if request.path_info == "/healthz" else get_response(request)

    return middleware


def _health() -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        logger.exception("The health check could not reach the database")
        text, status = "The database does not answer.\n", 503
    else:
        text, status = "ok\n", 200
    return HttpResponse(
        text, "text/plain; charset=utf-8", status, headers={"Cache-Control": "no-store"}
    )
