"""Headers of every answer: what browsers may do, and what may be stored."""

from django.http import HttpRequest, HttpResponse
from django.utils.cache import has_vary_header, patch_cache_control

from cqc_site.handlers import Handler

POLICY = ", ".join(
    f"{feature}=()"
    for feature in ("camera", "display-capture", "geolocation", "microphone", "payment", "usb")
)
FOR_STAFF = ("/admin/", "/desk/")


def permissions_policy(get_response: Handler) -> Handler:
    """Tell browsers which of their features no page here uses."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response["Permissions-Policy"] = POLICY
        return response

    return middleware


def cache_control(get_response: Handler) -> Handler:
    """Set Cache-Control on pages that do not set it themselves. Pages for staff are not stored.
    Others may be stored if they are checked each time; pages that depend on the visitor only by the
    visitor's browser."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path_info.startswith(FOR_STAFF):
            patch_cache_control(response, private=True, no_store=True)
        elif not response.has_header("Cache-Control"):
            mine = {"private": True} if has_vary_header(response, "Cookie") else {}
            patch_cache_control(response, no_cache=True, **mine)
        return response

    return middleware
