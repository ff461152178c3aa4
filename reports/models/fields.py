"""What the rows have in common: help texts, dates, scores, choices."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from reports.facts import dates, framework
from reports.facts.gazetteer import slugify

EDITABLE = "Your edit survives when the report is read again."
PARSED = "As the parser read it; replaced when the report is read again."
Choices = list[tuple[str, str]]


# Functions, so that a new framework version needs no migration.
def rating_choices() -> Choices:
    return [(band.slug, band.name) for band in framework.RATING_BANDS]


def statement_choices() -> Choices:
    return [(statement.slug, statement.name) for statement in framework.STATEMENTS]


def framework_choices() -> Choices:
    return [(version.slug, version.name) for version in framework.VERSIONS]


def current_framework() -> str:
    return framework.CURRENT.slug


def validate_partial_date(value: str) -> None:
    if not dates.is_partial_date(value):
        raise ValidationError(
            f"“{value}” is not a date: write 2025-02-28, 2025-02 or 2025, or leave it empty."
        )


def partial_date(help_text: str) -> "models.CharField[str, str]":
    """An ISO date cut at the precision known; empty is undated. See `reports.facts.dates`."""
    return models.CharField(
        max_length=10,
        blank=True,
        default=dates.UNDATED,
        validators=[validate_partial_date],
        help_text=help_text,
    )


def created_at() -> "models.DateTimeField[Any, Any]":
    """When the row was first stored. Feeds and lists of new findings are ordered by it."""
    return models.DateTimeField(default=timezone.now, editable=False)


def score_field(help_text: str) -> "models.PositiveSmallIntegerField[Any, Any]":
    return models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(4)],
        help_text=help_text,
    )


class Kind(models.TextChoices):
    """Whether CQC's scores are formal ratings or the indicative ones of the 2023 pilots."""

    FORMAL = "formal", "Formal"
    PILOT = "pilot", "Pilot (indicative scores)"


class NumberField(models.PositiveIntegerField):  # type: ignore[type-arg]  # has none when it runs
    """The number of a finding in its section as readers see it, from 1: at first by its position,
    then as `corrections.renumber` counts."""

    def deconstruct(self) -> Any:
        name, _, args, options = super().deconstruct()
        return name, "django.db.models.PositiveIntegerField", args, options

    def pre_save(self, model_instance: Any, add: bool) -> int:
        number = getattr(model_instance, self.attname) or model_instance.position + 1
        setattr(model_instance, self.attname, number)
        return int(number)


class UntaggedField(models.BooleanField):  # type: ignore[type-arg]  # has none when it runs
    """Whether the instance lacks a topic or an evidence category, set whenever the row is
    written: without it, a query for such rows would scan the whole table."""

    def deconstruct(self) -> Any:
        name, _, args, options = super().deconstruct()
        return name, "django.db.models.BooleanField", args, options

    def pre_save(self, model_instance: Any, add: bool) -> bool:
        untagged = not (model_instance.topics and model_instance.evidence)
        setattr(model_instance, self.attname, untagged)
        return untagged


class HeadingSlugField(models.SlugField):  # type: ignore[type-arg]  # has none when it runs
    """The slug of the instance's heading, made whenever the row is written."""

    def pre_save(self, model_instance: Any, add: bool) -> str:
        slug = slugify(model_instance.heading)[: self.max_length]
        setattr(model_instance, self.attname, slug)
        return slug
