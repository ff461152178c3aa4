"""What staff see of the rows. Nothing that the parser read can be changed here."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, Model, QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reports import framework
from reports.models import Assessment, Authority, Finding, Problem, Section, SourceDocument
from reports.taxonomy import TOPIC_BY_SLUG

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
class AssessmentAdmin(ReadOnlyAdmin):
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
class SectionAdmin(ReadOnlyAdmin):
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
class FindingAdmin(ReadOnlyAdmin):
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
    list_display = ["name", "authority", "published", "unparsed", "number_of_problems", "ingested_at"]
    list_filter = [UnidentifiedFilter, "problems__code", "decided_by"]
    list_select_related = ["authority"]
    search_fields = ["path", "sha256", "authority__name"]
    exclude = ["spans"]
    inlines = [ProblemInline, SectionInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[SourceDocument]:
        return super().get_queryset(request).annotate(problem_count=Count("problems", distinct=True))

    @admin.display(description="problems", ordering="problem_count")
    def number_of_problems(self, document: Any) -> int:
        return int(document.problem_count)


def link_to(row: Any) -> SafeString:
    return format_html('<a href="{}">View</a>', row.get_absolute_url())
