"""The page that lists all ways to download the data, and the files of releases."""

from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.exports import XLSX_LIMIT
from reports.releases import releases


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    page = {"xlsx_limit": XLSX_LIMIT, "releases": releases(settings.RELEASES_DIR)}
    return render(request, "takeaway/data.html", page)


@require_safe
def release_file(request: HttpRequest, version: str, name: str) -> HttpResponseBase:
    """A file of a complete release; any other path is not found."""
    for release in releases(settings.RELEASES_DIR):
        if release.version == version and name in release.files:
            path = release.folder / name
            return FileResponse(path.open("rb"), as_attachment=True, filename=Path(name).name)
    raise Http404
