"""An item of the queue, and a reason why items wait."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, TextField
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.urls import reverse

from reports.corrections.targets import Target, kind_of
from reports.models import Dismissal

SEEN = F("pk")  # for items that cannot be marked as correct


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to decide. `key` orders the items of a reason, `url` is the page where the item is
    decided. If it can be decided together with others, `finding` is its public id and `seen` what
    it looks like."""

    reason: "QueueReason"
    key: int
    title: str
    detail: str
    url: str
    finding: str = ""
    seen: str = ""

    @property
    def address(self) -> str:
        """The address of the item's page, with its place in the queue."""
        return f"{self.url}?queue={self.reason.slug}&at={self.key}"


@dataclass(frozen=True, slots=True)
class QueueReason:
    """A reason why items wait. `rows` finds the rows that wait, in any order; `describe` gives the
    title, the detail and the address of a row. If its items can be marked as correct, `target` is
    the column that names the row and `seen` is the expression for what the editor saw.
    """

    slug: str
    label: str
    about: str
    rows: Callable[[], QuerySet[Any]]
    describe: Callable[[Any], tuple[str, str, str]]
    in_bulk: bool = False
    target: str = ""
    seen: Combinable = SEEN

    def waiting(self) -> QuerySet[Any]:
        """The rows that no editor has marked as correct."""
        if not self.target:
            return self.rows()
        rows: QuerySet[Any] = self.rows().annotate(seen_now=Cast(self.seen, TextField()))
        marked_as_correct = Dismissal.objects.filter(
            reason=self.slug, target=OuterRef(self.target), seen=OuterRef("seen_now")
        )
        waiting: QuerySet[Any] = rows.filter(~Exists(marked_as_correct))
        return waiting

    def count(self) -> int:
        return self.waiting().count()

    def items(self, start: int, stop: int) -> list[Item]:
        return [self._item(row) for row in self.waiting().order_by("pk")[start:stop]]

    def seen_of(self, rows: QuerySet[Any]) -> list[tuple[str, str]]:
        """The target of each waiting row, and what it looks like now."""
        return list(rows.values_list(self.target, "seen_now"))

    def after(self, key: int) -> Item | None:
        """The next item, or the first waiting one if there is none further on."""
        rows = self.waiting().order_by("pk")
        row = rows.filter(pk__gt=key).first() or rows.exclude(pk=key).first()
        return self._item(row) if row else None

    def _item(self, row: Any) -> Item:
        title, detail, url = self.describe(row)
        in_bulk = (row.public_id, row.seen_now) if self.in_bulk else ()
        return Item(self, row.pk, title, detail, url, *in_bulk)


@dataclass(frozen=True, slots=True)
class Listing:
    """The items of some reasons, one reason after the other: a sequence for a paginator."""

    counts: tuple[tuple[QueueReason, int], ...]

    def __len__(self) -> int:
        return sum(count for _, count in self.counts)

    def __getitem__(self, wanted: slice) -> list[Item]:
        found: list[Item] = []
        offset = 0
        for reason, count in self.counts:
            start, stop = max(wanted.start - offset, 0), min(wanted.stop - offset, count)
            if start < stop:
                found += reason.items(start, stop)
            offset += count
        return found


def address_of(target: Target) -> str:
    """Where an editor corrects a row."""
    return reverse(f"desk-{kind_of(target)}", args=[target.public_id])
