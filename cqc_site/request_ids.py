"""An id for every request: it is in the log, in the answer's headers and on error pages."""

import logging
import re
import secrets
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

from cqc_site.handlers import Handler

HEADER = "X-Request-ID"
GIVEN = re.compile(r"[0-9A-Za-z_-]{8,64}")

_current: ContextVar[str] = ContextVar("request_id", default="")


def current() -> str:
    """The id of the request that is being answered; empty outside of one."""
    return _current.get()


def name_requests(get_response: Handler) -> Handler:
    """Take the proxy's id of a request or make one. Ids sent by other clients have been removed:
    see `cqc_site.proxy`."""

    def middleware(request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        request_id = given if GIVEN.fullmatch(given) else secrets.token_hex(8)
        token = _current.set(request_id)
        try:
            response = get_response(request)
        finally:
            _current.reset(token)
        response[HEADER] = request_id
        return response

    return middleware


class RequestId(logging.Filter):
    """Adds `request_id` to every record."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.request_id = current() or "-"
        return True
