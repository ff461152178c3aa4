"""The outbox: changes that the search index still lacks."""

from collections.abc import Iterable

from django.db import models


class IndexChangeQuerySet(models.QuerySet["IndexChange"]):
    def record(self, public_ids: Iterable[str]) -> None:
        """Note findings whose search documents are out of date. Call it in the transaction that
        changes or deletes them."""
        self.bulk_create([IndexChange(finding=public_id) for public_id in public_ids])


class IndexChange(models.Model):
    """A finding whose latest change is not in the search index yet.

    `applied` rows are in the index that is searched, and wait for a rebuild under way.
    """

    finding = models.CharField("public id of the finding", max_length=16)
    applied = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = IndexChangeQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.finding
