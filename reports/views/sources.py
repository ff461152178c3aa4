"""The decoded text of a document, showing what each part was read as, and its original bytes."""

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from reports.display import source_text
from reports.models import Finding, SourceDocument
from reports.views.withdrawn import withdrawn_page


@require_safe
def source(request: HttpRequest, sha256: str) -> HttpResponse:
    document = get_object_or_404(
        SourceDocument.objects.select_related("authority", "superseded_by"), sha256=sha256
    )
    if hidden := withdrawn_page(request, withdrawn=document.withdrawn):
        return hidden
    findings = Finding.objects.filter(paragraph__document=document).select_related(
        "paragraph", "joined_into"
    )
    sections = list(document.sections.select_related("assessment__authority"))
    return render(
        request,
        "source.html",
        {
            "document": document,
            "sections": sections,
            "assessment": sections[0].assessment if sections else None,
            "blocks": source_text.blocks(document, document.read_text(), list(findings)),
        },
    )


@require_safe
def original(request: HttpRequest, sha256: str) -> HttpResponse | FileResponse:
    """The original bytes. Always a download, because a page from elsewhere must never run on this
    site."""
    document = get_object_or_404(SourceDocument, sha256=sha256)
    if hidden := withdrawn_page(request, withdrawn=document.withdrawn):
        return hidden
    return FileResponse(
        document.original.open("rb"),
        as_attachment=True,
        filename=document.name,
        content_type="application/octet-stream",
    )
