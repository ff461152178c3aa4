"""Limits how many large files are made at a time, and sends each whole or not at all.

A file is complete on the disk before its first byte is sent: a slow reader keeps neither a place
nor the database, and a fault while it is made is a page with a status, not a file cut short.
"""

import logging
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, HttpRequest, StreamingHttpResponse
from django.http.response import HttpResponseBase
from filelock import BaseFileLock, FileLock, Timeout

from cqc_site.faults import refuse

logger = logging.getLogger(__name__)

SUFFIXES = (".csv", ".json", ".xlsx", ".docx", ".pdf", ".zip")
PATIENCE = 1.0  # seconds: each request that waits keeps a thread of the server
POLL = 0.05
RETRY_AFTER = 10
IN_MEMORY = 1024 * 1024  # bytes; more goes to a file


class NoSlotError(Exception):
    """No more files may be made at the moment."""


def limit_files_made_at_once(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    def middleware(request: HttpRequest) -> HttpResponseBase:
        if not request.path_info.endswith(SUFFIXES):
            return get_response(request)
        try:
            with slot(settings.MAX_EXPORTS):
                return _complete(get_response(request))
        except NoSlotError:
            message = "Other large files are being made. Ask again in a few seconds."
            return refuse(request, 503, "Please wait", message, retry_after=RETRY_AFTER)

    return middleware


@contextmanager
def slot(number: int) -> Iterator[None]:
    """One of `number` places that all processes of this machine share. Raises NoSlotError. If
    nothing can be written, files are made without a place."""
    try:
        held = _take(number)
    except OSError as error:
        logger.error("Files cannot be counted, so none of them waits: %s", error)
        held = None
    try:
        yield
    finally:
        if held:
            held.release()


def _take(number: int) -> BaseFileLock:
    folder = Path(settings.VAR_DIR) / "slots"
    folder.mkdir(exist_ok=True)
    locks = [FileLock(folder / f"{place}.lock", thread_local=False) for place in range(number)]
    until = time.monotonic() + PATIENCE
    while True:
        for lock in locks:
            with suppress(Timeout):
                lock.acquire(timeout=0)
                return lock
        if time.monotonic() > until:
            raise NoSlotError
        time.sleep(POLL)


def _complete(response: HttpResponseBase) -> HttpResponseBase:
    """The response with its body already made."""
    if not isinstance(response, StreamingHttpResponse) or isinstance(response, FileResponse):
        return response
    # Closed with the response that it becomes the body of.
    file = tempfile.SpooledTemporaryFile(IN_MEMORY, prefix="export-")  # noqa: SIM115
    try:
        for chunk in response:
            file.write(chunk)
    except BaseException:
        file.close()
        raise
    size = file.tell()
    file.seek(0)
    complete = FileResponse(file, status=response.status_code)
    for name, value in response.items():
        complete[name] = value
    complete["Content-Length"] = str(size)
    complete.cookies = response.cookies
    return complete
