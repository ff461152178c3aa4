"""The filters of the list of authorities. An authority matches a filter if it has any of the values
chosen. A filter by a statement's score also takes “3-or-more”."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet

from reports.facts import framework
from reports.models import Assessment, Authority, AuthorityQuerySet, Finding, Section

OR_MORE = "3-or-more"
SCORES = tuple(framework.SCORE_DESCRIPTIONS)
SCORE_CHOICES = [*((str(score), str(score)) for score in SCORES), (OR_MORE, "3 or more")]


@dataclass(frozen=True, slots=True)
class FilterChip:
    facet: str
    value: str
    query_string: str


class Several(django_filters.MultipleChoiceFilter):
    """A filter shown as checkboxes."""

    def __init__(self, choices: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        choices = list(choices)
        allowed = ", ".join(value for value, _ in choices)
        super().__init__(
            choices=choices,
            widget=forms.CheckboxSelectMultiple,
            error_messages={"invalid_choice": f"“%(value)s” is not known: use {allowed}."},
            **kwargs,
        )


class ScoreFilter(Several):
    """Authorities whose current assessment has one of the scores on one quality statement."""

    def __init__(self, statement: framework.Statement) -> None:
        super().__init__(SCORE_CHOICES, label=statement.name, field_name="pk")
        self.statement = statement

    def filter(self, qs: QuerySet[Authority], value: Sequence[str]) -> QuerySet[Authority]:
        if not value:
            return qs
        return qs.filter(
            Exists(
                Section.objects.current().filter(
                    assessment__in=Assessment.objects.current(),
                    assessment__authority=OuterRef("pk"),
                    statement=self.statement.slug,
                    score__in=_scores(value),
                )
            )
        )


class AuthorityFilter(django_filters.FilterSet):
    name = django_filters.CharFilter(label="Name", method="filter_name")
    region = Several([(region.slug, region.name) for region in framework.REGIONS], label="Region")
    kind = Several(
        [(kind.slug, kind.name) for kind in framework.AUTHORITY_KINDS], label="Kind of authority"
    )
    rating = Several(
        [(band.slug, band.name) for band in framework.RATING_BANDS],
        label="Overall rating",
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
        self, authorities: QuerySet[Authority], name: str, values: Sequence[str]
    ) -> QuerySet[Authority]:
        if not values:
            return authorities
        rated = Assessment.objects.current().filter(authority=OuterRef("pk"), rating__in=values)
        return authorities.filter(Exists(rated))

    def filter_findings(
        self, authorities: AuthorityQuerySet, name: str, value: bool
    ) -> AuthorityQuerySet:
        if not value:
            return authorities
        return authorities.filter(pk__in=Finding.objects.published().authorities())

    @property
    def problems(self) -> list[str]:
        """One sentence for each value that is not known."""
        return [
            f"{self.form.fields[name].label}: {message}"
            for name, messages in self.form.errors.items()
            for message in messages
        ]

    @property
    def place_fields(self) -> list[forms.BoundField]:
        return [self.form[name] for name in ("rating", "region", "kind")]

    @property
    def score_fields(self) -> list[forms.BoundField]:
        return [self.form[statement.slug] for statement in framework.STATEMENTS]

    @property
    def chips(self) -> list[FilterChip]:
        """The filters in use, in words, each with the address of the list without it."""
        return [
            FilterChip(str(field.label), _in_words(field, value), self._without(field.name, value))
            for field in self.form
            for value in (
                self.data.getlist(field.name) if field.name not in self.form.errors else ()
            )
            if value
        ]

    def _without(self, name: str, value: str) -> str:
        params = self.data.copy()
        params.setlist(name, [kept for kept in params.getlist(name) if kept != value])
        return str(params.urlencode())


def _in_words(field: forms.BoundField, value: str) -> str:
    if isinstance(field.field, forms.NullBooleanField):
        return "yes"
    return str(dict(getattr(field.field, "choices", ())).get(value, value))


def _scores(values: Sequence[str]) -> set[int]:
    least = {score for score in SCORES if OR_MORE in values and score >= 3}
    return least.union(int(value) for value in values if value != OR_MORE)
