"""Makes and changes packs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from reports.exports import taken_by_id
from reports.models import Pack, PackItem
from reports.models.packs import MOST_ITEMS
from reports.packs.comparing import snapshot


class PackFullError(Exception):
    """The pack would hold more than `MOST_ITEMS` findings. Nothing was added."""


class StalePackError(Exception):
    """Another person changed the pack meanwhile. Nothing was saved."""


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The place (any number; the lowest comes first) and note that a reader gave an item."""

    item: int
    place: int
    note: str
    remove: bool = False


def create(name: str, owner: User | None = None) -> Pack:
    return Pack.objects.create(name=name, owner=owner)


@transaction.atomic
def add(pack: Pack, public_ids: Iterable[str]) -> int:
    """Add published findings at the end, each once, and return how many are new in the pack. Raises
    PackFullError."""
    locked = Pack.objects.select_for_update().get(pk=pack.pk)
    known = set(locked.items.values_list("finding", flat=True))
    wanted = [public_id for public_id in dict.fromkeys(public_ids) if public_id not in known]
    findings = list(taken_by_id(wanted))
    if len(known) + len(findings) > MOST_ITEMS:
        raise PackFullError
    last = locked.items.aggregate(last=Max("position"))["last"]
    start = 0 if last is None else last + 1
    PackItem.objects.bulk_create(
        PackItem(pack=locked, finding=finding.public_id, position=place, said=snapshot(finding))
        for place, finding in enumerate(findings, start)
    )
    if findings:
        _touch(locked)
    return len(findings)


@transaction.atomic
def arrange(pack: Pack, version: int, name: str, wanted: Sequence[Arrangement]) -> None:
    """Rename the pack, order its items, set their notes, and take out those to remove. Raises
    StalePackError if the pack is no longer at `version`."""
    locked = Pack.objects.select_for_update().get(pk=pack.pk)
    if locked.version != version:
        raise StalePackError
    items = {item.pk: item for item in locked.items.all()}
    known = [arrangement for arrangement in wanted if arrangement.item in items]
    locked.items.filter(pk__in=[entry.item for entry in known if entry.remove]).delete()
    kept = sorted((entry for entry in known if not entry.remove), key=lambda entry: entry.place)
    for place, entry in enumerate(kept):
        items[entry.item].position = place
        items[entry.item].note = entry.note
    PackItem.objects.bulk_update((items[entry.item] for entry in kept), ["position", "note"])
    Pack.objects.filter(pk=locked.pk).update(name=name)
    _touch(locked)


def _touch(pack: Pack) -> None:
    Pack.objects.filter(pk=pack.pk).update(version=F("version") + 1, updated_at=timezone.now())
