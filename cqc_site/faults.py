"""The answer when a page cannot be made: a sentence, the right status, and an id that is in the
log. It never has a traceback and needs no database."""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.views.defaults import page_not_found

from cqc_site import request_ids
from cqc_site.handlers import Handler
from reports.search import SearchUnavailableError

logger = logging.getLogger(__name__)

RETRY_AFTER = 30  # seconds
UNAVAILABLE: dict[type[Exception], str] = {
    OperationalError: "The database is busy or does not answer.",
    InterfaceError: "The database does not answer.",
    OSError: "A file that this page needs cannot be read or written.",
}
BUCKET_LIBRARIES = ("boto3.", "botocore.", "s3transfer.")
CHECK = "If you were saving something, check whether it was saved before you try again."


def refuse(
    request: HttpRequest, status: int, title: str, message: str, *, retry_after: int = 0
) -> HttpResponse:
    """The refusal as a page, or in the format that was asked for."""
    request_id = request_ids.current()
    path = request.path_info
    response: HttpResponse
    if path.startswith("/api/") or path.endswith(".json"):
        response = JsonResponse({"errors": [message], "id": request_id}, status=status)
    elif path.endswith((".csv", ".xlsx", ".txt")):
        text = f"{message}\n({title}; id {request_id})\n"
        response = HttpResponse(text, "text/plain; charset=utf-8", status)
    else:
        page = {"title": title, "message": message, "request_id": request_id, "status": status}
        response = HttpResponse(render_to_string("fault.html", page), status=status)
    if retry_after:
        response["Retry-After"] = str(retry_after)
    patch_cache_control(response, no_store=True)
    return response


def answer_unavailable(get_response: Handler) -> Handler:
    """Answer 503 where a view cannot reach what it needs."""

    def middleware(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        return unavailable(request, exception)

    middleware.process_exception = process_exception  # type: ignore[attr-defined]
    return middleware


def unavailable(request: HttpRequest, exception: BaseException | None) -> HttpResponse | None:
    """The answer to a fault that ends by itself or that an operator can end; None for other
    faults."""
    if isinstance(exception, SearchUnavailableError):
        logger.warning("No search for %s: %s", request.path_info, exception)
        return refuse(
            request, 503, "No search at the moment", str(exception), retry_after=RETRY_AFTER
        )
    if type(exception).__module__.startswith(BUCKET_LIBRARIES):
        exception = OSError(str(exception))  # Python knows no type for the faults of a bucket
    for kind, sentence in UNAVAILABLE.items():
        if isinstance(exception, kind):
            logger.error("Unavailable: %s", request.path_info, exc_info=exception)
            message = f"{sentence} {CHECK}" if request.method == "POST" else sentence
            return refuse(
                request, 503, "Not available at the moment", message, retry_after=RETRY_AFTER
            )
    return None


def server_error(request: HttpRequest) -> HttpResponse:
    """Django's handler500, for all other faults, including those outside of views, such as a
    session that cannot be saved."""
    answer = unavailable(request, sys.exc_info()[1])
    return answer or refuse(
        request, 500, "Something went wrong", "The fault is on our side and is written to the log."
    )


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Django's handler404: a program that asks the API gets what the API answers."""
    if not request.path_info.startswith("/api/"):
        return page_not_found(request, exception)
    return JsonResponse({"errors": ["There is nothing at this address."]}, status=404)
