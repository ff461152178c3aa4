"""What people said about the rows: the record of corrections, conflicts, items marked as correct,
and readers' reports."""

import uuid
from typing import Any, Self

from django.db import models
from django.utils import timezone

from reports.facts import labels
from reports.models.findings import Finding

APPEND_ONLY = "Corrections are append-only: make another correction instead."


class CorrectionQuerySet(models.QuerySet["Correction"]):
    def standing(self) -> Self:
        """Corrections that nobody has undone, without those that undo others."""
        undone = Correction.objects.exclude(reverts=None).values("reverts")
        return self.filter(reverts=None).exclude(batch__in=undone)

    def update(self, **kwargs: Any) -> int:
        raise TypeError(APPEND_ONLY)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError(APPEND_ONLY)


class Correction(models.Model):
    """One change of one value by a person. Only `reports.corrections` writes corrections. Nobody
    changes or deletes one, so they are the history of every value. Changes that an editor makes in
    one step share a `batch`.

    Values are JSON that means the same in a rebuilt database: see `corrections.targets`. The
    correction of a row that an editor made, by a split or from unparsed text, has an empty `field`,
    and `after` holds all values of the row.
    """

    class Reason(models.TextChoices):
        TYPOGRAPHICAL = "typographical", "Typographical or numerical error"
        FACTUAL = "factual", "Factual inaccuracy"
        ADDITIONAL = "additional", "Additional or omitted information"
        PARSING = "parsing", "Parsing error"

    class Action(models.TextChoices):
        EDIT = "edit", "Edited"
        SPLIT = "split", "Split in two"
        JOIN = "join", "Joined"
        PROMOTE = "promote", "Made from text that was not understood"
        KEEP = "keep", "Edit kept over a new reading"
        REVERT = "revert", "Reverted"
        WITHDRAW = "withdraw", "Withdrawn"

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    batch = models.UUIDField(db_index=True)
    action = models.CharField(max_length=10, choices=Action.choices)
    target_kind = models.CharField(max_length=10)
    target_id = models.CharField(
        max_length=64, help_text="The public id of a row, or the SHA-256 of a document."
    )
    field = models.CharField(max_length=20, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    parsed = models.JSONField(null=True, help_text="What the parser read when this was made.")
    reason = models.CharField(max_length=20, choices=Reason.choices)
    note = models.TextField(blank=True)
    editor = models.CharField(
        max_length=150, help_text="The user name. It stays if the account is deleted."
    )
    made_at = models.DateTimeField(default=timezone.now)
    reverts = models.UUIDField(null=True, blank=True, help_text="The batch that this one undoes.")

    objects = CorrectionQuerySet.as_manager()

    class Meta:
        # Not by time, because a clock may be set back.
        ordering = ["pk"]
        indexes = [models.Index(name="correction_target", fields=["target_kind", "target_id"])]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.field or self.target_kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError(APPEND_ONLY)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError(APPEND_ONLY)


class Conflict(models.Model):
    """An edit that a new reading of the report disagrees with, until an editor answers."""

    target_kind = models.CharField(max_length=10)
    target_id = models.CharField(max_length=16)
    field = models.CharField(max_length=20)
    base = models.JSONField(null=True, help_text="What the parser had read when it was edited.")
    parsed = models.JSONField(null=True, help_text="What the parser reads now.")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_conflict_a_field", fields=["target_kind", "target_id", "field"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.target_kind} {self.target_id}: {self.field}"


class Dismissal(models.Model):
    """An item of the queue that an editor checked and marked as correct. It returns to the queue if
    what the editor saw changes."""

    reason = models.SlugField(max_length=20, help_text="Why it was in the queue.")
    target = models.CharField(
        max_length=64, help_text="The public id of a row, or the SHA-256 of a document."
    )
    seen = models.TextField(help_text="What the editor saw.")
    note = models.TextField(blank=True)
    editor = models.CharField(
        max_length=150, help_text="The user name. It stays if the account is deleted."
    )
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-made_at", "-pk"]
        indexes = [models.Index(name="dismissal_target", fields=["reason", "target"])]

    def __str__(self) -> str:
        return labels.shortened(self.seen)


class ReaderReportQuerySet(models.QuerySet["ReaderReport"]):
    def waiting(self) -> Self:
        return self.filter(status=ReaderReport.Status.WAITING)

    def answered(self) -> Self:
        """Reports with an answer that readers see."""
        unseen = (ReaderReport.Status.WAITING, ReaderReport.Status.DISCARDED)
        return self.exclude(status__in=unseen)


class ReaderReport(models.Model):
    """An error in a finding that a reader reports, and the editor's answer. It holds nothing about
    the reader."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting for an editor"
        CORRECTED = "corrected", "Corrected"
        STANDS = "stands", "The finding is correct as it is"
        DECLINED = "declined", "Not about an error"
        DISCARDED = "discarded", "Discarded as spam"

    MESSAGE_LENGTH = 2_000
    WORDS_LENGTH = 500

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="reader_reports")
    words = models.CharField(
        "the words in question",
        max_length=WORDS_LENGTH,
        blank=True,
        help_text="Words of the finding.",
    )
    message = models.TextField(max_length=MESSAGE_LENGTH)
    status = models.CharField(
        max_length=10, choices=Status.choices, default=Status.WAITING, db_index=True
    )
    answer = models.TextField(max_length=MESSAGE_LENGTH, blank=True, help_text="Readers see it.")
    answered_by = models.CharField(
        max_length=150, blank=True, help_text="The user name; readers do not see it."
    )
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ReaderReportQuerySet.as_manager()

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return labels.shortened(self.message)
