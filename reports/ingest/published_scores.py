"""The table of published scores: outcomes known before, or without, a report's text."""

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from reports.dates import is_partial_date
from reports.framework import RATING_BANDS, STATEMENTS
from reports.ingest.assessments import find_or_create_assessment
from reports.ingest.outcomes import Status
from reports.ingest.settle import settle
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


class TableError(ValueError):
    """What is wrong with the table, a line each."""


@dataclass(frozen=True, slots=True)
class Row:
    """One outcome. `scores` are by quality statement; `published` is a partial date."""

    gss_code: str
    published: str
    kind: str
    rating: str
    percent: int | None
    scores: dict[str, int]
    sources: tuple[str, ...]


def load_published_scores(path: Path) -> list[Status]:
    """Load the whole table, or nothing and raise `TableError`. Says what each row did."""
    rows = read_table(path)
    with transaction.atomic():
        return [_load(row) for row in rows]


def read_table(path: Path) -> list[Row]:
    """The rows of a table of published scores; `TableError` names every line that is wrong."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
            if missing:
                raise TableError(f"{path}: these columns are missing: {', '.join(missing)}.")
            numbered = [(reader.line_num, row) for row in reader]
    except OSError as error:
        raise TableError(f"{path}: cannot be read ({error.strerror}).") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise TableError(f"{path}: is not a CSV file in UTF-8 ({error}).") from error
    codes = set(Authority.objects.values_list("gss_code", flat=True))
    problems = [
        f"{path}:{number}: {problem}"
        for number, row in numbered
        for problem in _problems(row, codes)
    ]
    if problems:
        raise TableError("\n".join(problems))
    return [_row(row) for _, row in numbered]


def _problems(row: dict[str, str], codes: set[str]) -> Iterator[str]:
    if None in row or None in row.values():
        yield "has more or fewer cells than the heading."
        return
    if row["authority_gss_code"] not in codes:
        yield f"“{row['authority_gss_code']}” is no authority's ONS code."
    if not is_partial_date(row["published"]):
        yield f"“{row['published']}” is no date: write 2025-02-28, 2025-02 or 2025."
    if row["overall_rating"] not in {"", *RATINGS}:
        yield f"“{row['overall_rating']}” is no rating: write one of {', '.join(RATINGS)}."
    if row["overall_percent"] not in {"", *map(str, range(25, 101))}:
        yield f"“{row['overall_percent']}” is no percentage from 25 to 100."
    if row["status"] not in Kind.values:
        yield f"“{row['status']}” is no status: write {' or '.join(Kind.values)}."
    for statement in STATEMENTS:
        if row[statement.code] not in {"", "1", "2", "3", "4"}:
            yield f"{statement.code} is “{row[statement.code]}”: write 1 to 4, or leave it empty."


def _row(row: dict[str, str]) -> Row:
    return Row(
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


def _load(row: Row) -> Status:
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
        return Status.UNCHANGED
    PublishedOutcome.objects.update_or_create(
        assessment=assessment, document=None, defaults=values
    )
    settle(assessment)
    return Status.UPDATED if outcome else Status.CREATED
