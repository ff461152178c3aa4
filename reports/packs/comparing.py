"""Compares a finding as it was put into a pack with what it says now."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from reports.exports.citations import correction_notes
from reports.exports.tables import AbsoluteUrl
from reports.facts import dates, framework, labels
from reports.models import Finding, ListedFinding, Pack, PackItem, listed

# The values that are compared, and their names for readers.
LABELS = {
    "text": "Text",
    "heading": "Heading",
    "statement": "Quality statement",
    "score": "Score",
    "authority": "Authority",
    "published": "Assessment date",
}


@dataclass(frozen=True, slots=True)
class ValueChange:
    """A value before and now, in words."""

    label: str
    before: str
    now: str


@dataclass(frozen=True, slots=True)
class PackEntry:
    """An item of a pack. `now` is the finding as it is today; None if there is none. `gone` says
    why readers can no longer find it; it is empty if they can."""

    item: PackItem
    now: ListedFinding | None
    gone: str
    changes: tuple[ValueChange, ...]

    @property
    def said(self) -> dict[str, Any]:
        said: dict[str, Any] = self.item.said
        return said

    @property
    def statement_name(self) -> str:
        return _statement(self.said["statement"])

    @property
    def score_words(self) -> str:
        return _score(self.said["score"])

    @property
    def place(self) -> str:
        """Authority, quality statement and number, in one line."""
        number = f"finding {self.said['position'] + 1}"
        return ", ".join((self.said["authority"], self.statement_name, number))

    def citation(self, absolute_url: AbsoluteUrl, today: date) -> str:
        """The reference in full, in one paragraph."""
        said = self.said
        heading = f", under “{said['heading']}”" if said["heading"] else ""
        address = absolute_url(f"/findings/{self.item.finding}/")
        added = dates.display(self.item.added_at.date().isoformat())
        report = f"Care Quality Commission, local authority assessment of {said['authority']}"
        parts = [
            f"{report} ({dates.display(said['published'])}).",
            f"{self.statement_name}, {self.score_words}, finding {said['position'] + 1}{heading}.",
            *said["corrections"],
            f"{framework.ATTRIBUTION}.",
            f"{address}, added {added}, read {dates.display(today.isoformat())}.",
        ]
        if self.now and self.now.report_address:
            parts.append(f"CQC’s own report: {self.now.report_address}")
        return " ".join(parts)


def snapshot(finding: ListedFinding) -> dict[str, Any]:
    """What a pack keeps of a finding, as JSON."""
    return {
        "text": finding.text,
        "heading": finding.heading,
        "statement": finding.statement,
        "score": finding.score,
        "authority": finding.authority_name,
        "published": finding.published,
        "position": finding.number - 1,
        "corrections": list(correction_notes(finding)),
    }


def entries(pack: Pack) -> list[PackEntry]:
    """The items of a pack in their order, compared with today."""
    items: Sequence[PackItem] = list(pack.items.all())
    current = listed(Finding.objects.filter(public_id__in=[item.finding for item in items]))
    found = {finding.public_id: finding for finding in current}
    return [_entry(item, found.get(item.finding)) for item in items]


def _entry(item: PackItem, now: ListedFinding | None) -> PackEntry:
    if now is None:
        return PackEntry(item, None, "This finding is no longer held here.", ())
    gone = ""
    if now.status != Finding.Status.PUBLISHED:
        gone = f"{Finding.Status(now.status).label}."
    return PackEntry(item, now, gone, _changes(item.said, snapshot(now)))


def _changes(before: dict[str, Any], now: dict[str, Any]) -> tuple[ValueChange, ...]:
    return tuple(
        ValueChange(label, _in_words(name, before[name]), _in_words(name, now[name]))
        for name, label in LABELS.items()
        if before[name] != now[name]
    )


def _in_words(name: str, value: Any) -> str:
    match name:
        case "statement":
            return _statement(value)
        case "score":
            return _score(value)
        case "published":
            return dates.display(value)
    return str(value or "nothing")


def _statement(slug: str) -> str:
    known = framework.STATEMENT_BY_SLUG.get(slug)
    return known.name if known else slug


def _score(score: int | None) -> str:
    return f"score {score} ({labels.score(score)})" if score else labels.score(None).lower()
