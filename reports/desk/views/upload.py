"""Upload: choose files, see what they would do, confirm."""

from collections import Counter
from collections.abc import Sequence
from pathlib import PurePath
from secrets import compare_digest
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import filesizeformat
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from reports.desk.staging import Staging, stage
from reports.desk.uploads import MAX_FILES, UploadedDocument, ingest, preview
from reports.desk.views.common import get_or_post, ingesters_only
from reports.ingest import IngestStatus
from reports.parsing import SUPPORTED_SUFFIXES
from reports.parsing.formats import FORMATS

KEY = "upload"  # in the session
ARCHIVE = ".zip"
SUFFIXES = (*SUPPORTED_SUFFIXES, ARCHIVE)
NAMES = (
    ", ".join(f"{each.name} ({each.suffixes[0]})" for each in FORMATS)
    + f", or a zip archive of these ({ARCHIVE})"
)
FIELDS_BYTES = 1024 * 1024  # what a request holds beside its files

GONE = (
    "The files you uploaded are no longer here: they were ingested, cancelled or replaced by "
    "another upload, or a day has passed. Choose them again."
)


class FilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One or more files. The name and size of each must be allowed for a report or an archive."""

    widget = FilesInput(attrs={"accept": ",".join(SUFFIXES)})
    default_error_messages = {"required": "Choose one file or more."}

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        files = list(data or [None])
        if len(files) > MAX_FILES:
            raise ValidationError(
                f"You chose {len(files)} files. Choose at most {MAX_FILES}, or put them into a zip "
                "archive."
            )
        problems = [problem for file in files if file and (problem := _problem(file))]
        if problems:
            raise ValidationError(problems)
        return [super(FilesField, self).clean(file, initial) for file in files]


class UploadForm(forms.Form):
    documents = FilesField(max_length=1000, allow_empty_file=True)


@csrf_exempt  # Checked by `_upload`, once it is decided where the files go.
@get_or_post
@ingesters_only
def upload(request: HttpRequest) -> HttpResponse:
    """Choose files. The body of a request that is too large is not read."""
    if request.method == "POST":
        if _content_length(request) > settings.MAX_ARCHIVE_BYTES + FIELDS_BYTES:
            return _too_large(request)
        request.upload_handlers = [TemporaryFileUploadHandler(request)]
    return _upload(request)


@csrf_protect
def _upload(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _ask(request, UploadForm())
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, form, status=422)
    if former := _staging(request):
        former.discard()
    staging = stage(form.cleaned_data["documents"])
    request.session[KEY] = staging.to_session()
    return redirect("upload-preview", staging.token)


@require_safe
@ingesters_only
def upload_preview(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the files would change, without changing it."""
    staging = _staging(request, token)
    if staging is None:
        return _gone(request)
    documents = preview(staging)
    counts = _counts(documents)
    page = {
        "staging": staging,
        "documents": documents,
        "counts": counts,
        "worth_it": any(counts[status] for status in (IngestStatus.CREATED, IngestStatus.UPDATED)),
    }
    return render(request, "desk/upload_preview.html", page)


@require_POST
@ingesters_only
def upload_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ingest the files, and show the result for each."""
    staging = _staging(request, token)
    if staging is None:
        return _gone(request)
    asked = set(request.POST.getlist("leave-out"))
    left_out = [number for number in range(len(staging.names)) if str(number) in asked]
    documents = ingest(staging, left_out)
    del request.session[KEY]
    page = {"documents": documents, "counts": _counts(documents)}
    return render(request, "desk/upload_done.html", page)


@require_POST
@ingesters_only
def upload_cancel(request: HttpRequest, token: str) -> HttpResponse:
    if staging := _staging(request, token):
        staging.discard()
        del request.session[KEY]
    return redirect("upload")


def _staging(request: HttpRequest, token: str | None = None) -> Staging | None:
    """The upload of this session, if it is still held and has the token, if one is given."""
    kept = request.session.get(KEY)
    if kept is None:
        return None
    staging = Staging.from_session(kept)
    asked = token is None or compare_digest(staging.token, token)
    return staging if asked and staging.is_there else None


def _ask(request: HttpRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    limits = {
        "form": form,
        "formats": NAMES,
        "max_files": MAX_FILES,
        "max_document": settings.MAX_DOCUMENT_BYTES,
        "max_archive": settings.MAX_ARCHIVE_BYTES,
    }
    return render(request, "desk/upload.html", limits, status=status)


def _refuse(request: HttpRequest, message: str, status: int) -> HttpResponse:
    form = UploadForm(data={})
    form.errors.clear()
    form.add_error("documents", message)
    return _ask(request, form, status)


def _gone(request: HttpRequest) -> HttpResponse:
    return _refuse(request, GONE, status=410)


def _too_large(request: HttpRequest) -> HttpResponse:
    message = (
        f"Together the files are larger than {filesizeformat(settings.MAX_ARCHIVE_BYTES)}. "
        "Upload fewer at a time."
    )
    return _refuse(request, message, status=413)


def _content_length(request: HttpRequest) -> int:
    value = request.META.get("CONTENT_LENGTH") or "0"
    return int(value) if value.isascii() and value.isdigit() and len(value) < 19 else 0


def _problem(file: "UploadedFile[Any]") -> str:
    """What is wrong with the name or size of a file; empty if nothing is."""
    suffix = PurePath(file.name or "").suffix.lower()
    if suffix not in SUFFIXES:
        return f"“{file.name}” cannot be read. Choose a file in one of these formats: {NAMES}."
    limit = settings.MAX_ARCHIVE_BYTES if suffix == ARCHIVE else settings.MAX_DOCUMENT_BYTES
    size = file.size or 0
    if size > limit:
        sizes = f"{filesizeformat(size)}). The limit is {filesizeformat(limit)}"
        return f"“{file.name}” is too large ({sizes}."
    return ""


def _counts(documents: Sequence[UploadedDocument]) -> dict[IngestStatus, int]:
    """How many documents have each status. “Skipped” is left out if there are none."""
    counts = Counter(document.result.status for document in documents)
    return {
        status: counts[status]
        for status in IngestStatus
        if status is not IngestStatus.SKIPPED or counts[status]
    }
