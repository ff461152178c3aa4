"""What CQC assessed: assessments, what sources say of them, and their sections."""

from typing import Any, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse

from reports.facts import dates, framework, labels
from reports.facts.framework import VERSION_BY_SLUG, FrameworkVersion
from reports.facts.gazetteer import report_address
from reports.models.authorities import Authority
from reports.models.documents import SourceDocument
from reports.models.fields import (
    EDITABLE,
    PARSED,
    Kind,
    created_at,
    current_framework,
    framework_choices,
    partial_date,
    rating_choices,
    score_field,
    statement_choices,
)

# Rows without a document, or whose document is not withdrawn.
NOT_WITHDRAWN = models.Q(document=None) | models.Q(document__withdrawn=False)


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def identified(self) -> Self:
        return self.exclude(authority=None)

    def with_sections(self) -> Self:
        return self.prefetch_related(
            models.Prefetch("sections", Section.objects.current().in_report_order().in_lists())
        )

    def holding(self) -> Self:
        """Assessments with sections or outcomes. One whose sections an editor has moved away, or
        whose documents are withdrawn, is kept, so that this can be undone, but is not shown."""
        of_this = {"assessment": models.OuterRef("pk")}
        return self.filter(
            models.Exists(Section.objects.filter(NOT_WITHDRAWN, **of_this))
            | models.Exists(PublishedOutcome.objects.standing().filter(**of_this))
        )

    def current_first(self) -> Self:
        """Published before withdrawn, formal before pilot, the latest first. It relies on the
        alphabet: "published" and "formal" sort before "withdrawn" and "pilot"."""
        return self.order_by("status", "kind", "-published", "pk")

    def current(self) -> Self:
        """The assessment to show first for each authority, and every unidentified one."""
        first = Assessment.objects.holding().first_of_each_authority()
        return self.holding().filter(models.Q(authority=None) | models.Q(pk__in=first))

    def standing(self, year: str = "") -> Self:
        """The latest formal assessment of each authority that CQC has not withdrawn, on which
        counts and comparisons are based. With a year, the latest that was published in that
        year."""
        rivals = Assessment.objects.holding().filter(
            kind=Kind.FORMAL, status=Assessment.Status.PUBLISHED, published__startswith=year
        )
        return self.filter(pk__in=rivals.first_of_each_authority())

    def first_of_each_authority(self) -> "models.QuerySet[Authority, Any]":
        """The key of the assessment that comes first for each authority. The database looks for it
        once for each authority, not for each assessment that an authority has."""
        rivals = self.filter(authority=models.OuterRef("pk")).current_first()
        return Authority.objects.order_by().values(first=models.Subquery(rivals.values("pk")[:1]))


class Assessment(models.Model):
    """CQC's assessment of one authority at one time. An unidentified one belongs to no
    authority."""

    class Status(models.TextChoices):
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn by CQC"

    public_id = models.CharField(max_length=16, unique=True)
    authority = models.ForeignKey(
        Authority,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assessments",
        help_text=f"Empty if no document says which. {EDITABLE}",
    )
    published = partial_date(f"2025-02-28, 2025-02 or 2025; empty is undated. {EDITABLE}")
    kind = models.CharField(
        max_length=10, choices=Kind.choices, default=Kind.FORMAL, help_text=EDITABLE
    )
    status = models.CharField(
        max_length=10, choices=Status.choices, default=Status.PUBLISHED, help_text=EDITABLE
    )
    framework = models.CharField(
        "framework version",
        max_length=20,
        choices=framework_choices,
        default=current_framework,
        editable=False,
        help_text="Follows from its statements and its date. Themes, statements, score words and "
        "rating bands come from it.",
    )
    rating = models.CharField(
        max_length=30,
        blank=True,
        choices=rating_choices,
        help_text=f"CQC's overall rating; empty if none is known or sources differ. {EDITABLE}",
    )
    percent = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(25), MaxValueValidator(100)],
        help_text=f"CQC's overall percentage; empty if none is known or sources differ. {EDITABLE}",
    )
    parsed_rating = models.CharField(
        max_length=30, blank=True, choices=rating_choices, editable=False, help_text=PARSED
    )
    parsed_percent = models.PositiveSmallIntegerField(
        null=True, blank=True, editable=False, help_text=PARSED
    )

    created_at = created_at()

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["authority__name", "-published", "pk"]
        indexes = [
            # The order of `current_first`, so that the first assessment is found without the rest.
            models.Index(
                fields=["authority", "status", "kind", "-published", "id"],
                name="assessments_current_first",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="assessment_percent_25_to_100",
                condition=models.Q(percent=None) | models.Q(percent__range=(25, 100)),
            ),
            models.UniqueConstraint(
                name="one_published_assessment_of_an_authority_date_and_kind",
                fields=["authority", "published", "kind"],
                condition=models.Q(status="published", authority__isnull=False),
                violation_error_message="This authority has a published assessment of this date "
                "and kind already. Withdraw one of them, or move its sections to the other.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.authority_name}, {self.display_date}"

    @property
    def authority_name(self) -> str:
        return labels.authority(self.authority.name if self.authority else None)

    @property
    def rating_corrected(self) -> bool:
        """Whether an editor changed CQC's rating; `percent_corrected` likewise."""
        return bool(self.rating != self.parsed_rating)

    @property
    def percent_corrected(self) -> bool:
        return bool(self.percent != self.parsed_percent)

    @property
    def display_date(self) -> str:
        return dates.display(self.published)

    @property
    def report_address(self) -> str:
        """CQC's own page of the report, or "" where it is not known."""
        authority = self.authority.slug if self.authority else None
        return report_address(authority, self.published, pilot=self.kind == Kind.PILOT)

    @property
    def framework_version(self) -> FrameworkVersion:
        return VERSION_BY_SLUG[self.framework]


class PublishedOutcomeQuerySet(models.QuerySet["PublishedOutcome"]):
    def standing(self) -> Self:
        """Outcomes from the table of published scores and from documents that are not withdrawn."""
        return self.filter(NOT_WITHDRAWN)


class PublishedOutcome(models.Model):
    """What one source says came of an assessment: a report's summary page, or a row of the table of
    published scores. Sources may differ; what they agree on is on the assessment."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="outcomes")
    document = models.OneToOneField(
        SourceDocument,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="outcome",
        help_text="The report whose summary says so; empty for a row of the table.",
    )
    rating = models.CharField(max_length=30, blank=True, choices=rating_choices)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    scores = models.JSONField(default=dict, help_text="Scores by quality statement.")
    sources = models.JSONField(default=list, blank=True, help_text="Addresses where it was read.")

    objects = PublishedOutcomeQuerySet.as_manager()

    class Meta:
        ordering = ["assessment", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="one_row_of_the_table_an_assessment",
                fields=["assessment"],
                condition=models.Q(document=None),
            )
        ]

    def __str__(self) -> str:
        return f"{self.assessment}: {self.get_rating_display() or 'no rating'}"

    @property
    def source_name(self) -> str:
        return self.document.name if self.document else "the table of published scores"


class SectionQuerySet(models.QuerySet["Section"]):
    def current(self) -> Self:
        """The sections in the current version of their document, and those known only by a
        published score if there is no such text."""
        standing = models.Q(
            document__isnull=False, document__superseded_by__isnull=True, document__withdrawn=False
        )
        text = Section.objects.filter(
            standing,
            assessment=models.OuterRef("assessment"),
            statement=models.OuterRef("statement"),
        )
        return self.filter(standing | models.Q(document=None) & ~models.Exists(text))

    def with_text(self) -> Self:
        """Sections whose report is loaded, not only their score."""
        return self.current().exclude(document=None)

    def in_lists(self) -> Self:
        """Without the tables and notes, which only the page of a section shows."""
        return self.defer("tables", "notes")

    def in_report_order(self) -> Self:
        """By CQC's order of the statements of each assessment's framework version."""
        return self.order_by(
            models.Case(
                *[
                    models.When(
                        assessment__framework=version.slug, statement=statement.slug, then=number
                    )
                    for version in framework.VERSIONS
                    for number, statement in enumerate(version.statements)
                ],
                output_field=models.PositiveSmallIntegerField(),
            ),
            "pk",
        )


class Section(models.Model):
    """One quality statement of an assessment: its score and its findings."""

    public_id = models.CharField(max_length=16, unique=True)
    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="sections")
    document = models.ForeignKey(
        SourceDocument,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="sections",
        help_text="Empty if only a published score is known.",
    )
    position = models.PositiveSmallIntegerField(help_text="Order within the document, from 0.")
    statement = models.CharField(
        "quality statement", max_length=30, choices=statement_choices, help_text=EDITABLE
    )
    score = score_field(f"1 to 4; empty if none was published. {EDITABLE}")
    parsed_statement = models.CharField(
        max_length=30, choices=statement_choices, editable=False, help_text=PARSED
    )
    printed_score = score_field("What the section itself prints.")
    tables = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text=f"after: how many paragraphs come before it; rows: the cells. {PARSED}",
    )
    notes = models.JSONField(
        default=list, blank=True, editable=False, help_text=f"Footnotes. {PARSED}"
    )
    parsed_score = score_field(f"What all sources agree on. {PARSED}")

    created_at = created_at()

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["assessment", "document", "position"]
        constraints = [
            models.CheckConstraint(
                name="section_score_1_to_4",
                condition=models.Q(score=None) | models.Q(score__range=(1, 4)),
            ),
            models.CheckConstraint(
                name="section_parsed_score_1_to_4",
                condition=models.Q(parsed_score=None) | models.Q(parsed_score__range=(1, 4)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment.authority_name}: {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("section", args=[self.public_id])

    @property
    def score_corrected(self) -> bool:
        """Whether the score is an editor's and not what all sources agree on."""
        return bool(self.score != self.parsed_score)

    @property
    def definition(self) -> framework.Statement:
        return framework.statement(self.statement, self.assessment.framework)

    @property
    def name(self) -> str:
        return self.definition.name

    @property
    def theme(self) -> framework.Theme:
        return self.definition.theme

    @property
    def score_description(self) -> str:
        return labels.score(self.score, self.assessment.framework_version)
