"""Finds the address that a request comes from. Only the proxy in front of the site may say that it
comes from another address than its own."""

from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from cqc_site.handlers import Handler

# What a proxy sets, by its name in `request.META`.
FORWARDED = (
    "HTTP_FORWARDED",
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PORT",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_FORWARDED_PREFIX",
    "HTTP_X_REAL_IP",
    "HTTP_X_REQUEST_ID",
    "HTTP_X_SCRIPT_NAME",
)


def trust_only_the_proxy(get_response: Handler) -> Handler:
    """Leave REMOTE_ADDR as the visitor's address, and only those forwarded headers that the proxy
    has set."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if _is_trusted(request.META.get("REMOTE_ADDR", "")):
            request.META["REMOTE_ADDR"] = _visitor(request)
        else:
            for name in FORWARDED:
                request.META.pop(name, None)
        return get_response(request)

    return middleware


def _visitor(request: HttpRequest) -> str:
    """The last forwarded address that is not a trusted proxy's. The addresses before it can be
    forged."""
    nearest: str = request.META["REMOTE_ADDR"]
    named = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    for part in reversed(named):
        address = part.strip()
        if not _is_address(address):
            break
        nearest = address
        if not _is_trusted(address):
            break
    return nearest


def _is_trusted(address: str) -> bool:
    if not _is_address(address):
        return False
    found = ip_address(address)
    return any(found in network for network in settings.TRUSTED_PROXIES)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
