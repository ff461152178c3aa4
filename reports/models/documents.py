"""Documents that were read: their bytes, their texts, and what an editor should look at."""

from pathlib import PurePath
from typing import Self

from django.db import models
from django.urls import reverse

from reports.models.authorities import Authority
from reports.models.fields import PARSED, Kind, partial_date


class SourceDocumentQuerySet(models.QuerySet["SourceDocument"]):
    def last_versions(self) -> Self:
        """The last version of each document, withdrawn or not."""
        return self.filter(superseded_by=None)

    def current(self) -> Self:
        """The documents that are neither replaced by a later version nor withdrawn."""
        return self.last_versions().filter(withdrawn=False)


class SourceDocument(models.Model):
    """The bytes of one version of one document, the text read from them, and what it says of
    itself. A later version supersedes an earlier one; all are kept."""

    sha256 = models.CharField("SHA-256 of the bytes", max_length=64, unique=True)
    text_sha256 = models.CharField("SHA-256 of the text", max_length=64, db_index=True)
    path = models.CharField(max_length=500, help_text="Where it was when it was ingested.")
    size = models.PositiveIntegerField("size in bytes")
    original = models.FileField(max_length=200)
    text = models.FileField("decoded text", max_length=200)
    spans = models.JSONField(
        default=list,
        help_text="[start, end, kind] in code points of the decoded text. Together they hold all "
        "of it.",
    )
    unparsed = models.PositiveIntegerField("unparsed characters", default=0)
    authority = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, related_name="+", help_text=PARSED
    )
    decided_by = models.CharField("identified by", max_length=20, blank=True, help_text=PARSED)
    decided_words = models.CharField(
        "identifying words", max_length=300, blank=True, help_text=PARSED
    )
    published = partial_date(PARSED)
    kind = models.CharField(
        max_length=10, choices=Kind.choices, default=Kind.FORMAL, help_text=PARSED
    )
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes"
    )
    withdrawn = models.BooleanField(
        default=False,
        help_text="Whether it was uploaded by mistake. Nothing of it is shown then. Editors change "
        "this at the corrections desk.",
    )
    id_scope = models.CharField(
        "scope of public ids",
        max_length=100,
        blank=True,
        default="",
        editable=False,
        help_text="What the public ids of its sections and findings are made from besides their "
        "words. It is given once. Empty for documents that were read before ids had a scope.",
    )
    ingested_at = models.DateTimeField(auto_now=True)

    objects = SourceDocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-ingested_at", "path"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("source", args=[self.sha256])

    @property
    def name(self) -> str:
        """The file's name, for people: the whole path says too much about a server."""
        return PurePath(self.path).name

    @property
    def is_current(self) -> bool:
        return self.superseded_by_id is None and not self.withdrawn

    @property
    def public_id(self) -> str:
        """Its name in the record of corrections."""
        return self.sha256

    def read_text(self) -> str:
        with self.text.open("rb") as file:
            return bytes(file.read()).decode("utf-8")


class Problem(models.Model):
    """Something in a document, or about an assessment, that an editor should look at."""

    document = models.ForeignKey(
        SourceDocument, models.CASCADE, null=True, blank=True, related_name="problems"
    )
    assessment = models.ForeignKey(
        "Assessment", models.CASCADE, null=True, blank=True, related_name="problems"
    )
    code = models.SlugField(max_length=40)
    statement = models.SlugField(
        max_length=40,
        blank=True,
        help_text="The quality statement it is about, if it is about one.",
    )
    message = models.TextField()
    line = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["document", "line", "pk"]

    def __str__(self) -> str:
        return self.message
