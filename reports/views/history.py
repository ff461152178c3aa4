"""The public record of corrections: of one finding, and of all."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.syndication.views import Feed
from django.db.models import Max, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import require_safe

from reports import corrections, roles
from reports.display.events import Event, events_of
from reports.display.paging import page_of
from reports.models import Authority, Correction, Finding, Section, SourceDocument
from reports.views.downloads import refused
from reports.views.withdrawn import withdrawn_page

PAGE_SIZE = 30
IN_FEED = 20  # changes of one batch


@require_safe
def finding_history(request: HttpRequest, public_id: str) -> HttpResponse:
    """Every correction of a finding, the latest first. Only editors see names and notes."""
    found = get_object_or_404(
        Finding.objects.with_context().select_related("joined_into"), public_id=public_id
    )
    if hidden := withdrawn_page(request, withdrawn=found.status == Finding.Status.WITHDRAWN):
        return hidden
    paragraph = found.paragraph
    return render(
        request,
        "finding_history.html",
        {
            "finding": found,
            "section": found.section,
            "assessment": found.section.assessment,
            "events": events_of(list(corrections.history(found))[::-1]),
            "printed": paragraph.text if paragraph else None,
            "answered": found.reader_reports.answered(),
            "editor": roles.may_correct(request.user),
        },
    )


@require_safe
def all_corrections(request: HttpRequest) -> HttpResponse:
    """The public record: every correction, the latest first."""
    form = CorrectionFilter(request.GET)
    if not form.is_valid():
        return render(request, "corrections.html", {"form": form}, status=400)
    page = page_of(batches(form), request.GET.get("page"), PAGE_SIZE)
    return render(
        request,
        "corrections.html",
        {
            "form": form,
            "page": page,
            "events": events_of(in_batches(page.object_list)),
            "editor": roles.may_correct(request.user),
        },
    )


class CorrectionFilter(forms.Form):
    """The form that chooses which corrections to list."""

    reason = forms.ChoiceField(
        choices=[("", "Any reason"), *Correction.Reason.choices], required=False, label="Reason"
    )
    action = forms.ChoiceField(
        choices=[("", "Any kind"), *Correction.Action.choices], required=False, label="Kind"
    )
    authority = forms.ModelChoiceField(
        Authority.objects.all(),
        to_field_name="slug",
        required=False,
        empty_label="Any authority",
        label="Authority",
    )

    def chosen(self) -> QuerySet[Correction]:
        rows = Correction.objects.all()
        for name in ("reason", "action"):
            if self.cleaned_data[name]:
                rows = rows.filter(**{name: self.cleaned_data[name]})
        authority = self.cleaned_data["authority"]
        return rows.filter(_about(authority)) if authority else rows


def _about(authority: Authority) -> Q:
    """Corrections of an authority's assessments, their documents, sections and findings."""
    targets = {
        "assessment": authority.assessments.values("public_id"),
        "section": Section.objects.filter(assessment__authority=authority).values("public_id"),
        "finding": Finding.objects.filter(section__assessment__authority=authority).values(
            "public_id"
        ),
        "document": SourceDocument.objects.filter(sections__assessment__authority=authority).values(
            "sha256"
        ),
    }
    about = Q()
    for kind, ids in targets.items():
        about |= Q(target_kind=kind, target_id__in=ids)
    return about


def batches(form: CorrectionFilter) -> QuerySet[Any, Any]:
    """The batches with a correction that matches the filter, the latest first."""
    return (
        form.chosen()
        .order_by()
        .values("batch")
        .annotate(last=Max("pk"))
        .order_by("-last")
        .values_list("batch", flat=True)
    )


def in_batches(chosen: Iterable[UUID]) -> list[Correction]:
    """All corrections of some batches, in the order of the batches."""
    order = {batch: place for place, batch in enumerate(chosen)}
    return sorted(
        Correction.objects.filter(batch__in=order), key=lambda row: (order[row.batch], row.pk)
    )


class CorrectionFeed(Feed):  # type: ignore[type-arg]
    """The latest corrections, with the same filters as the page."""

    feed_type = Atom1Feed
    title = "Corrections of adult social care assessments"
    subtitle = "What editors have changed, the latest first."

    def __call__(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        form = CorrectionFilter(request.GET)
        if form.is_valid():
            return super().__call__(request, *args, form=form, **options)
        return refused(
            f"{form[name].label}: {message}"
            for name, messages in form.errors.items()
            for message in messages
        )

    def get_object(self, request: HttpRequest, form: CorrectionFilter) -> CorrectionFilter:
        return form

    def link(self) -> str:
        return reverse("corrections")

    def items(self, form: CorrectionFilter) -> list[Event]:
        return events_of(in_batches(batches(form)[:PAGE_SIZE]))

    def item_title(self, event: Any) -> str:
        return f"{event.first.get_action_display()}: {event.entries[0].title}"

    def item_description(self, event: Any) -> str:
        """Escaped, because feed readers take it for HTML."""
        return "; ".join(
            escape(f"{entry.change.label}: {entry.change.before} → {entry.change.after}")
            for entry in event.entries[:IN_FEED]
        )

    def item_link(self, event: Any) -> str:
        return event.entries[0].url or reverse("corrections")

    def item_guid(self, event: Any) -> str:
        return f"urn:uuid:{event.first.batch}"

    def item_pubdate(self, event: Any) -> datetime:
        return event.first.made_at  # type: ignore[no-any-return]

    def item_updateddate(self, event: Any) -> datetime:
        return event.first.made_at  # type: ignore[no-any-return]
