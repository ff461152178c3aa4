"""Ways to narrow a list of rows."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest

from reports.facts import inferred
from reports.facts.inferred import Inferred


class UnidentifiedFilter(admin.SimpleListFilter):
    title = "identification"
    parameter_name = "identified"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("no", "Authority not identified"), ("yes", "Identified")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        return queryset.filter(authority__isnull=self.value() == "no")


class InferredFilter(admin.SimpleListFilter):
    """Filters by an inferred slug, alone or within a list of slugs stored as JSON, on any database.

    The slugs are letters and hyphens, so the quoted slug is found in the stored text as it is.
    """

    field: Inferred

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return list(self.field.choices.items())

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        if self.value() is None:
            return queryset
        if not self.field.many:
            return queryset.filter(**{self.field.name: self.value()})
        return queryset.annotate(slugs=Cast(self.field.name, TextField())).filter(
            slugs__contains=f'"{self.value()}"'
        )


def _filter_of(field: Inferred) -> type[InferredFilter]:
    attributes = {"title": f"{field.label.lower()} (inferred)", "field": field}
    return type(
        f"{field.name}_filter", (InferredFilter,), attributes | {"parameter_name": field.name}
    )


INFERRED_FILTERS = [_filter_of(field) for field in inferred.FIELDS if field.choices]
