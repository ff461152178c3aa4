"""The types of the API's answers, from which its public description is made."""

from datetime import datetime
from typing import Any
from uuid import UUID

from ninja import Schema
from pydantic import Field

from reports import models


class Problems(Schema):
    """Why a request was not answered: one sentence for each problem."""

    errors: list[str]


class Label(Schema):
    """A slug and its words."""

    slug: str
    name: str


class Printed(Schema):
    """What CQC printed, if an editor of this site corrected it."""

    text: str | None = None
    heading: str | None = None
    score: int | None = None
    statement: str | None = None
    authority: str | None = None


class Finding(Schema):
    """One paragraph of key findings. Topics, evidence and figures are inferred by this site."""

    id: str = Field(description="Made from the content; it stays when the report is read again.")
    url: str
    words_url: str = Field(description="Opens the page at the exact words.")
    status: str = Field(description="published, gone, not-a-finding or joined.")
    authority: Label | None
    theme: Label
    statement: Label
    score: int | None = Field(description="1 to 4; null where none was published.", ge=1, le=4)
    score_description: str
    heading: str
    number: int = Field(description="Place within the section, from 1.")
    text: str
    published: str = Field(description="2025-02-28, 2025-02, 2025 or empty: an undated report.")
    assessment: str
    section: str
    assessment_kind: str
    topics: list[Label]
    evidence: list[Label]
    figures: list[str]
    corrected: list[str] = Field(description="Values of CQC's that an editor changed.")
    printed: Printed
    added: datetime
    source_sha256: str | None
    licence: str


class Span(Schema):
    """A part of the source's decoded text, in code points: [start, end)."""

    start: int
    end: int


class FindingInFull(Finding):
    """A finding with its place in the source text."""

    spans: list[Span]
    source_url: str | None


class NearFinding(Finding):
    """A finding that holds most of the words, but not all."""

    missing: list[str] = Field(description="Words of the search that it does not contain.")


class Also(Schema):
    """Related words that were searched for too. Switch this off with `exact=1`."""

    typed: str
    others: list[str]


class SpellingCorrection(Schema):
    """A word in no finding, the nearest word that is in one, and the whole query with that one."""

    word: str
    nearest: str
    q: str


class Understood(Schema):
    """How the words were read, as the search page says it."""

    words: str = Field(description="The words searched for, with their operators.")
    left_out: list[str] = Field(description="Words of a question that were not searched for.")
    also_searched: list[Also]
    corrections: list[SpellingCorrection]
    corrected: bool = Field(
        description="Whether the corrections were applied because nothing was found without them."
    )
    notes: list[str]


class FindingPage(Schema):
    """`next` is the address of the next page; null on the last. `total` counts all pages. `nearly`
    are a few findings that hold most of the words, if fewer than five hold all; `total` leaves them
    out."""

    total: int
    next: str | None
    results: list[Finding]
    understood: Understood
    nearly: list[NearFinding]


class AdditionPage(Schema):
    next: str | None
    results: list[Finding]


class Authority(Schema):
    slug: str
    url: str
    name: str
    official_name: str
    gss_code: str
    region: Label
    kind: Label


class Score(Schema):
    """The score of one quality statement in one assessment."""

    statement: Label = Field(alias="definition")
    section: str = Field(alias="public_id")
    score: int | None = Field(ge=1, le=4)
    score_printed: int | None = Field(alias="parsed_score", ge=1, le=4)
    has_text: bool = Field(description="Whether the report's text is held, not only the score.")

    @staticmethod
    def resolve_has_text(section: models.Section) -> bool:
        return section.document_id is not None


class Assessment(Schema):
    id: str = Field(alias="public_id")
    authority: Label | None
    published: str
    kind: str
    status: str
    rating: Label | None
    percent: int | None
    rating_printed: str | None
    percent_printed: int | None = Field(alias="parsed_percent")
    scores: list[Score] = Field(alias="sections")

    @staticmethod
    def resolve_rating(row: models.Assessment) -> dict[str, str] | None:
        return {"slug": row.rating, "name": row.get_rating_display()} if row.rating else None

    @staticmethod
    def resolve_rating_printed(row: models.Assessment) -> str | None:
        return row.parsed_rating or None


class AssessmentPage(Schema):
    next: str | None
    results: list[Assessment]


class Statement(Schema):
    slug: str
    name: str
    theme: Label


class Figure(Schema):
    """A number that a finding quotes. Everything but its text is inferred by rules."""

    finding: str
    url: str
    text: str
    value: float | None
    unit: str
    measure: str
    whose: str
    period: str
    direction: str
    clear: bool = Field(description="Whether the rules could say what it measures.")


class FigurePage(Schema):
    next: str | None
    results: list[Figure]


class Correction(Schema):
    """One change of one value by an editor, without names and notes, which are for editors."""

    id: UUID = Field(alias="uuid")
    made_at: datetime
    action: str
    target_kind: str
    target: str = Field(alias="target_id")
    field: str
    before: Any
    after: Any
    reason: str


class CorrectionPage(Schema):
    next: str | None
    results: list[Correction]


class TextToCheck(Schema):
    """Put quotations between quotation marks; without any, each paragraph is one."""

    text: str = Field(max_length=200_000, pattern=r"^[^\x00]*$")


class Difference(Schema):
    kind: str = Field(description="same, missing (only in the report) or added (only quoted).")
    text: str


class QuotedPlace(Schema):
    words: str
    spans: list[Span] = Field(description="In the text of the finding, or of the document.")
    finding: str | None
    document: str
    document_sha256: str
    url: str


class CheckedQuotation(Schema):
    quotation: str
    start: int
    verdict: str = Field(
        description="exact, same, altered, spliced, elsewhere, not-held or cannot-check."
    )
    explanation: str
    places: list[QuotedPlace]
    differences: list[Difference]


class CheckedText(Schema):
    left_out: int
    fingerprint: str = Field(description="The fingerprint of what was held when it was checked.")
    quotations: list[CheckedQuotation]
