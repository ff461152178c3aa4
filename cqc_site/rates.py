"""Limits how often a visitor may send requests: by account, or by address if there is none."""

import logging
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from ipaddress import IPv6Address, ip_address, ip_network

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse
from limits import RateLimitItem, parse
from limits.errors import StorageError
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from cqc_site import counting  # noqa: F401 - its storage registers itself
from cqc_site.faults import refuse
from cqc_site.handlers import Handler

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Limit:
    """How many requests of one kind a visitor may send. A request counts for the first kind that
    fits: by its method, and by how its path begins or ends, or what it is. Paths that begin with
    one of `left_out` do not count."""

    name: str
    most: RateLimitItem
    posts: bool = False
    begins: str = ""
    ends: str | tuple[str, ...] = ""
    paths: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def matches(self, request: HttpRequest) -> bool:
        path = request.path_info
        return (
            (not self.posts or request.method == "POST")
            and path.startswith(self.begins)
            and path.endswith(self.ends)
            and (not self.paths or path in self.paths)
            and not path.startswith(self.left_out)
        )


LIMITS = (
    Limit("sign-in", parse("20/5minutes"), posts=True, begins="/sign-in/"),
    Limit("report", parse("20/hour"), posts=True, ends="/report/"),
    Limit("check", parse("30/minute"), posts=True, paths=("/check/", "/api/v1/quotations")),
    Limit("export", parse("30/minute"), ends=(".csv", ".xlsx", ".json", ".docx", ".pdf", ".zip")),
    Limit("api", parse("300/minute"), begins="/api/"),
    Limit("search", parse("300/minute"), paths=("/", "/findings/")),
    Limit("page", parse("1200/minute"), left_out=("/static/",)),
)
SIGN_INS_BY_NAME = Limit("sign-in-name", parse("10/5minutes"), posts=True, begins="/sign-in/")


def limit_rates(get_response: Handler) -> Handler:
    """Answer 429 to a visitor who asks too often, and say when to come back."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.RATE_LIMITS:
            for limit, visitor in _counted(request):
                if wait := _wait(limit, visitor):
                    return _refused(request, limit, wait)
        return get_response(request)

    return middleware


def _counted(request: HttpRequest) -> Iterator[tuple[Limit, str]]:
    for limit in LIMITS:
        if limit.matches(request):
            yield limit, _visitor(request)
            break
    if SIGN_INS_BY_NAME.matches(request):
        # Guesses at one account's password come from many addresses.
        name = request.POST.get("username", "")
        if name:
            yield SIGN_INS_BY_NAME, name.casefold()[:200]


def _visitor(request: HttpRequest) -> str:
    """The account, or the address. For IPv6 the network, because one visitor has all its
    addresses."""
    # Without a session cookie the session is not read, because reading it would make every page
    # vary by cookie.
    if settings.SESSION_COOKIE_NAME in request.COOKIES and (
        account := request.session.get(SESSION_KEY)
    ):
        return f"account {account}"
    text: str = request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if isinstance(address, IPv6Address):
        return str(ip_network((address, 64), strict=False))
    return text


def _wait(limit: Limit, visitor: str) -> int:
    """Seconds until the next request of this kind is answered; 0 if it is answered now."""
    try:
        limiter = _limiter(settings.RATE_LIMITS_URL)
        if limiter.hit(limit.most, limit.name, visitor):
            return 0
        ends = limiter.get_window_stats(limit.most, limit.name, visitor).reset_time
        return max(1, round(ends - time.time()))
    except StorageError:
        logger.exception("Requests cannot be counted, so none is refused")
        return 0


@cache
def _limiter(url: str) -> FixedWindowRateLimiter:
    return FixedWindowRateLimiter(storage_from_string(url, wrap_exceptions=True))


def _refused(request: HttpRequest, limit: Limit, wait: int) -> HttpResponse:
    logger.warning("Refused one of too many requests (%s): %s", limit.name, request.path_info)
    message = f"There were too many requests from you. Come back in {_in_words(wait)}."
    return refuse(request, 429, "Too many requests", message, retry_after=wait)


def _in_words(seconds: int) -> str:
    if seconds < 90:
        return f"{seconds} second{'' if seconds == 1 else 's'}"
    return f"{round(seconds / 60)} minutes"
