"""What readers see at the address of something that was withdrawn. A document that was uploaded by
mistake may hold text that nobody should read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reports import roles


def withdrawn_page(request: HttpRequest, *, withdrawn: bool) -> HttpResponse | None:
    """The page to show instead of what is withdrawn; None if it is not, and for editors."""
    if not withdrawn or roles.may_correct(request.user):
        return None
    return render(request, "withdrawn.html", status=410)
