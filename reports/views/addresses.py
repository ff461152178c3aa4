"""Addresses without empty parameters."""

from django.http import HttpRequest, HttpResponseRedirect


def without_empty(request: HttpRequest) -> HttpResponseRedirect | None:
    """The address without the empty parameters that forms add; None if it has none."""
    kept = request.GET.copy()
    for name in request.GET:
        kept.setlist(name, [value for value in request.GET.getlist(name) if value])
    if all(len(kept.getlist(name)) == len(request.GET.getlist(name)) for name in request.GET):
        return None
    query = kept.urlencode()
    return HttpResponseRedirect(f"{request.path}?{query}" if query else request.path)
