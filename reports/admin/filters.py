"""Ways to narrow a list of rows."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest

from reports.facts import framework
from reports.facts.taxonomy import TOPIC_BY_SLUG


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
