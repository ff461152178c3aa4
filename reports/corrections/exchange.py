"""Exports and imports what people added: the record of corrections, what editors marked as correct,
and readers' reports. With it, a database can be rebuilt from the originals."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import IO, Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction

from reports.corrections import origins
from reports.corrections.correcting import Batch, correcting
from reports.corrections.moving import IDENTITY
from reports.corrections.targets import MODELS
from reports.models import Correction, Dismissal, Finding, ReaderReport, SourceDocument

FORMAT = 2
FORMATS = (1, FORMAT)  # a file of format 1 has no owners, documents and scores
OWNER = "owner"
# The lists of an export, and the columns of their rows.
COLUMNS = {
    "documents": ("sha256", "path", "id_scope"),
    "published_scores": (*IDENTITY, "rating", "percent", "scores", "sources"),
    "assessments": ("public_id", *IDENTITY),
    "corrections": (
        *("uuid", "batch", "action", "target_kind", "target_id", "field", "before", "after"),
        *("parsed", "reason", "note", "editor", "made_at", "reverts"),
    ),
    "dismissals": ("reason", "target", "seen", "note", "editor", "made_at"),
    "reader_reports": (
        *("finding__public_id", "words", "message", "status", "answer", "answered_by"),
        *("created_at", "answered_at"),
    ),
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
    """How many corrections were made again and how many existed already; how many of the other rows
    are new; and a sentence about each row that could not be placed."""

    made: int
    known: int
    dismissals: int
    reader_reports: int
    misplaced: tuple[str, ...] = ()


def export_corrections(file: IO[str]) -> Exported:
    """Write everything as JSON, one row per line. The names and order of the original documents,
    and the scores known without them, come first, because rebuilding a site needs them."""
    file.write(f'{{"format": {FORMAT}')
    # In the order of reading: a document comes after the versions that it replaced.
    documents = SourceDocument.objects.order_by("ingested_at", "pk")
    _write_rows(file, "documents", documents.values(*COLUMNS["documents"]).iterator())
    _write_rows(file, "published_scores", origins.published_scores())
    _write_rows(file, "assessments", origins.assessments())
    owner_of = cache(origins.owner_of)
    rows = (
        {**row, OWNER: owner_of(row["target_kind"], row["target_id"])}
        for row in Correction.objects.values(*COLUMNS["corrections"]).iterator()
    )
    dismissals = Dismissal.objects.order_by("pk").values(*COLUMNS["dismissals"])
    reports = ReaderReport.objects.values(*COLUMNS["reader_reports"])
    exported = Exported(
        _write_rows(file, "corrections", rows),
        _write_rows(file, "dismissals", dismissals),
        _write_rows(file, "reader_reports", reports),
    )
    file.write("}\n")
    return exported


def import_corrections(file: IO[str]) -> Imported:
    """Make every correction of the file again, in order, keeping who, when and why; then add the
    other rows that do not exist yet. A correction is only made if its row exists and belongs to the
    same report as before. The result names every row that cannot be placed. To add it later, load
    what is missing and import the file again. Raises ExchangeError for a file that is not an
    export.
    """
    data = read_export(file)
    known = {str(key) for key in Correction.objects.values_list("uuid", flat=True)}
    new = [row for row in data["corrections"] if row["uuid"] not in known]
    misplaced: list[str] = []
    with correcting() as batch:
        origins.adopt_assessment_ids(data["assessments"])
        made = sum(_replay(batch, rows, misplaced) for rows in _inseparable(new))
        dismissals = sum(map(_add_dismissal, data["dismissals"]))
        reader_reports = sum(_add_report(row, misplaced) for row in data["reader_reports"])
    return Imported(
        made, len(data["corrections"]) - len(new), dismissals, reader_reports, tuple(misplaced)
    )


def _inseparable(rows: Iterable[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """The rows in order, each in a group by itself, except that the status of a finding and the
    finding it is joined into are one group: the database refuses a joined finding without the
    other."""
    units: list[list[dict[str, Any]]] = []
    for row in rows:
        before = units[-1][-1] if units else {}
        together = {row["field"], before.get("field")} == {"status", "joined_into"}
        if together and row["target_id"] == before["target_id"]:
            units[-1].append(row)
        else:
            units.append([row])
    return units


def _replay(batch: Batch, rows: list[dict[str, Any]], misplaced: list[str]) -> int:
    """Make a group of corrections again, all or none, and return how many. They are tried in a
    savepoint, because one that fails must not undo others."""
    owners = [row.pop(OWNER, None) for row in rows]
    try:
        with transaction.atomic():
            for row, owner in zip(rows, owners, strict=True):
                origins.check_place(row, owner)
            batch.replay([_with_times(row, "made_at") for row in rows])
    except UNREADABLE as error:
        said = " ".join(error.messages) if isinstance(error, ValidationError) else str(error)
        misplaced += [
            f"{row['editor']}’s correction of {row['field'] or 'a new finding'} of the "
            f"{row['target_kind']} {row['target_id']}, {row['made_at'][:10]}: {said}"
            for row in rows
        ]
        return 0
    return len(rows)


def _write_rows(file: IO[str], name: str, rows: Iterable[dict[str, Any]]) -> int:
    count = 0
    file.write(f',\n"{name}": [')
    for row in rows:
        file.write(",\n" if count else "\n")
        file.write(json.dumps(row, default=_plain, ensure_ascii=False))
        count += 1
    file.write("\n]")
    return count


def read_export(file: IO[str]) -> dict[str, list[dict[str, Any]]]:
    """The rows of an export, by the name of their list. Raises ExchangeError."""
    try:
        data = json.load(file)
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise ExchangeError(f"The file is not JSON ({error}).") from error
    if not isinstance(data, dict) or data.get("format") not in FORMATS:
        raise ExchangeError(
            "The file is not an export of corrections of this or an earlier version of the site."
        )
    for name, columns in COLUMNS.items():
        rows = data.setdefault(name, [])
        if not isinstance(rows, list):
            raise ExchangeError(f"{name} is not a list of rows.")
        for number, row in enumerate(rows, 1):
            if (
                not isinstance(row, dict)
                or set(row) - {OWNER} != set(columns)
                or row.get("target_kind", "finding") not in MODELS
            ):
                raise ExchangeError(f"Row {number} of {name} does not have the fields it needs.")
    return data


def _add_dismissal(row: dict[str, Any]) -> bool:
    """Add the row, and return whether it is new."""
    same = {name: row[name] for name in ("reason", "target", "seen")}
    if Dismissal.objects.filter(**same).exists():
        return False
    Dismissal.objects.create(**_with_times(row, "made_at"))
    return True


def _add_report(row: dict[str, Any], misplaced: list[str]) -> bool:
    """Add the row, and return whether it is new."""
    public_id = row["finding__public_id"]
    finding = Finding.objects.filter(public_id=public_id).first()
    if finding is None:
        misplaced.append(f"A reader’s report: the finding {public_id} is not here.")
        return False
    values = _with_times(row, "created_at", "answered_at") | {"finding": finding}
    del values["finding__public_id"]
    same = {name: values[name] for name in ("finding", "created_at", "message")}
    if ReaderReport.objects.filter(**same).exists():
        return False
    ReaderReport.objects.create(**values)
    return True


def _with_times(row: dict[str, Any], *names: str) -> dict[str, Any]:
    """The row with these columns as times; one that is empty stays so."""
    return row | {name: row[name] and datetime.fromisoformat(row[name]) for name in names}


def _plain(value: UUID | datetime) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
