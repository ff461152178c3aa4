"""What readers see at the address of something that was withdrawn. A document that was uploaded by
mistake may hold text that nobody should read."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from reports import roles
from reports.models import Finding, SourceDocument


def hidden_document(request: HttpRequest, document: SourceDocument | None) -> HttpResponse | None:
    """The page to show instead of a withdrawn document; None for other documents, and for
    editors."""
    hides = document is not None and document.withdrawn
    return _gone(request) if hides and not roles.may_correct(request.user) else None


def hidden_finding(request: HttpRequest, finding: Finding) -> HttpResponse | None:
    """The page to show instead of a finding of a withdrawn document; None for other findings, and
    for editors."""
    hides = finding.status == Finding.Status.WITHDRAWN
    return _gone(request) if hides and not roles.may_correct(request.user) else None


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "withdrawn.html", status=410)
