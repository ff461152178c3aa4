"""Loads the table of published scores: outcomes of assessments whose report may not have been
read."""

from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any

from django.db import transaction

from reports.corrections import find_or_create_assessment, settle
from reports.facts.dates import is_partial_date
from reports.facts.framework import RATING_BANDS, STATEMENTS
from reports.ingest.operator_tables import CsvRow, read_rows
from reports.ingest.results import IngestStatus
from reports.models import Authority, Kind, PublishedOutcome

COLUMNS = (
    "authority_gss_code",
    "published",
    "overall_rating",
    "overall_percent",
    *(statement.code for statement in STATEMENTS),
    "status",
    "source_url",
)
RATINGS = {band.name: band.slug for band in RATING_BANDS}
ALLOWED: dict[str, Collection[str]] = {
    "overall_rating": ("", *RATINGS),
    "overall_percent": ("", *map(str, range(25, 101))),
    "status": Kind.values,
    **{statement.code: ("", "1", "2", "3", "4") for statement in STATEMENTS},
}


def load_published_scores(path: Path) -> list[IngestStatus]:
    """Load the whole table and return what became of each row, or load nothing and raise
    `TableError`, which names every line that is wrong."""
    authorities = {authority.gss_code: authority for authority in Authority.objects.all()}
    rows = read_rows(path, COLUMNS, lambda row: _problems(row, authorities))
    with transaction.atomic():
        return [
            load_outcome(
                authorities[row["authority_gss_code"]],
                row["published"],
                row["status"],
                rating=RATINGS.get(row["overall_rating"], ""),
                percent=int(row["overall_percent"]) if row["overall_percent"] else None,
                scores={each.slug: int(row[each.code]) for each in STATEMENTS if row[each.code]},
                sources=list(filter(None, row["source_url"].split(";"))),
            )
            for row in rows
        ]


def _problems(row: CsvRow, authorities: Collection[str]) -> Iterator[str]:
    if row["authority_gss_code"] not in authorities:
        yield f"“{row['authority_gss_code']}” is not the ONS code of an authority."
    if not is_partial_date(row["published"]):
        yield f"“{row['published']}” is not a date: write 2025-02-28, 2025-02 or 2025."
    for column, allowed in ALLOWED.items():
        if row[column] not in allowed:
            yield f"{column} is “{row[column]}”: write {_choice(allowed)}."


def _choice(allowed: Collection[str]) -> str:
    values = [value or "nothing" for value in allowed]
    few = values if len(values) < 10 else [*values[:2], "…", values[-1]]
    return " or ".join([", ".join(few[:-1]), few[-1]])


def load_outcome(authority: Authority, published: str, kind: str, **values: Any) -> IngestStatus:
    """Store the outcome of the assessment of this (partial) date and kind, update what follows from
    it, and return what that did. `values` are the rating, percent, scores and sources of
    `PublishedOutcome`."""
    assessment = find_or_create_assessment(authority, published, kind)
    outcome = PublishedOutcome.objects.filter(assessment=assessment, document=None).first()
    if outcome and all(getattr(outcome, field) == value for field, value in values.items()):
        return IngestStatus.UNCHANGED
    PublishedOutcome.objects.update_or_create(assessment=assessment, document=None, defaults=values)
    settle(assessment)
    return IngestStatus.UPDATED if outcome else IngestStatus.CREATED
