"""Loads the table of published scores: outcomes of assessments whose report may not have been
read."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

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


@dataclass(frozen=True, slots=True)
class ScoresRow:
    """One outcome. `scores` are by quality statement; `published` is a partial date."""

    gss_code: str
    published: str
    kind: str
    rating: str
    percent: int | None
    scores: dict[str, int]
    sources: tuple[str, ...]


def load_published_scores(path: Path) -> list[IngestStatus]:
    """Load the whole table and return the outcome of each row, or load nothing and raise
    `TableError`."""
    rows = read_table(path)
    with transaction.atomic():
        return [load_row(row) for row in rows]


def read_table(path: Path) -> list[ScoresRow]:
    """The rows of a table of published scores; `TableError` names every line that is wrong."""
    codes = set(Authority.objects.values_list("gss_code", flat=True))
    return [_row(row) for row in read_rows(path, COLUMNS, lambda row: _problems(row, codes))]


def _problems(row: CsvRow, codes: set[str]) -> Iterator[str]:
    if row["authority_gss_code"] not in codes:
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


def _row(row: CsvRow) -> ScoresRow:
    return ScoresRow(
        gss_code=row["authority_gss_code"],
        published=row["published"],
        kind=row["status"],
        rating=RATINGS.get(row["overall_rating"], ""),
        percent=int(row["overall_percent"]) if row["overall_percent"] else None,
        scores={
            statement.slug: int(row[statement.code])
            for statement in STATEMENTS
            if row[statement.code]
        },
        sources=tuple(filter(None, row["source_url"].split(";"))),
    )


def load_row(row: ScoresRow) -> IngestStatus:
    """Store one outcome, update what follows from it, and return what that did."""
    authority = Authority.objects.get(gss_code=row.gss_code)
    assessment = find_or_create_assessment(authority, row.published, row.kind)
    values = {
        "rating": row.rating,
        "percent": row.percent,
        "scores": row.scores,
        "sources": list(row.sources),
    }
    outcome = PublishedOutcome.objects.filter(assessment=assessment, document=None).first()
    if outcome and all(getattr(outcome, field) == value for field, value in values.items()):
        return IngestStatus.UNCHANGED
    PublishedOutcome.objects.update_or_create(assessment=assessment, document=None, defaults=values)
    settle(assessment)
    return IngestStatus.UPDATED if outcome else IngestStatus.CREATED
