"""Packs of findings, which readers collect, order, annotate, share and download without an account.

A ticked finding is a checkbox of a plain GET form, so that search pages need no cookie and can be
kept by caches. The page that follows changes something, so its form is a POST.
"""

import io

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports import packs
from reports.exports import citations, taken_by_id
from reports.models import Pack
from reports.models.packs import MOST_ITEMS
from reports.views import cite, downloads
from reports.views.pack_forms import NEW, AddForm, PackForm

SESSION_KEY = "packs"
MOST_REMEMBERED = 20
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FULL = f"A pack holds at most {MOST_ITEMS} findings. Nothing was added: make another pack."
STALE = "The pack was changed elsewhere since you opened it. Nothing was saved: look again."


@never_cache
@require_safe
def my_packs(request: HttpRequest) -> HttpResponse:
    """The reader's packs: those of the account, and those made in this browser."""
    return render(request, "takeaway/packs.html", {"packs": _own(request)})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest) -> HttpResponse:
    """The findings that were ticked, and where to put them."""
    asked = (request.POST if request.method == "POST" else request.GET).getlist("finding")
    wanted = list(dict.fromkeys(asked))[: MOST_ITEMS + 1]
    found = list(taken_by_id(wanted))
    form = AddForm(_own(request), request.POST if request.method == "POST" else None)
    page = {"findings": found, "missing": len(wanted) - len(found), "form": form}
    if not found or len(wanted) > MOST_ITEMS:
        page["refusal"] = FULL if wanted and found else "Tick one finding or more first."
        return render(request, "takeaway/pack_add.html", page, status=400 if asked else 200)
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "takeaway/pack_add.html", page, status=status)
    pack = _chosen(request, form)
    try:
        packs.add(pack, [finding.public_id for finding in found])
    except packs.PackFullError:
        return render(request, "takeaway/pack_add.html", {**page, "refusal": FULL}, status=409)
    return redirect(pack)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pack(request: HttpRequest, key: str) -> HttpResponse:
    """The page where anybody who has its address can change the order, notes and name."""
    found = get_object_or_404(Pack, key=key)
    entries = packs.entries(found)
    form = PackForm(found, entries, request.POST if request.method == "POST" else None)
    page = {"pack": found, "form": form, "share_link": request.build_absolute_uri(found.share_url)}
    if not form.is_valid():
        return render(request, "takeaway/pack.html", page, status=422 if form.is_bound else 200)
    try:
        values = form.cleaned_data
        packs.arrange(found, values["version"], values["name"], form.arrangements())
    except packs.StalePackError:
        return render(request, "takeaway/pack.html", {**page, "refusal": STALE}, status=409)
    return redirect(found)


@never_cache
@require_POST
def delete(request: HttpRequest, key: str) -> HttpResponse:
    """Delete the pack, if the reader has ticked the box that confirms it."""
    found = get_object_or_404(Pack, key=key)
    if request.POST.get("sure") != "yes":
        return redirect(found)
    found.delete()
    return redirect("packs")


@never_cache
@require_safe
def shared(request: HttpRequest, key: str) -> HttpResponse:
    """The pack as a page that can only be read."""
    found = get_object_or_404(Pack, share_key=key)
    today = timezone.localdate()
    entries = [
        (entry, entry.citation(request.build_absolute_uri, today)) for entry in packs.entries(found)
    ]
    return render(request, "takeaway/pack_shared.html", {"pack": found, "entries": entries})


@never_cache
@require_safe
def shared_file(request: HttpRequest, key: str, file_format: str) -> HttpResponseBase:
    """The pack as a file: Word, PDF or CSV."""
    found = get_object_or_404(Pack, share_key=key)
    entries = packs.entries(found)
    name = slugify(found.name)[:60] or "pack"
    if file_format == "csv":
        export = packs.pack_csv_export(
            found, entries, request.build_absolute_uri, timezone.localtime()
        )
        return downloads.file_response(request, export, "csv", name)
    write, content_type = {
        "docx": (packs.write_word, WORD),
        "pdf": (packs.write_pdf, "application/pdf"),
    }[file_format]
    file = io.BytesIO()
    write(found, entries, file, request.build_absolute_uri, timezone.localdate())
    response = HttpResponse(file.getvalue(), content_type=content_type)
    day = timezone.localdate().isoformat()
    response["Content-Disposition"] = f'attachment; filename="{name}-{day}.{file_format}"'
    return response


@never_cache
@require_safe
def shared_citation(request: HttpRequest, key: str, citation_format: str) -> HttpResponse:
    """A reference to the pack, then one to each of its findings."""
    found = get_object_or_404(Pack, share_key=key)
    today, absolute = timezone.localdate(), request.build_absolute_uri
    itself = citations.cite_page(
        f"pack-{found.pk}", f"Pack: {found.name}", absolute(found.share_url), today
    )
    findings = [
        citations.cite_finding(entry.now, absolute, today)
        for entry in packs.entries(found)
        if entry.now
    ]
    return cite.response([itself, *findings], citation_format, slugify(found.name)[:60] or "pack")


def _own(request: HttpRequest) -> list[Pack]:
    """The reader's own packs, the latest first."""
    keys = request.session.get(SESSION_KEY, ())
    mine = Pack.objects.filter(key__in=keys)
    if request.user.is_authenticated:
        mine = mine | Pack.objects.filter(owner=request.user)
    return list(mine.distinct())


def _chosen(request: HttpRequest, form: AddForm) -> Pack:
    key = form.cleaned_data["pack"]
    if key != NEW:
        found = next((pack for pack in _own(request) if pack.key == key), None)
        if found is None:
            raise Http404
        return found
    owner = request.user if request.user.is_authenticated else None
    made = packs.create(form.cleaned_data["name"], owner)
    keys = [*request.session.get(SESSION_KEY, ()), made.key]
    request.session[SESSION_KEY] = keys[-MOST_REMEMBERED:]
    return made
