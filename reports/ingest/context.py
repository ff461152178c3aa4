"""Loads the population and deprivation of authorities, by which similar authorities are found."""

from collections.abc import Iterator
from math import isfinite
from pathlib import Path

from django.db import transaction

from reports.ingest.operator_tables import CsvRow, read_rows
from reports.models import Authority

COLUMNS = ("gss_code", "population", "deprivation", "source")
MOST_PEOPLE = 10_000_000


def load_context(path: Path) -> int:
    """Load the whole table and return the number of authorities in it, or load nothing and raise
    `TableError`."""
    authorities = {one.gss_code: one for one in Authority.objects.all()}
    changed = []
    for row in read_rows(path, COLUMNS, lambda row: _problems(row, authorities)):
        authority = authorities[row["gss_code"]]
        authority.population = int(row["population"]) if row["population"] else None
        authority.deprivation = float(row["deprivation"]) if row["deprivation"] else None
        authority.context_source = row["source"]
        changed.append(authority)
    with transaction.atomic():
        Authority.objects.bulk_update(changed, ["population", "deprivation", "context_source"])
    return len(changed)


def _problems(row: CsvRow, authorities: dict[str, Authority]) -> Iterator[str]:
    if row["gss_code"] not in authorities:
        yield f"“{row['gss_code']}” is not the ONS code of an authority."
    people = row["population"]
    if people and not (people.isascii() and people.isdigit() and 0 < int(people) < MOST_PEOPLE):
        yield f"population is “{people}”: write a whole number of people, without commas."
    if row["deprivation"] and not _is_number(row["deprivation"]):
        yield f"deprivation is “{row['deprivation']}”: write a number such as 21.4."
    if len(row["source"]) > 200:
        yield "source is longer than 200 characters: write who published the figures."


def _is_number(text: str) -> bool:
    try:
        return isfinite(float(text))
    except ValueError:
        return False
