"""The outbox: changes that a search index still lacks.

Every index has separate rows, and they are deleted when that index has the changes. An index can be
that of one machine, the one that all machines share, or one that is being built. Because the rows
are separate, no index misses a change that another already has.
"""

from collections.abc import Iterable
from datetime import timedelta

from django.db import connections, models, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from reports.models.locks import key_of
from reports.models.reading_from import PRIMARY

SEEN_EVERY = timedelta(hours=1)
FORGOTTEN_AFTER = timedelta(days=1)
_TOLD = key_of("which search indexes are told of changes")


class SearchIndexQuerySet(models.QuerySet["SearchIndex"]):
    def at(self, place: str) -> "SearchIndexQuerySet":
        """The index that is searched there; none if changes are not written down for it."""
        return self.using(PRIMARY).filter(place=place, building=False)

    def with_waiting(self) -> "SearchIndexQuerySet":
        """Each index with `waiting`: whether it lacks a change."""
        return self.annotate(waiting=Exists(IndexChange.objects.filter(index=OuterRef("pk"))))

    def begin(self, place: str) -> "SearchIndex":
        """Add an index that is to be built there. Every transaction that ends after this returns
        writes its changes down for the index."""
        with transaction.atomic(using=PRIMARY):
            self.using(PRIMARY).filter(place=place, building=True).delete()
            _lock_who_is_told(exclusive=True)
            return self.using(PRIMARY).create(place=place, building=True)

    def forget_abandoned(self) -> None:
        """Indexes with old changes that nobody has used for `FORGOTTEN_AFTER`, such as that of a
        machine that was removed. If the machine comes back, its index is built again."""
        limit = timezone.now() - FORGOTTEN_AFTER
        oldest = IndexChange.objects.order_by("pk").first()
        if oldest and oldest.created_at < limit:
            self.filter(pk=oldest.index_id, seen_at__lt=limit).delete()


class SearchIndex(models.Model):
    """A search index for which every change is written down."""

    place = models.CharField("where it is, by the engine's own name", max_length=200)
    building = models.BooleanField("being built, and not searched yet")
    seen_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SearchIndexQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["place", "building"], name="one_index_at_a_place")
        ]

    def __str__(self) -> str:
        return f"{self.place}, being built" if self.building else self.place

    @transaction.atomic(using=PRIMARY)
    def replace_former(self) -> None:
        """Take the place of the index that was searched."""
        SearchIndex.objects.filter(place=self.place, building=False).delete()
        SearchIndex.objects.filter(pk=self.pk).update(building=False)

    def note_seen(self) -> None:
        if self.seen_at < timezone.now() - SEEN_EVERY:
            SearchIndex.objects.filter(pk=self.pk).update(seen_at=timezone.now())


class IndexChangeQuerySet(models.QuerySet["IndexChange"]):
    def record(self, public_ids: Iterable[str]) -> None:
        """Note findings whose search documents are out of date. Call it in the transaction that
        changes or deletes them."""
        findings = list(public_ids)
        with transaction.atomic(using=PRIMARY):
            _lock_who_is_told(exclusive=False)
            indexes = list(SearchIndex.objects.using(PRIMARY).values_list("pk", flat=True))
            self.bulk_create(
                [
                    IndexChange(index_id=pk, finding=finding)
                    for pk in indexes
                    for finding in findings
                ]
            )

    def waiting(self) -> "IndexChangeQuerySet":
        """Changes that an index in use still lacks."""
        return self.filter(index__building=False)


class IndexChange(models.Model):
    """A finding whose latest change is not in a search index yet."""

    index = models.ForeignKey(SearchIndex, models.CASCADE, db_index=False, related_name="changes")
    finding = models.CharField("public id of the finding", max_length=16)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = IndexChangeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["index", "id"], name="changes_of_an_index")]

    def __str__(self) -> str:
        return self.finding


def _lock_who_is_told(*, exclusive: bool) -> None:
    """Hold a lock on the list of indexes until this transaction ends. An index must not be added
    while an open transaction has read the list without it, because the index would never be told
    of that transaction's changes. SQLite needs no lock: it has one writer at a time."""
    connection = connections[PRIMARY]
    if connection.vendor == "postgresql":
        function = "pg_advisory_xact_lock" if exclusive else "pg_advisory_xact_lock_shared"
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {function}(%s)", [_TOLD])
