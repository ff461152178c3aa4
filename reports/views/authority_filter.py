"""What the list of authorities can be narrowed by."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from reports.facts import framework
from reports.models import Assessment, Authority, AuthorityQuerySet, Finding, Section

SCORE_CHOICES = [
    (score, f"{score} – {description}")
    for score, description in framework.SCORE_DESCRIPTIONS.items()
]


class ScoreFilter(django_filters.ChoiceFilter):
    """Authorities whose current assessment has a score on one quality statement."""

    def __init__(self, statement: framework.Statement) -> None:
        super().__init__(
            label=statement.name, choices=SCORE_CHOICES, empty_label="Any", field_name="pk"
        )
        self.statement = statement

    def filter(self, qs: QuerySet[Authority], value: str) -> QuerySet[Authority]:
        if not value:
            return qs
        return qs.filter(
            Exists(
                Section.objects.current().filter(
                    assessment__in=Assessment.objects.current(),
                    assessment__authority=OuterRef("pk"),
                    statement=self.statement.slug,
                    score=value,
                )
            )
        )


class AuthorityFilter(django_filters.FilterSet):
    name = django_filters.CharFilter(label="Name", method="filter_name")
    region = django_filters.ChoiceFilter(
        choices=[(region.slug, region.name) for region in framework.REGIONS], empty_label="Any"
    )
    kind = django_filters.ChoiceFilter(
        label="Kind of authority",
        choices=[(kind.slug, kind.name) for kind in framework.AUTHORITY_KINDS],
        empty_label="Any",
    )
    rating = django_filters.ChoiceFilter(
        label="Overall rating",
        choices=[(band.slug, band.name) for band in framework.RATING_BANDS],
        empty_label="Any",
        method="filter_rating",
    )
    findings = django_filters.BooleanFilter(
        label="Only authorities with findings to read",
        method="filter_findings",
        widget=forms.CheckboxInput,
    )

    class Meta:
        model = Authority
        fields: list[str] = []

    @classmethod
    def get_filters(cls) -> dict[str, Any]:
        scores = {statement.slug: ScoreFilter(statement) for statement in framework.STATEMENTS}
        return {**super().get_filters(), **scores}

    def filter_name(
        self, authorities: QuerySet[Authority], name: str, value: str
    ) -> QuerySet[Authority]:
        return authorities.filter(Q(name__icontains=value) | Q(official_name__icontains=value))

    def filter_rating(
        self, authorities: QuerySet[Authority], name: str, value: str
    ) -> QuerySet[Authority]:
        rated = Assessment.objects.current().filter(authority=OuterRef("pk"), rating=value)
        return authorities.filter(Exists(rated))

    def filter_findings(
        self, authorities: AuthorityQuerySet, name: str, value: bool
    ) -> AuthorityQuerySet:
        if not value:
            return authorities
        return authorities.filter(pk__in=Finding.objects.published().authorities())

    @property
    def score_fields(self) -> list[forms.BoundField]:
        return [self.form[statement.slug] for statement in framework.STATEMENTS]

    @property
    def score_filters_used(self) -> bool:
        return any(self.data.get(statement.slug) for statement in framework.STATEMENTS)
