"""Saving a correction, and what follows from it: other rows settle, and the search hears of it."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from reports import search
from reports.corrections import Why, change, identify
from reports.corrections.targets import Target, encoded
from reports.ingest.settle import settle
from reports.models import Assessment, Authority, Finding, Section


def save(row: Target, values: Mapping[str, Any], why: Why, *, expected: Mapping[str, Any]) -> None:
    """Set fields of a row to values as the record of corrections has them, all or none.

    Raises StaleEditError where `expected` is not what the row holds any more, and ValidationError
    for values that it cannot have.
    """
    with transaction.atomic():
        if isinstance(row, Assessment):
            _save_assessment(row, dict(values), why, expected)
        else:
            change(row, values, why, expected=expected)
        follow_up([row])


def follow_up(rows: Iterable[Target]) -> None:
    """Let what follows from scores, ratings and dates be what it is now. The search hears of it
    when the transaction is over."""
    assessments: dict[int, None] = {}
    for row in rows:
        if isinstance(row, Section):
            assessments[row.assessment_id] = None
        elif isinstance(row, Assessment):
            assessments[row.pk] = None
    with transaction.atomic():
        for assessment in Assessment.objects.filter(pk__in=assessments):
            settle(assessment)
        transaction.on_commit(search.index_latest)


def change_all(changes: Iterable[tuple[Finding, Mapping[str, Any]]], why: Why) -> None:
    """Change several findings, all or none. Raises StaleEditError where one of the values to change
    is not what its row, as it was loaded, says."""
    with transaction.atomic():
        for row, values in changes:
            change(row, values, why, expected={name: encoded(row, name) for name in values})
        follow_up([])


def _save_assessment(
    row: Assessment, values: dict[str, Any], why: Why, expected: Mapping[str, Any]
) -> None:
    """The date and the kind first: by them the sections find the assessment they belong to."""
    slug = values.pop("authority", encoded(row, "authority"))
    change(row, values, why, expected=expected)
    now = Assessment.objects.get(pk=row.pk)
    if slug is None or slug == encoded(now, "authority"):
        change(now, {"authority": slug}, why)
    else:
        follow_up([identify(now, Authority.objects.get(slug=slug), why)])
