"""Searches that people follow, and the notices to be sent to them."""

import secrets
import uuid

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone


def new_key() -> str:
    return secrets.token_urlsafe(16)


def new_secret() -> str:
    """32 random bytes, written as Standard Webhooks asks."""
    return secrets.token_hex(32)


class Subscription(models.Model):
    """A search whose new findings go to its owner, by e-mail or as a webhook."""

    class Channel(models.TextChoices):
        EMAIL = "email", "E-mail"
        WEBHOOK = "webhook", "Webhook"

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="subscriptions"
    )
    query = models.CharField(max_length=4_000, blank=True, help_text="A query string, without “?”.")
    name = models.CharField(max_length=500, help_text="The search in words.")
    channel = models.CharField(max_length=10, choices=Channel.choices, default=Channel.EMAIL)
    address = models.URLField(max_length=500, blank=True, help_text="Where a webhook is sent to.")
    secret = models.CharField(max_length=64, default=new_secret, editable=False)
    checked_to = models.DateTimeField(
        default=timezone.now, help_text="Findings stored before this have been looked at."
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_subscription_a_search", fields=["owner", "query", "channel", "address"]
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def search_url(self) -> str:
        return f"{reverse('findings')}?{self.query}" if self.query else reverse("findings")


class Notice(models.Model):
    """New findings of one subscription that are sent together. The notice is stored in the same
    transaction as the rows of `Told`, and sent afterwards. If the process crashes in between, the
    next run sends it."""

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        SENT = "sent", "Sent"
        FAILED = "failed", "Given up"

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="notices")
    findings = models.JSONField(help_text="Public ids, the latest first.")
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(default=timezone.now, help_text="When to try (again).")
    problem = models.TextField(blank=True, help_text="Why the last attempt failed.")
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]
        indexes = [models.Index(name="notice_waiting", fields=["state", "not_before"])]

    def __str__(self) -> str:
        return f"{self.subscription}: {len(self.findings)} findings"


class Told(models.Model):
    """A finding that is in a notice of a subscription. It keeps a finding from being sent twice."""

    subscription = models.ForeignKey(Subscription, models.CASCADE, related_name="told")
    finding = models.CharField("public id of the finding", max_length=16)
    told_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "told"
        constraints = [
            models.UniqueConstraint(name="told_once", fields=["subscription", "finding"])
        ]

    def __str__(self) -> str:
        return self.finding
