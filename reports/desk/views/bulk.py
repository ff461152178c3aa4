"""One change of several findings: those selected in a section or in the queue, or all that a search
finds. The page shows the change before it is saved, and all of it can be undone together."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods

from reports.corrections import StaleEditError, change_all
from reports.corrections.targets import encoded
from reports.desk.forms import TAGS, BulkForm
from reports.desk.queue import REASON_BY_SLUG
from reports.desk.views.common import editors_only, say_saved, why_of
from reports.display import wording
from reports.facts.inferred import union
from reports.models import Finding, FindingQuerySet, Section
from reports.search import SearchQuery, public_ids

Changes = list[tuple[Finding, dict[str, Any]]]
MOST = 1_000
SAMPLES = 20


class Choice:
    """The findings to change, and where they were chosen. `problems` say why they cannot be."""

    def __init__(self, request: HttpRequest) -> None:
        self.problems: list[str] = []
        self.query_string = ""
        if request.GET:
            ids = self._found(request)
            self.back = f"{reverse('findings')}?{self.query_string}"
        else:
            ids = request.POST.getlist("finding")[: MOST + 1]
            self.ticked = ids
            self.back = _page_of(request)
        if len(ids) > MOST:
            self.problems.append(
                f"These are more than {MOST:,} findings. At most {MOST:,} can be changed at once: "
                "narrow the search."
            )
        self.findings: FindingQuerySet = (
            Finding.objects.published().with_context().filter(public_id__in=ids[:MOST])
        )

    def _found(self, request: HttpRequest) -> list[str]:
        query, problems = SearchQuery.from_params(request.GET)
        self.problems += problems
        self.query_string = query.query_string()
        return list(public_ids(query, MOST + 1))


@editors_only
@require_http_methods(["GET", "HEAD", "POST"])
def bulk(request: HttpRequest) -> HttpResponse:
    """Ask what to do with the findings, then show what will change, then save it."""
    choice = Choice(request)
    findings = list(choice.findings)
    page: dict[str, Any] = {
        "choice": choice,
        "findings": findings[:SAMPLES],
        "count": len(findings),
        "back": choice.back,
    }
    if choice.problems:
        return render(request, "desk/bulk.html", page, status=400)
    step = request.POST.get("step")
    if request.method != "POST" or step == "choose":
        page["form"] = BulkForm()
        return render(request, "desk/bulk.html", page, status=200 if findings else 422)
    page["form"] = form = BulkForm(request.POST)
    if not form.is_valid():
        return render(request, "desk/bulk.html", page, status=422)
    changes = _changes(form, findings)
    shown = _digest(changes)
    if step != "save" or request.POST.get("previewed") != shown:
        page |= {
            "changes": list(_shown(changes[:SAMPLES])),
            "changed": len(changes),
            "previewed": shown,
            "stale": step == "save",
        }
        return render(request, "desk/bulk.html", page, status=409 if step == "save" else 200)
    why = why_of(request, form)
    try:
        change_all(changes, why)
    except StaleEditError as error:
        form.add_error(None, str(error))
        return render(request, "desk/bulk.html", page, status=409)
    say_saved(request, f"Saved: {len(changes)} findings changed.", why)
    return redirect(choice.back)


def _changes(form: BulkForm, findings: Iterable[Finding]) -> Changes:
    targets = _sections_for(form, findings)
    wanted = ((row, _wanted(form, row, targets)) for row in findings)
    changes = (
        (row, {name: value for name, value in values.items() if encoded(row, name) != value})
        for row, values in wanted
    )
    return [(row, values) for row, values in changes if values]


def _wanted(form: BulkForm, finding: Finding, sections: dict[int, str]) -> dict[str, Any]:
    """The values that one finding is to have."""
    cleaned = form.cleaned_data
    match cleaned["action"]:
        case BulkForm.NOT_A_FINDING:
            return {"status": Finding.Status.NOT_A_FINDING.value}
        case BulkForm.HEADING:
            return {"heading": cleaned["heading"]}
        case BulkForm.STATEMENT:
            section = sections.get(finding.section.assessment_id)
            return {"section": section} if section else {}
    add = cleaned["action"] == BulkForm.ADD
    return {
        tag.name: _tagged(getattr(finding, tag.name), cleaned[tag.name], add=add) for tag in TAGS
    }


def _sections_for(form: BulkForm, findings: Iterable[Finding]) -> dict[int, str]:
    """For each assessment, the section of the chosen statement that findings can move to."""
    if form.cleaned_data["action"] != BulkForm.STATEMENT:
        return {}
    sections = Section.objects.with_text().filter(
        assessment__in={finding.section.assessment_id for finding in findings},
        statement=form.cleaned_data["statement"],
    )
    return dict(sections.order_by("-pk").values_list("assessment", "public_id"))


def _tagged(slugs: list[str], chosen: list[str], *, add: bool) -> list[str]:
    return union(slugs, chosen) if add else [slug for slug in slugs if slug not in chosen]


def _digest(changes: Changes) -> str:
    """A hash of what was shown, because nothing else may be saved. It includes the texts, which say
    what the findings are about."""
    said = json.dumps([(row.public_id, row.text, values) for row, values in changes])
    return hashlib.sha256(said.encode()).hexdigest()


def _shown(changes: Changes) -> Iterable[tuple[Finding, list[wording.Change]]]:
    for finding, values in changes:
        before = {name: encoded(finding, name) for name in values}
        yield finding, wording.changes_of("finding", before, values)


def _page_of(request: HttpRequest) -> str:
    """The page of the desk where findings were selected: a section, or a reason of the queue."""
    try:
        if request.POST.get("section"):
            return reverse("desk-section", args=[request.POST["section"]])
    except NoReverseMatch:
        pass
    reason = request.POST.get("queue", "")
    return reverse("desk") + (f"?reason={reason}" if reason in REASON_BY_SLUG else "")
