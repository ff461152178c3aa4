"""What every middleware is called with, and the methods that change nothing."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

Handler = Callable[[HttpRequest], HttpResponse]
SAFE_METHODS = frozenset(("GET", "HEAD", "OPTIONS"))
