"""The rows: what was read, what readers see, and what the search index has yet to hear of.

Parsed and current values are stored apart. What the parser read is kept on `SourceDocument`,
`Section.parsed_*` and `Paragraph`; what readers see is on `Assessment`, `Section` and `Finding`.
"""

import uuid
from collections.abc import Callable, Iterable
from pathlib import PurePath
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone

from reports import dates, framework, gazetteer
from reports.gazetteer import slugify

EDITABLE = "Your edit survives when the report is read again."
PARSED = "As the parser read it; replaced when the report is read again."


def validate_partial_date(value: str) -> None:
    if not dates.is_partial_date(value):
        raise ValidationError(
            f"“{value}” is not a date: write 2025-02-28, 2025-02 or 2025, or leave it empty."
        )


def _partial_date(help_text: str, name: str | None = None) -> "models.CharField[str, str]":
    """An ISO date cut at the precision known; empty is undated. See `reports.dates`."""
    return models.CharField(
        name,
        max_length=10,
        blank=True,
        default=dates.UNDATED,
        validators=[validate_partial_date],
        help_text=help_text,
    )


def _score(help_text: str, name: str | None = None) -> "models.PositiveSmallIntegerField[Any, Any]":
    return models.PositiveSmallIntegerField(
        name,
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(4)],
        help_text=help_text,
    )


class Kind(models.TextChoices):
    """Whether CQC's scores are formal ratings or the indicative ones of the 2023 pilots."""

    FORMAL = "formal", "Formal"
    PILOT = "pilot", "Pilot (indicative scores)"


RATING_CHOICES = [(band.slug, band.name) for band in framework.RATING_BANDS]
STATEMENT_CHOICES = [(statement.slug, statement.name) for statement in framework.STATEMENTS]


class AuthorityQuerySet(models.QuerySet["Authority"]):
    def load_gazetteer(self) -> None:
        """Create or update every authority of the gazetteer."""
        self.bulk_create(
            [
                Authority(
                    slug=entry.slug,
                    gss_code=entry.gss_code,
                    name=entry.name,
                    official_name=entry.official_name,
                    kind=entry.kind,
                    region=entry.region,
                    aliases=list(entry.aliases),
                )
                for entry in gazetteer.entries()
            ],
            update_conflicts=True,
            unique_fields=["gss_code"],
            update_fields=["slug", "name", "official_name", "kind", "region", "aliases"],
        )

    def with_findings(self) -> Self:
        """Those with something to read."""
        findings = Finding.objects.published().filter(
            section__assessment__authority=models.OuterRef("pk")
        )
        return self.filter(models.Exists(findings))


class Authority(models.Model):
    """One of the 153 local authorities. Every `migrate` loads them from the gazetteer."""

    slug = models.SlugField(unique=True)
    gss_code = models.CharField("ONS code", max_length=9, unique=True)
    name = models.CharField(max_length=100)
    official_name = models.CharField(max_length=100)
    kind = models.CharField(
        max_length=30, choices=[(kind.slug, kind.name) for kind in framework.AUTHORITY_KINDS]
    )
    region = models.CharField(
        max_length=30, choices=[(region.slug, region.name) for region in framework.REGIONS]
    )
    aliases = models.JSONField(default=list, blank=True)

    objects = AuthorityQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name_plural = "authorities"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("authority", args=[self.slug])


class SourceDocumentQuerySet(models.QuerySet["SourceDocument"]):
    def current(self) -> Self:
        """The documents that rows stand on: not replaced by a later version."""
        return self.filter(superseded_by=None)


class SourceDocument(models.Model):
    """The bytes of one version of one document, the text read from them, and what it says of
    itself. A later version supersedes an earlier one; none is ever thrown away."""

    sha256 = models.CharField("SHA-256 of the bytes", max_length=64, unique=True)
    text_sha256 = models.CharField("SHA-256 of the text", max_length=64, db_index=True)
    path = models.CharField(max_length=500, help_text="Where it was when it was ingested.")
    size = models.PositiveIntegerField("size in bytes")
    original = models.FileField(max_length=200)
    text = models.FileField("decoded text", max_length=200)
    spans = models.JSONField(
        default=list,
        help_text="[start, end, kind] in code points of the decoded text; they tile it.",
    )
    unparsed = models.PositiveIntegerField("unparsed characters", default=0)
    authority = models.ForeignKey(
        Authority, models.PROTECT, null=True, blank=True, related_name="+", help_text=PARSED
    )
    decided_by = models.CharField("identified by", max_length=20, blank=True, help_text=PARSED)
    decided_words = models.CharField(
        "identifying words", max_length=300, blank=True, help_text=PARSED
    )
    published = _partial_date(PARSED)
    kind = models.CharField(
        max_length=10, choices=Kind.choices, default=Kind.FORMAL, help_text=PARSED
    )
    superseded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="supersedes"
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
        return self.superseded_by_id is None

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
    message = models.TextField()
    line = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["document", "line", "pk"]

    def __str__(self) -> str:
        return self.message


class AssessmentQuerySet(models.QuerySet["Assessment"]):
    def identified(self) -> Self:
        return self.exclude(authority=None)

    def with_sections(self) -> Self:
        return self.prefetch_related(
            models.Prefetch("sections", Section.objects.current().in_report_order())
        )

    def current_first(self) -> Self:
        """What stands before what was withdrawn, formal before pilot, the latest before earlier:
        "published" and "formal" sort before "withdrawn" and "pilot"."""
        return self.order_by("status", "kind", "-published", "pk")

    def current(self) -> Self:
        """The one assessment that speaks for each authority, and every unidentified one."""
        rivals = Assessment.objects.filter(authority=models.OuterRef("authority")).current_first()
        return self.filter(
            models.Q(authority=None) | models.Q(pk=models.Subquery(rivals.values("pk")[:1]))
        )


class Assessment(models.Model):
    """CQC's assessment of one authority at one time. What is not identified stands alone."""

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
        help_text=f"Empty where no document says which. {EDITABLE}",
    )
    published = _partial_date(f"2025-02-28, 2025-02 or 2025; empty is undated. {EDITABLE}")
    kind = models.CharField(
        max_length=10, choices=Kind.choices, default=Kind.FORMAL, help_text=EDITABLE
    )
    status = models.CharField(
        max_length=10, choices=Status.choices, default=Status.PUBLISHED, help_text=EDITABLE
    )
    rating = models.CharField(
        max_length=30,
        blank=True,
        choices=RATING_CHOICES,
        help_text=f"CQC's overall rating; empty where none is known or sources differ. {EDITABLE}",
    )
    percent = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="The percentage CQC printed."
    )
    parsed_rating = models.CharField(
        max_length=30, blank=True, choices=RATING_CHOICES, editable=False, help_text=PARSED
    )

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering = ["authority__name", "-published", "pk"]

    def __str__(self) -> str:
        return f"{self.authority_name}, {self.display_date}"

    @property
    def authority_name(self) -> str:
        return self.authority.name if self.authority else "Authority not identified"

    @property
    def display_date(self) -> str:
        return dates.display(self.published)


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
    rating = models.CharField(max_length=30, blank=True, choices=RATING_CHOICES)
    percent = models.PositiveSmallIntegerField(null=True, blank=True)
    scores = models.JSONField(default=dict, help_text="Scores by quality statement.")
    sources = models.JSONField(default=list, blank=True, help_text="Addresses where it was read.")

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
        """The sections that stand in the current version of their document, and those known only
        by a published score."""
        return self.filter(models.Q(document=None) | models.Q(document__superseded_by=None))

    def with_text(self) -> Self:
        """Those whose report is loaded, not only their score."""
        return self.current().exclude(document=None)

    def in_report_order(self) -> Self:
        """By CQC's order of the nine statements."""
        return self.order_by(
            models.Case(
                *[
                    models.When(statement=statement.slug, then=number)
                    for number, statement in enumerate(framework.STATEMENTS)
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
        help_text="Empty where only a published score is known.",
    )
    position = models.PositiveSmallIntegerField(help_text="Order within the document, from 0.")
    statement = models.CharField(
        "quality statement", max_length=30, choices=STATEMENT_CHOICES, help_text=EDITABLE
    )
    score = _score(f"1 to 4; empty where none was published. {EDITABLE}")
    parsed_statement = models.CharField(
        max_length=30, choices=STATEMENT_CHOICES, editable=False, help_text=PARSED
    )
    printed_score = _score("What the section itself prints.")
    parsed_score = _score(f"What all sources agree on. {PARSED}")

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ["assessment", "document", "position"]
        constraints = [
            models.CheckConstraint(
                name="section_score_1_to_4",
                condition=models.Q(score=None) | models.Q(score__range=(1, 4)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assessment.authority_name}: {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("section", args=[self.public_id])

    @property
    def definition(self) -> framework.Statement:
        return framework.STATEMENT_BY_SLUG[self.statement]

    @property
    def name(self) -> str:
        return self.definition.name

    @property
    def theme(self) -> framework.Theme:
        return self.definition.theme

    @property
    def score_description(self) -> str:
        return framework.SCORE_DESCRIPTIONS[self.score] if self.score else "No score published"


class Paragraph(models.Model):
    """One paragraph of key findings as the parser read it: the base that an edit departs from."""

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
    topics = models.JSONField(default=list)
    evidence = models.JSONField(default=list)

    class Meta:
        ordering = ["section", "position"]

    def __str__(self) -> str:
        return self.text[:80]


class HeadingSlugField(models.SlugField):  # type: ignore[type-arg]  # has none when it runs
    """The slug of the instance's heading, made whenever the row is written."""

    def pre_save(self, model_instance: Any, add: bool) -> str:
        slug = slugify(model_instance.heading)[: self.max_length]
        setattr(model_instance, self.attname, slug)
        return slug


class FindingQuerySet(models.QuerySet["Finding"]):
    def published(self) -> Self:
        """What readers search and read; the others keep their permalinks."""
        return self.filter(status=Finding.Status.PUBLISHED)

    def with_context(self) -> Self:
        """With everything a page says about a finding, in one query."""
        return self.select_related("section__assessment__authority", "paragraph__document")


class Finding(models.Model):
    """One paragraph of key findings as readers see it."""

    class Status(models.TextChoices):
        PUBLISHED = "published", "Published"
        GONE = "gone", "No longer in the report"
        NOT_A_FINDING = "not-a-finding", "Not a finding"
        JOINED = "joined", "Joined into another finding"

    public_id = models.CharField(
        max_length=16, unique=True, help_text="Made from the content; permalinks stand on it."
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
        max_length=300, blank=True, help_text=f"The sub-heading it stands under. {EDITABLE}"
    )
    heading_slug = HeadingSlugField(max_length=300, blank=True, editable=False)
    text = models.TextField(help_text=EDITABLE)
    topics = models.JSONField(
        default=list, blank=True, help_text=f"Inferred, not published by CQC. {EDITABLE}"
    )
    evidence = models.JSONField(
        "evidence categories",
        default=list,
        blank=True,
        help_text=f"Inferred, not published by CQC. {EDITABLE}",
    )

    objects = FindingQuerySet.as_manager()

    class Meta:
        # Two findings split from one paragraph share its place, in the order they were made.
        ordering = ["section", "position", "pk"]

    def __str__(self) -> str:
        return self.text if len(self.text) <= 80 else f"{self.text[:79]}…"

    def get_absolute_url(self) -> str:
        return reverse("finding", args=[self.public_id])


class AppendOnlyQuerySet(models.QuerySet["Correction"]):
    def update(self, **kwargs: Any) -> int:
        raise TypeError("Corrections are append-only: make another correction instead.")

    def delete(self) -> tuple[int, dict[str, int]]:
        raise TypeError("Corrections are append-only: make another correction instead.")


class Correction(models.Model):
    """One change of one value by a person. Append-only; only `reports.corrections` writes them, and
    they are the one history. Changes made in one go share a `batch`.

    Values are JSON that means the same in a database made anew: see `corrections.targets`. A row
    that was made, by a split or from unparsed text, has an empty `field` and all its values after.
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

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    batch = models.UUIDField(db_index=True)
    action = models.CharField(max_length=10, choices=Action.choices)
    target_kind = models.CharField(max_length=10)
    target_id = models.CharField(max_length=16)
    field = models.CharField(max_length=20, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    parsed = models.JSONField(null=True, help_text="What the parser read when this was made.")
    reason = models.CharField(max_length=20, choices=Reason.choices)
    note = models.TextField(blank=True)
    editor = models.CharField(max_length=150, help_text="The user name, kept if the user goes.")
    made_at = models.DateTimeField(default=timezone.now)
    reverts = models.UUIDField(null=True, blank=True, help_text="The batch that this one undoes.")

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        ordering = ["made_at", "pk"]
        indexes = [models.Index(name="correction_target", fields=["target_kind", "target_id"])]

    def __str__(self) -> str:
        return f"{self.get_action_display()}: {self.field or self.target_kind}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise TypeError("Corrections are append-only: make another correction instead.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise TypeError("Corrections are append-only: make another correction instead.")


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


class ReaderReportQuerySet(models.QuerySet["ReaderReport"]):
    def waiting(self) -> Self:
        return self.filter(status=ReaderReport.Status.WAITING)

    def answered(self) -> Self:
        return self.exclude(status=ReaderReport.Status.WAITING)


class ReaderReport(models.Model):
    """An error that a reader reports in a finding, and what an editor answers. It holds nothing
    about the reader."""

    class Status(models.TextChoices):
        WAITING = "waiting", "Waiting for an editor"
        CORRECTED = "corrected", "Corrected"
        STANDS = "stands", "The finding stands as it is"
        DECLINED = "declined", "Not about an error"

    MESSAGE_LENGTH = 2_000
    WORDS_LENGTH = 500

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="reader_reports")
    words = models.CharField(
        "the words in question", max_length=WORDS_LENGTH, blank=True, help_text="Of the finding."
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
        return self.message if len(self.message) <= 80 else f"{self.message[:79]}…"


class IndexChangeQuerySet(models.QuerySet["IndexChange"]):
    def record(self, public_ids: Iterable[str]) -> None:
        """Note findings whose search documents are out of date. Call it in the transaction that
        changes or deletes them."""
        self.bulk_create([IndexChange(finding=public_id) for public_id in public_ids])


class IndexChange(models.Model):
    """The outbox: a finding that the search index has yet to hear of.

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


def taken_ids(model: type[Assessment | Section | Finding]) -> Callable[[set[str]], Iterable[str]]:
    """For `identifiers.allocate`: which of some public ids rows of this model have."""

    def find_taken(ids: set[str]) -> Iterable[str]:
        return model._default_manager.filter(public_id__in=ids).values_list("public_id", flat=True)

    return find_taken
