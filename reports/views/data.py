"""All the ways to take the data away, on one page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.exports import XLSX_LIMIT


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    return render(request, "takeaway/data.html", {"xlsx_limit": XLSX_LIMIT})
