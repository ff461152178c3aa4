"""The record written to a file, and read back into a database made anew from the originals."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction

from reports.corrections.actions import create_finding
from reports.corrections.review import review
from reports.corrections.targets import (
    MODELS,
    Target,
    assign,
    clean,
    encoded,
    find,
    finding_ids,
)
from reports.models import Correction, IndexChange

FORMAT = 1
COLUMNS = (
    "uuid",
    "batch",
    "action",
    "target_kind",
    "target_id",
    "field",
    "before",
    "after",
    "parsed",
    "reason",
    "note",
    "editor",
    "made_at",
    "reverts",
)


class ExchangeError(ValueError):
    """What is wrong with a file of corrections."""


@dataclass(frozen=True, slots=True)
class Imported:
    """How many corrections were made again, and how many were there already."""

    made: int
    known: int


def export_corrections(file: IO[str]) -> int:
    """Write the whole record as JSON, a correction a line; returns how many."""
    count = 0
    file.write(f'{{"format": {FORMAT}, "corrections": [')
    for correction in Correction.objects.values(*COLUMNS).iterator():
        file.write(",\n" if count else "\n")
        file.write(json.dumps(correction, default=_plain, ensure_ascii=False))
        count += 1
    file.write("\n]}\n")
    return count


def import_corrections(file: IO[str]) -> Imported:
    """Make every correction of the file again, in order, keeping who, when and why. All or nothing:
    raises ExchangeError that names the correction at fault."""
    rows = _read(file)
    known = {str(key) for key in Correction.objects.values_list("uuid", flat=True)}
    new = [row for row in rows if row["uuid"] not in known]
    with transaction.atomic():
        for row in new:
            try:
                _replay(row)
            except (ObjectDoesNotExist, ValidationError, LookupError, TypeError) as error:
                raise ExchangeError(
                    f"Correction {row['uuid']} of {row['target_kind']} {row['target_id']} cannot "
                    f"be made here: {error}. Ingest all original documents first, in the order "
                    "in which they were ingested."
                ) from error
    return Imported(made=len(new), known=len(rows) - len(new))


def _read(file: IO[str]) -> list[dict[str, Any]]:
    try:
        data = json.load(file)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ExchangeError(f"The file is not JSON ({error}).") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ExchangeError(f"The file is no export of corrections of format {FORMAT}.")
    for number, row in enumerate(data["corrections"], 1):
        if set(row) != set(COLUMNS) or row["target_kind"] not in MODELS:
            raise ExchangeError(f"Correction number {number} does not have the fields it needs.")
    return list(data["corrections"])


def _replay(row: dict[str, Any]) -> None:
    """Make one correction again. The row of the record is copied as it is: it says what was so when
    the correction was made, which `review` compares with what is so now."""
    if row["field"]:
        target = find(row["target_kind"], row["target_id"])
        _set(target, row["field"], row["after"])
    else:
        target = create_finding(row["target_id"], row["after"])
    Correction.objects.create(**{**row, "made_at": datetime.fromisoformat(row["made_at"])})
    review(target)


def _set(target: Target, field: str, value: Any) -> None:
    if encoded(target, field) == value:
        return
    affected = set(finding_ids(target))
    assign(target, field, value)
    clean(target, [field])
    target.save()
    IndexChange.objects.record(sorted(affected | set(finding_ids(target))))


def _plain(value: UUID | datetime) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
