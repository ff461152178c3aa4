"""Refuses requests that are larger or longer than any page needs, before they are read."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from cqc_site.faults import refuse
from cqc_site.handlers import SAFE_METHODS, Handler

MOST_BYTES = 1024 * 1024  # of a form without its files
MOST_CHARACTERS = 2_000  # of one parameter
WITHOUT_BODY = SAFE_METHODS | {"TRACE"}
FORMS = {"application/x-www-form-urlencoded", "multipart/form-data"}
NUL = "\0"


def bound_requests(get_response: Handler) -> Handler:
    """Refuse a body that is too large, by the size that it states, and parameters that no page
    takes. PostgreSQL stores no NUL, wherever one comes from: in an address it is refused, in a form
    and in a cookie it is left out."""

    def middleware(request: HttpRequest) -> HttpResponse:
        for name in [name for name, value in request.COOKIES.items() if NUL in name + value]:
            del request.COOKIES[name]
        refused = _refusal_by_size(request) or _refusal_by_parameters(request)
        if not refused and _is_form(request):
            # A view that takes the raw body, as those of the API do, can still read it after the
            # form was read.
            _ = request.body
        return refused or get_response(request)

    def process_view(request: HttpRequest, view: object, arguments: Any, named: Any) -> None:
        """Leave NUL out of forms. Reading the form here costs nothing more, because the check of
        its token reads it anyway."""
        if _is_form(request) and any(NUL in name + value for name, value in _values(request.POST)):
            cleaned = QueryDict(mutable=True)
            for name, value in _values(request.POST):
                cleaned.appendlist(name.replace(NUL, ""), value.replace(NUL, ""))
            request.POST = cleaned  # type: ignore[assignment]

    middleware.process_view = process_view  # type: ignore[attr-defined]
    return middleware


def _refusal_by_size(request: HttpRequest) -> HttpResponse | None:
    if request.method in WITHOUT_BODY:
        return None
    if request.headers.get("Transfer-Encoding"):
        return refuse(request, 411, "Length required", "State the length of what you send.")
    most = _most_bytes(request)
    if most is not None and _content_length(request) > most:
        megabytes = most // MOST_BYTES
        message = f"What you sent is larger than {megabytes} MB, so it was not read."
        return refuse(request, 413, "Too large", message)
    return None


def _most_bytes(request: HttpRequest) -> int | None:
    """None for the upload, whose view refuses by size itself, after it has refused people who may
    not ingest."""
    if _is_upload(request):
        return None
    if request.path_info == reverse("check"):
        return int(settings.MAX_DOCUMENT_BYTES) + MOST_BYTES
    return MOST_BYTES


def _refusal_by_parameters(request: HttpRequest) -> HttpResponse | None:
    if NUL in request.path_info:
        return _bad(request, "The address holds a NUL character.")
    for name, value in _values(request.GET):
        if NUL in name + value:
            return _bad(request, f"“{_shown(name)}” holds a NUL character.")
        if max(len(name), len(value)) > MOST_CHARACTERS:
            message = f"“{_shown(name)}” is longer than {MOST_CHARACTERS:,} characters."
            return _bad(request, message)
    return None


def _bad(request: HttpRequest, message: str) -> HttpResponse:
    return refuse(request, 400, "This address cannot be answered", message)


def _values(parameters: QueryDict) -> Iterator[tuple[str, str]]:
    return ((name, str(value)) for name, values in parameters.lists() for value in values)


def _shown(name: str) -> str:
    plain = name.replace(NUL, "\N{SYMBOL FOR NULL}")
    return plain if len(plain) <= 40 else f"{plain[:40]}…"


def _content_length(request: HttpRequest) -> int:
    value = request.META.get("CONTENT_LENGTH") or "0"
    return int(value) if value.isascii() and value.isdigit() else MOST_BYTES + 1


def _is_form(request: HttpRequest) -> bool:
    """Whether it is a form without files. Only two forms have files."""
    with_files = _is_upload(request) or request.path_info == reverse("check")
    return request.method not in WITHOUT_BODY and request.content_type in FORMS and not with_files


def _is_upload(request: HttpRequest) -> bool:
    return request.path_info == reverse("upload")
