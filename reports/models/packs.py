"""Packs: findings that a reader has collected, with notes, for a meeting or a paper."""

import secrets

from django.conf import settings
from django.db import models
from django.urls import reverse

MOST_ITEMS = 500
LONGEST_NAME = 200
LONGEST_NOTE = 5_000


def new_key() -> str:
    """22 letters, digits, hyphens and underscores (128 bits), which nobody can guess."""
    return secrets.token_urlsafe(16)


class Pack(models.Model):
    """Anybody who has the address with `key` can change the pack. The address with `share_key` only
    shows it. No account is needed. If a reader is signed in when making a pack, the account lists
    it."""

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    share_key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    name = models.CharField(max_length=LONGEST_NAME)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="packs"
    )
    version = models.PositiveIntegerField(
        default=1,
        help_text="Every change adds one, so that nobody overwrites the change of another person.",
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-updated_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("pack", args=[self.key])

    @property
    def share_url(self) -> str:
        return reverse("shared-pack", args=[self.share_key])


class PackItem(models.Model):
    """A finding in a pack, and what it said when it was put there. It is named by its public id,
    because the pack outlives the row."""

    pack = models.ForeignKey(Pack, models.CASCADE, related_name="items")
    finding = models.CharField("public id of the finding", max_length=16)
    position = models.PositiveIntegerField()
    note = models.TextField(blank=True, max_length=LONGEST_NOTE)
    said = models.JSONField(help_text="The finding when it was added: `reports.packs.snapshot`.")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pack", "position", "pk"]
        constraints = [
            models.UniqueConstraint(name="finding_once_in_pack", fields=["pack", "finding"])
        ]

    def __str__(self) -> str:
        return self.finding
