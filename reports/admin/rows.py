"""The rows that are read from reports, and what was said of them."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError

from reports.admin.base import (
    CorrectingAdmin,
    CorrectionModelForm,
    ReadOnlyAdmin,
    ReadOnlyInline,
    number_of,
)
from reports.admin.filters import INFERRED_FILTERS, UnidentifiedFilter
from reports.display.form_fields import asks_for
from reports.facts import inferred
from reports.models import (
    Assessment,
    Authority,
    Correction,
    Dismissal,
    Finding,
    Problem,
    ReaderReport,
    Section,
    SourceDocument,
)


@asks_for(*inferred.FIELDS)
class FindingModelForm(CorrectionModelForm):
    status = forms.ChoiceField(choices=Finding.Status.choices)

    def clean_status(self) -> str:
        """Joining says with which finding, and withdrawal follows from the document: both are for
        the desk."""
        status = self.cleaned_data["status"]
        before = self.instance.status
        for made_elsewhere in (Finding.Status.JOINED, Finding.Status.WITHDRAWN):
            if status != before and made_elsewhere in (status, before):
                raise ValidationError(
                    "Join findings, withdraw documents, and undo both at the corrections desk."
                )
        return str(status)


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
    list_display = ["name", "kind", "region", "gss_code", number_of("assessments"), "on_site"]
    list_filter = ["region", "kind"]
    search_fields = ["name", "official_name", "gss_code", "aliases"]
    inlines = [AssessmentInline]
    counts = {"assessments": (Assessment, "authority")}


@admin.register(Assessment)
class AssessmentAdmin(CorrectingAdmin):
    form = CorrectionModelForm
    correctable = ("authority", "published", "kind", "status", "rating", "percent")
    list_display = ["authority_name", "display_date", "kind", number_of("sections")]
    list_display_links = ["authority_name"]
    list_filter = [UnidentifiedFilter, "kind", "authority__region"]
    list_select_related = ["authority"]
    search_fields = ["authority__name", "authority__official_name", "published"]
    inlines = [SectionInline]
    counts = {"sections": (Section, "assessment")}


@admin.register(Section)
class SectionAdmin(CorrectingAdmin):
    form = CorrectionModelForm
    correctable = ("statement", "score")
    list_display = ["name", "authority", "score", "published", number_of("findings"), "on_site"]
    list_filter = ["score", "statement", "assessment__kind"]
    list_select_related = ["assessment__authority", "document"]
    search_fields = ["assessment__authority__name", "document__path", "public_id"]
    inlines = [FindingInline]
    counts = {"findings": (Finding, "section")}

    @admin.display(ordering="assessment__authority__name")
    def authority(self, section: Section) -> str:
        return section.assessment.authority_name

    @admin.display(ordering="assessment__published")
    def published(self, section: Section) -> str:
        return section.assessment.display_date


@admin.register(Finding)
class FindingAdmin(CorrectingAdmin):
    form = FindingModelForm
    correctable = ("text", "heading", *inferred.NAMES, "status")
    list_display = ["__str__", "authority", "statement", "score", "heading", "on_site"]
    list_filter = [
        "section__score",
        "section__statement",
        *INFERRED_FILTERS,
        "section__assessment__authority__region",
    ]
    list_select_related = ["section__assessment__authority"]
    search_fields = ["heading", "public_id", "section__assessment__authority__name"]
    search_help_text = "For words of the text use the search of the site."
    ordering = ["-pk"]

    @admin.display(ordering="section__assessment__authority__name")
    def authority(self, finding: Finding) -> str:
        return finding.section.assessment.authority_name

    @admin.display(description="quality statement", ordering="section__statement")
    def statement(self, finding: Finding) -> str:
        return finding.section.name

    @admin.display(ordering="section__score")
    def score(self, finding: Finding) -> int | None:
        return finding.section.score


@admin.register(SourceDocument)
class SourceDocumentAdmin(ReadOnlyAdmin):
    list_display = [
        "name",
        "authority",
        "published",
        "unparsed",
        number_of("problems"),
        "ingested_at",
    ]
    list_filter = [UnidentifiedFilter, "problems__code", "decided_by"]
    list_select_related = ["authority"]
    search_fields = ["path", "sha256", "authority__name"]
    exclude = ["spans"]
    inlines = [ProblemInline, SectionInline]
    counts = {"problems": (Problem, "document")}


@admin.register(Correction)
class CorrectionAdmin(ReadOnlyAdmin):
    list_display = ["made_at", "editor", "action", "target_kind", "target_id", "field", "reason"]
    list_filter = ["action", "reason", "target_kind", "field", "editor"]
    search_fields = ["target_id", "note"]


@admin.register(Dismissal)
class DismissalAdmin(ReadOnlyAdmin):
    list_display = ["made_at", "editor", "reason", "target", "__str__"]
    list_filter = ["reason", "editor"]
    search_fields = ["target", "seen", "note"]


@admin.register(ReaderReport)
class ReaderReportAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "status", "created_at", "answered_by"]
    list_filter = ["status"]
    search_fields = ["message", "answer"]
