"""What there is to compare and to learn."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from reports.views.reading.pages import pages_in


@require_safe
def compare(request: HttpRequest) -> HttpResponse:
    return render(request, "reading/index.html", {"title": "Compare", "pages": pages_in("compare")})


@require_safe
def learn(request: HttpRequest) -> HttpResponse:
    return render(request, "reading/index.html", {"title": "Learn", "pages": pages_in("learn")})
