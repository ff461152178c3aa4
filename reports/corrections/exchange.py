"""What people added, written to a file and read back into a database rebuilt from the originals:
the record of corrections, what editors marked as correct, and readers' reports."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import QuerySet

from reports.corrections.correcting import correcting
from reports.corrections.targets import MODELS
from reports.models import Correction, Dismissal, Finding, ReaderReport

FORMAT = 1
INGEST_FIRST = "Ingest all original documents first, in the order in which they were ingested."
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
DISMISSAL_COLUMNS = ("reason", "target", "seen", "note", "editor", "made_at")
REPORT_COLUMNS = (
    "finding__public_id",
    "words",
    "message",
    "status",
    "answer",
    "answered_by",
    "created_at",
    "answered_at",
)
COLUMNS_OF = {
    "corrections": COLUMNS,
    "dismissals": DISMISSAL_COLUMNS,
    "reader_reports": REPORT_COLUMNS,
}
UNREADABLE = (ObjectDoesNotExist, ValidationError, LookupError, TypeError, ValueError)


class ExchangeError(ValueError):
    """What is wrong with a file of corrections."""


@dataclass(frozen=True, slots=True)
class Exported:
    """How much was written."""

    corrections: int
    dismissals: int
    reader_reports: int


@dataclass(frozen=True, slots=True)
class Imported:
    """How many corrections were made again, and how many were there already; how many of the other
    rows are new here."""

    made: int
    known: int
    dismissals: int
    reader_reports: int


def export_corrections(file: IO[str]) -> Exported:
    """Write everything as JSON, a row a line."""
    file.write(f'{{"format": {FORMAT}')
    exported = Exported(
        _write_rows(file, "corrections", Correction.objects.values(*COLUMNS)),
        _write_rows(
            file, "dismissals", Dismissal.objects.order_by("pk").values(*DISMISSAL_COLUMNS)
        ),
        _write_rows(file, "reader_reports", ReaderReport.objects.values(*REPORT_COLUMNS)),
    )
    file.write("}\n")
    return exported


def import_corrections(file: IO[str]) -> Imported:
    """Make every correction of the file again, in order, keeping who, when and why; then add the
    other rows that are not here. All or nothing: raises ExchangeError that names what is at fault.
    """
    data = _read(file)
    rows = data["corrections"]
    known = {str(key) for key in Correction.objects.values_list("uuid", flat=True)}
    new = [row for row in rows if row["uuid"] not in known]
    with correcting() as batch:
        for row in new:
            try:
                batch.replay({**row, "made_at": datetime.fromisoformat(row["made_at"])})
            except UNREADABLE as error:
                raise ExchangeError(
                    f"Correction {row['uuid']} of {row['target_kind']} {row['target_id']} cannot "
                    f"be made here: {error}. {INGEST_FIRST}"
                ) from error
        try:
            dismissals = sum(map(_add_dismissal, data["dismissals"]))
            reader_reports = sum(map(_add_report, data["reader_reports"]))
        except ExchangeError:
            raise
        except (TypeError, ValueError) as error:
            raise ExchangeError(
                f"An item marked as correct, or a reader's report, cannot be read: {error}"
            ) from error
        return Imported(len(new), len(rows) - len(new), dismissals, reader_reports)


def _write_rows(file: IO[str], name: str, rows: QuerySet[Any, dict[str, Any]]) -> int:
    count = 0
    file.write(f',\n"{name}": [')
    for row in rows.iterator():
        file.write(",\n" if count else "\n")
        file.write(json.dumps(row, default=_plain, ensure_ascii=False))
        count += 1
    file.write("\n]")
    return count


def _read(file: IO[str]) -> dict[str, list[dict[str, Any]]]:
    try:
        data = json.load(file)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ExchangeError(f"The file is not JSON ({error}).") from error
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise ExchangeError(f"The file is not an export of corrections in format {FORMAT}.")
    for name, columns in COLUMNS_OF.items():
        rows = data.setdefault(name, [])
        if not isinstance(rows, list):
            raise ExchangeError(f"{name} is not a list of rows.")
        for number, row in enumerate(rows, 1):
            if (
                not isinstance(row, dict)
                or set(row) != set(columns)
                or row.get("target_kind", "finding") not in MODELS
            ):
                raise ExchangeError(f"Row {number} of {name} does not have the fields it needs.")
    return data


def _add_dismissal(row: dict[str, Any]) -> bool:
    """Whether it is new here."""
    same = {name: row[name] for name in ("reason", "target", "seen")}
    if Dismissal.objects.filter(**same).exists():
        return False
    Dismissal.objects.create(**{**row, "made_at": datetime.fromisoformat(row["made_at"])})
    return True


def _add_report(row: dict[str, Any]) -> bool:
    """Whether it is new here."""
    public_id = row["finding__public_id"]
    finding = Finding.objects.filter(public_id=public_id).first()
    if finding is None:
        raise ExchangeError(
            f"A reader's report is about the finding {public_id}, which is not here. {INGEST_FIRST}"
        )
    values = {name: value for name, value in row.items() if name != "finding__public_id"}
    for name in ("created_at", "answered_at"):
        values[name] = row[name] and datetime.fromisoformat(row[name])
    same = {"finding": finding, "created_at": values["created_at"], "message": values["message"]}
    if ReaderReport.objects.filter(**same).exists():
        return False
    ReaderReport.objects.create(finding=finding, **values)
    return True


def _plain(value: UUID | datetime) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
