"""The record of corrections in words, for readers and for editors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from reports.corrections.targets import rows_of
from reports.display import wording
from reports.models import Assessment, Correction, Finding, Section, SourceDocument

MODELS: dict[str, Any] = {
    "finding": Finding.objects.select_related("section__assessment__authority"),
    "section": Section.objects.select_related("assessment__authority"),
    "assessment": Assessment.objects.select_related("authority"),
    "document": SourceDocument.objects.defer("spans"),
}
SHOWN = 20  # entries of an event
RowOfTarget = dict[tuple[str, str], Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """One correction in words, and the row it is about (None if the row no longer exists)."""

    correction: Correction
    change: wording.Change
    row: Any

    @property
    def title(self) -> str:
        if self.row is None:
            return f"A {self.correction.target_kind} that is not here"
        if isinstance(self.row, Finding):
            return f"{self.row.section}, finding {self.row.number}"
        return str(self.row)

    @property
    def url(self) -> str:
        if isinstance(self.row, Assessment):
            return self.row.authority.get_absolute_url() if self.row.authority else ""
        return self.row.get_absolute_url() if self.row else ""


@dataclass(frozen=True, slots=True)
class Event:
    """The corrections that one action of an editor made."""

    entries: tuple[Entry, ...]
    undone: bool

    @property
    def shown(self) -> tuple[Entry, ...]:
        return self.entries[:SHOWN]

    @property
    def more(self) -> int:
        """How many entries are not shown."""
        return len(self.entries) - len(self.shown)

    @property
    def first(self) -> Correction:
        return self.entries[0].correction


def events_of(rows: Sequence[Correction]) -> list[Event]:
    """Corrections in the order given; those of one batch make one event."""
    targets = _targets(rows)
    undone = set(
        Correction.objects.filter(reverts__in={row.batch for row in rows}).values_list(
            "reverts", flat=True
        )
    )
    return [
        Event(tuple(_entry(row, targets) for row in batch), key in undone)
        for key, batch in groupby(rows, key=lambda row: row.batch)
    ]


def _entry(row: Correction, targets: RowOfTarget) -> Entry:
    kind = row.target_kind
    if row.field:
        change = wording.change_of(kind, row.field, row.before, row.after)
    else:
        change = wording.change_of(kind, "text", "", (row.after or {}).get("text", ""))
    return Entry(row, change, targets.get((kind, row.target_id)))


def _targets(rows: Iterable[Correction]) -> RowOfTarget:
    """The rows that corrections are about, in one query for each kind."""
    return {
        (kind, found.public_id): found
        for kind, model in MODELS.items()
        for found in model.filter(
            pk__in=rows_of(kind, {row.target_id for row in rows if row.target_kind == kind})
        )
    }
