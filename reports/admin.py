"""What staff see of the rows. What can be corrected is corrected here too, through the one record
of corrections; nothing can be added or deleted."""

import json
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db.models import Count, Model, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reports import framework, roles
from reports.corrections import StaleEditError, Why
from reports.corrections.targets import FIELDS, encoded, kind_of
from reports.forms import SlugsField, evidence_field, topics_field
from reports.models import (
    Assessment,
    Authority,
    Correction,
    Finding,
    Problem,
    ReaderReport,
    Section,
    SourceDocument,
)
from reports.saving import save
from reports.taxonomy import TOPIC_BY_SLUG

CHANGED_MEANWHILE = "Somebody else has changed this since you opened the page."

admin.site.site_header = "Adult social care assessments"
admin.site.site_title = "Adult social care assessments"
admin.site.index_title = "Records"


class ReadOnlyAdmin(admin.ModelAdmin):
    """Shows every field and changes none, so that no edit can be made that could be lost."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class CorrectionModelForm(forms.ModelForm):
    """A row's correctable fields, why they are corrected, and what the editor saw of them."""

    reason = forms.ChoiceField(
        choices=Correction.Reason.choices, initial=Correction.Reason.PARSING, required=False
    )
    note = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="Readers do not see it."
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        names = [name for name in FIELDS[kind_of(self.instance)] if name in self.fields]
        self.before = {name: encoded(self.instance, name) for name in names}
        self.initial["seen"] = json.dumps(self.before)
        if self.is_bound and self.add_prefix("seen") not in self.data:
            self.data = self._completed(self.data)
        for name, field in self.fields.items():
            if isinstance(field, SlugsField):
                field.add(self.before[name])

    def _completed(self, data: Any) -> Any:
        """What a program sends, which names only what it changes, as a browser would send it."""
        completed = data.copy()
        completed["seen"] = self.initial["seen"]
        for name in self.before:
            if name not in data:
                value = self.initial[name]
                completed.setlist(name, value if isinstance(value, list) else [value])
        return completed

    def clean_reason(self) -> str:
        return self.cleaned_data["reason"] or str(Correction.Reason.PARSING)

    def clean(self) -> dict[str, Any]:
        """Refuse what somebody else has changed since the page was opened."""
        cleaned = super().clean() or self.cleaned_data
        try:
            seen = dict(json.loads(cleaned.get("seen", "")))
        except (json.JSONDecodeError, TypeError, ValueError):
            seen = {}
        for name, value in self.before.items():
            if seen.get(name) != value:
                self.add_error(name, f"{CHANGED_MEANWHILE} It is now: {value}")
        return cleaned

    def values(self) -> dict[str, Any]:
        """What the editor wants, as the record of corrections has it. The order of slugs is not an
        edit."""
        wanted = {name: encoded(self.instance, name) for name in self.before}
        return {
            name: self.before[name]
            if isinstance(value, list) and set(value) == set(self.before[name])
            else value
            for name, value in wanted.items()
        }


class FindingModelForm(CorrectionModelForm):
    topics = topics_field()
    evidence = evidence_field()
    status = forms.ChoiceField(choices=Finding.Status.choices)

    def clean_status(self) -> str:
        """Joining says with which; that is for the desk."""
        status = self.cleaned_data["status"]
        if "joined" in (status, self.instance.status) and status != self.instance.status:
            raise ValidationError("Join findings, or undo that, at the corrections desk.")
        return str(status)


class CorrectingAdmin(ReadOnlyAdmin):
    """The fields in `correctable` can be changed by whoever may correct."""

    correctable: tuple[str, ...]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.has_perm(roles.CORRECT)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        shown = [
            field.name
            for field in self.model._meta.fields
            if not field.primary_key and field.name not in self.correctable
        ]
        if not self.has_change_permission(request, obj):
            return [*self.correctable, *shown]
        return [*self.correctable, "reason", "note", "seen", *shown]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [
            field.name for field in self.model._meta.fields if field.name not in self.correctable
        ]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Raises StaleEditError if somebody was quicker by the blink of an eye."""
        why = Why(
            editor=request.user.get_username(),
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
        )
        save(self.model._default_manager.get(pk=obj.pk), form.values(), why, expected=form.before)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """The record of corrections is the one history."""

    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        try:
            return super().changeform_view(request, *args, **options)
        except StaleEditError as error:
            messages.error(request, str(error))
            return redirect(request.get_full_path())


class ReadOnlyInline(admin.TabularInline):
    extra = 0
    can_delete = False
    show_change_link = True

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class UnidentifiedFilter(admin.SimpleListFilter):
    title = "identification"
    parameter_name = "identified"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "Authority not identified"), ("yes", "Identified")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        return queryset.filter(authority__isnull=self.value() == "no")


class JSONListFilter(admin.SimpleListFilter):
    """Filters by a slug within a list of slugs stored as JSON, on any database.

    The slugs are letters and hyphens, so the quoted slug is found in the stored text as it is.
    """

    field: str
    options: dict[str, str]

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(self.options.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        return queryset.annotate(slugs=Cast(self.field, TextField())).filter(
            slugs__contains=f'"{self.value()}"'
        )


class TopicFilter(JSONListFilter):
    title = "topic (inferred)"
    parameter_name = field = "topics"
    options = {slug: topic.name for slug, topic in TOPIC_BY_SLUG.items()}


class EvidenceFilter(JSONListFilter):
    title = "evidence category (inferred)"
    parameter_name = field = "evidence"
    options = {category.slug: category.name for category in framework.EVIDENCE_CATEGORIES}


class AssessmentInline(ReadOnlyInline):
    model = Assessment
    fields = ["published", "kind"]


class SectionInline(ReadOnlyInline):
    model = Section
    fields = ["statement", "score", "document"]


class FindingInline(ReadOnlyInline):
    model = Finding
    fields = ["position", "heading", "text"]


class ProblemInline(ReadOnlyInline):
    model = Problem
    fields = ["line", "code", "message"]
    show_change_link = False


@admin.register(Authority)
class AuthorityAdmin(ReadOnlyAdmin):
    list_display = ["name", "kind", "region", "gss_code", "number_of_assessments", "on_site"]
    list_filter = ["region", "kind"]
    search_fields = ["name", "official_name", "gss_code", "aliases"]
    inlines = [AssessmentInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Authority]:
        return super().get_queryset(request).annotate(assessment_count=Count("assessments"))

    @admin.display(description="assessments", ordering="assessment_count")
    def number_of_assessments(self, authority: Any) -> int:
        return int(authority.assessment_count)

    @admin.display(description="on the site")
    def on_site(self, authority: Authority) -> SafeString:
        return link_to(authority)


@admin.register(Assessment)
class AssessmentAdmin(CorrectingAdmin):
    form = CorrectionModelForm
    correctable = ("authority", "published", "kind", "status", "rating")
    list_display = ["authority_name", "display_date", "kind", "number_of_sections"]
    list_display_links = ["authority_name"]
    list_filter = [UnidentifiedFilter, "kind", "authority__region"]
    list_select_related = ["authority"]
    search_fields = ["authority__name", "authority__official_name", "published"]
    inlines = [SectionInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Assessment]:
        return super().get_queryset(request).annotate(section_count=Count("sections"))

    @admin.display(description="sections", ordering="section_count")
    def number_of_sections(self, assessment: Any) -> int:
        return int(assessment.section_count)


@admin.register(Section)
class SectionAdmin(CorrectingAdmin):
    form = CorrectionModelForm
    correctable = ("statement", "score")
    list_display = ["name", "authority", "score", "published", "number_of_findings", "on_site"]
    list_filter = ["score", "statement", "assessment__kind"]
    list_select_related = ["assessment__authority", "document"]
    search_fields = ["assessment__authority__name", "findings__text", "document__path"]
    inlines = [FindingInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Section]:
        return super().get_queryset(request).annotate(finding_count=Count("findings"))

    @admin.display(ordering="assessment__authority__name")
    def authority(self, section: Section) -> str:
        return section.assessment.authority_name

    @admin.display(ordering="assessment__published")
    def published(self, section: Section) -> str:
        return section.assessment.display_date

    @admin.display(description="findings", ordering="finding_count")
    def number_of_findings(self, section: Any) -> int:
        return int(section.finding_count)

    @admin.display(description="on the site")
    def on_site(self, section: Section) -> SafeString:
        return link_to(section)


@admin.register(Finding)
class FindingAdmin(CorrectingAdmin):
    form = FindingModelForm
    correctable = ("text", "heading", "topics", "evidence", "status")
    list_display = ["__str__", "authority", "statement", "score", "heading", "on_site"]
    list_filter = [
        "section__score",
        "section__statement",
        TopicFilter,
        EvidenceFilter,
        "section__assessment__authority__region",
    ]
    list_select_related = ["section__assessment__authority"]
    search_fields = ["text", "heading", "public_id", "section__assessment__authority__name"]

    @admin.display(ordering="section__assessment__authority__name")
    def authority(self, finding: Finding) -> str:
        return finding.section.assessment.authority_name

    @admin.display(description="quality statement", ordering="section__statement")
    def statement(self, finding: Finding) -> str:
        return finding.section.name

    @admin.display(ordering="section__score")
    def score(self, finding: Finding) -> int | None:
        return finding.section.score

    @admin.display(description="on the site")
    def on_site(self, finding: Finding) -> SafeString:
        return link_to(finding)


@admin.register(SourceDocument)
class SourceDocumentAdmin(ReadOnlyAdmin):
    list_display = [
        "name",
        "authority",
        "published",
        "unparsed",
        "number_of_problems",
        "ingested_at",
    ]
    list_filter = [UnidentifiedFilter, "problems__code", "decided_by"]
    list_select_related = ["authority"]
    search_fields = ["path", "sha256", "authority__name"]
    exclude = ["spans"]
    inlines = [ProblemInline, SectionInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[SourceDocument]:
        return (
            super().get_queryset(request).annotate(problem_count=Count("problems", distinct=True))
        )

    @admin.display(description="problems", ordering="problem_count")
    def number_of_problems(self, document: Any) -> int:
        return int(document.problem_count)


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ["made_at", "editor", "action", "target_kind", "target_id", "field", "reason"]
    list_filter = ["action", "reason", "target_kind", "field", "editor"]
    search_fields = ["target_id", "note"]


@admin.register(ReaderReport)
class ReaderReportAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "status", "created_at", "answered_by"]
    list_filter = ["status"]
    search_fields = ["message", "answer"]


def link_to(row: Any) -> SafeString:
    return format_html('<a href="{}">View</a>', row.get_absolute_url())


admin.site.unregister(User)


@admin.register(User)
class AccountAdmin(UserAdmin):
    """Accounts, kept by admins: who is no superuser makes none, and changes none."""

    def get_readonly_fields(self, request: HttpRequest, obj: Model | None = None) -> Any:
        fields = super().get_readonly_fields(request, obj)
        if request.user.is_superuser:
            return fields
        return [*fields, "is_superuser", "user_permissions"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and _may_touch(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and _may_touch(request, obj)


def _may_touch(request: HttpRequest, account: Any) -> bool:
    return request.user.is_superuser or account is None or not account.is_superuser
