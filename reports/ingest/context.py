"""Population and deprivation of authorities: facts from outside that likeness can use."""

import csv
from collections.abc import Iterator
from math import isfinite
from pathlib import Path

from django.db import transaction

from reports.models import Authority

COLUMNS = ("gss_code", "population", "deprivation", "source")
MOST_PEOPLE = 10_000_000


class ContextError(ValueError):
    """What is wrong with the table, one line for each fault."""


def load_context(path: Path) -> int:
    """Load the whole table and return how many authorities it sets, or load nothing and raise
    `ContextError`."""
    numbered = _read(path)
    authorities = {one.gss_code: one for one in Authority.objects.all()}
    problems = [
        f"{path}:{number}: {problem}"
        for number, row in numbered
        for problem in _problems(row, authorities)
    ]
    if problems:
        raise ContextError("\n".join(problems))
    changed = []
    for _, row in numbered:
        authority = authorities[row["gss_code"]]
        authority.population = int(row["population"]) if row["population"] else None
        authority.deprivation = float(row["deprivation"]) if row["deprivation"] else None
        authority.context_source = row["source"]
        changed.append(authority)
    with transaction.atomic():
        Authority.objects.bulk_update(changed, ["population", "deprivation", "context_source"])
    return len(changed)


def _read(path: Path) -> list[tuple[int, dict[str, str]]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, strict=True)
            missing = [column for column in COLUMNS if column not in (reader.fieldnames or ())]
            if missing:
                raise ContextError(f"{path}: these columns are missing: {', '.join(missing)}.")
            return [(reader.line_num, row) for row in reader]
    except OSError as error:
        raise ContextError(f"{path}: cannot be read ({error.strerror}).") from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise ContextError(f"{path}: is not a CSV file in UTF-8 ({error}).") from error


def _problems(row: dict[str, str], authorities: dict[str, Authority]) -> Iterator[str]:
    if None in row or None in row.values():
        yield "has more or fewer cells than the heading."
        return
    if row["gss_code"] not in authorities:
        yield f"“{row['gss_code']}” is not the ONS code of an authority."
    people = row["population"]
    if people and not (people.isascii() and people.isdigit() and 0 < int(people) < MOST_PEOPLE):
        yield f"population is “{people}”: write a whole number of people, without commas."
    if row["deprivation"] and not _is_number(row["deprivation"]):
        yield f"deprivation is “{row['deprivation']}”: write a number such as 21.4."
    if len(row["source"]) > 200:
        yield "source is longer than 200 characters: write whose figures these are."


def _is_number(text: str) -> bool:
    try:
        return isfinite(float(text))
    except ValueError:
        return False
