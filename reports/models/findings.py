"""Paragraphs as the parser read them, and findings as readers see them."""

from collections.abc import Callable, Iterable
from typing import Self

from django.db import models
from django.urls import reverse

from reports.facts import labels
from reports.models.assessments import Assessment, Section
from reports.models.authorities import Authority
from reports.models.documents import SourceDocument
from reports.models.fields import EDITABLE, HeadingSlugField, NumberField, UntaggedField, created_at
from reports.models.inferred import InferredFields


class Paragraph(InferredFields):
    """One paragraph of key findings as the parser read it. An edit changes the finding and not the
    paragraph, so that both can be compared."""

    section = models.ForeignKey(Section, models.CASCADE, related_name="paragraphs")
    document = models.ForeignKey(
        SourceDocument,
        models.PROTECT,
        related_name="paragraphs",
        help_text="The latest version that has it.",
    )
    position = models.PositiveIntegerField(help_text="Order within the section, from 0.")
    heading = models.CharField(max_length=300, blank=True)
    text = models.TextField()
    spans = models.JSONField(help_text="[start, end] pairs in the document's decoded text.")
    gone = models.BooleanField(default=False, help_text="Whether the latest version lacks it.")

    class Meta:
        ordering = ["section", "position"]

    def __str__(self) -> str:
        return self.text[:80]


class FindingQuerySet(models.QuerySet["Finding"]):
    def authorities(self) -> models.QuerySet[Authority]:
        """The authorities that these findings are about. The queries are nested so that the
        database looks for one finding of each authority instead of reading all findings."""
        of_section = self.filter(section=models.OuterRef("pk"))
        sections = Section.objects.filter(models.Exists(of_section))
        of_authority = sections.filter(assessment__authority=models.OuterRef("pk"))
        return Authority.objects.filter(models.Exists(of_authority))

    def published(self) -> Self:
        """Findings that readers search and read. The others are only shown at their permalinks."""
        return self.filter(status=Finding.Status.PUBLISHED)

    def readable(self) -> Self:
        """Findings that a permalink shows: all but those withdrawn with their document."""
        return self.exclude(status=Finding.Status.WITHDRAWN)

    def with_context(self) -> Self:
        """With everything a page says about a finding, in one query."""
        return self.select_related("section__assessment__authority", "paragraph__document")


class Finding(InferredFields):
    """One paragraph of key findings as readers see it."""

    class Status(models.TextChoices):
        PUBLISHED = "published", "Published"
        GONE = "gone", "No longer in the report"
        NOT_A_FINDING = "not-a-finding", "Not a finding"
        JOINED = "joined", "Joined into another finding"
        WITHDRAWN = "withdrawn", "Its document was withdrawn"

    public_id = models.CharField(
        max_length=16,
        unique=True,
        help_text="Made from the content. It is the address of the finding.",
    )
    section = models.ForeignKey(Section, models.CASCADE, related_name="findings")
    paragraph = models.ForeignKey(
        Paragraph,
        models.RESTRICT,
        null=True,
        related_name="findings",
        help_text="What the parser read.",
    )
    status = models.CharField(
        max_length=20,
        choices=Status.choices,
        default=Status.PUBLISHED,
        db_index=True,
        help_text=EDITABLE,
    )
    joined_into = models.ForeignKey(
        "self", models.RESTRICT, null=True, blank=True, related_name="joined", help_text=EDITABLE
    )
    position = models.PositiveIntegerField(help_text=f"Order within the section. {EDITABLE}")
    heading = models.CharField(
        max_length=300, blank=True, help_text=f"The sub-heading above it. {EDITABLE}"
    )
    heading_slug = HeadingSlugField(max_length=300, blank=True, editable=False)
    text = models.TextField(help_text=EDITABLE)

    number = NumberField(
        default=0, editable=False, help_text="Among the published findings of its section, from 1."
    )
    untagged = UntaggedField(
        default=False, editable=False, help_text="Whether it lacks a topic or an evidence category."
    )
    source = models.ForeignKey(
        SourceDocument,
        models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
        help_text="The document that an editor took it from, if the parser did not understand it.",
    )
    spans = models.JSONField(
        default=list, editable=False, help_text="[start, end] pairs in the text of `source`."
    )

    created_at = created_at()

    objects = FindingQuerySet.as_manager()

    class Meta:
        # Two findings split from one paragraph share its place, in the order they were made.
        ordering = ["section", "position", "pk"]
        indexes = [
            models.Index(name="finding_in_section_order", fields=["section", "status", "position"]),
            models.Index(
                name="finding_untagged",
                fields=["id"],
                condition=models.Q(untagged=True, status="published"),
            ),
            models.Index(name="finding_created", fields=["created_at"]),
        ]
        constraints = [
            models.CheckConstraint(
                name="finding_joined_names_its_target",
                condition=~models.Q(status="joined") | models.Q(joined_into__isnull=False),
                violation_error_message="A joined finding must name the finding it is joined into.",
            )
        ]

    def __str__(self) -> str:
        return labels.shortened(self.text)

    def get_absolute_url(self) -> str:
        return reverse("finding", args=[self.public_id])

    @property
    def words_corrected(self) -> bool:
        """Whether an editor has changed the text or the heading, or made the finding."""
        paragraph = self.paragraph
        read = (paragraph.text, paragraph.heading) if paragraph else None
        return (self.text, self.heading) != read

    @property
    def quoted_figures(self) -> list[str]:
        return labels.quoted(self.figures, self.text)


def taken_ids(model: type[Assessment | Section | Finding]) -> Callable[[set[str]], Iterable[str]]:
    """A function for `identifiers.allocate`: given public ids, it returns those in use in this
    model."""
    rows = model._default_manager
    return lambda ids: rows.filter(public_id__in=ids).values_list("public_id", flat=True)
