"""The rows: what was read, what readers see, and the changes that the search index still lacks.

Parsed and current values are stored apart. What the parser read is kept on `SourceDocument`,
`Section.parsed_*` and `Paragraph`; what readers see is on `Assessment`, `Section` and `Finding`.
"""

from reports.models.assessments import (
    Assessment,
    AssessmentQuerySet,
    PublishedOutcome,
    Section,
    SectionQuerySet,
)
from reports.models.authorities import Authority, AuthorityQuerySet
from reports.models.corrections import Conflict, Correction, Dismissal, ReaderReport
from reports.models.documents import Problem, SourceDocument
from reports.models.fields import Kind, rating_choices, statement_choices, validate_partial_date
from reports.models.figures import Figure, FigureQuerySet
from reports.models.findings import Finding, FindingQuerySet, Paragraph, taken_ids
from reports.models.listed import ListedFinding, listed, listed_findings
from reports.models.locks import BusyError, short_lock_timeout
from reports.models.outbox import IndexChange, SearchIndex
from reports.models.packs import Pack, PackItem
from reports.models.subscriptions import Notice, Subscription, Told
from reports.models.worked_out import WorkedOut
