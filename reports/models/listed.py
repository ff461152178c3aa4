"""Findings as lists, exports and the API show them: flat, with their context, read in one query.

A page has twenty and an export ten thousand: to make four model instances for each would take
longer than the search.
"""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse

from reports.facts import dates, labels
from reports.facts.framework import VERSION_BY_SLUG, Statement, statement
from reports.facts.gazetteer import report_address
from reports.models.fields import Kind
from reports.models.findings import Finding


class ListedFinding(NamedTuple):
    """A finding with all that a citation needs. `read_…` is what the parser read in CQC's report;
    None if an editor added the finding. `published` is a partial ISO date."""

    public_id: str
    status: str
    number: int
    heading: str
    text: str
    topics: list[str]
    groups: list[str]
    evidence: list[str]
    figures: list[str]
    tone: str
    created_at: datetime
    read_heading: str | None
    read_text: str | None
    section: str
    statement: str
    read_statement: str
    score: int | None
    read_score: int | None
    assessment: str
    published: str
    kind: str
    assessment_status: str
    framework: str
    authority: str | None
    name: str | None
    read_authority: str | None
    document: str | None

    @property
    def score_corrected(self) -> bool:
        return self.score != self.read_score

    @property
    def words_corrected(self) -> bool:
        """Whether the text or the heading is not what the parser read."""
        return (self.text, self.heading) != (self.read_text, self.read_heading)

    @property
    def printed(self) -> dict[str, str | int | None]:
        """What CQC printed, by the name of each of its values that an editor changed."""
        # What was not read from a report was not changed.
        heading = self.heading if self.read_text is None else self.read_heading
        authority = self.authority if self.document is None else self.read_authority
        values = (
            ("text", self.read_text, self.text),
            ("heading", heading, self.heading),
            ("quality statement", self.read_statement, self.statement),
            ("score", self.read_score, self.score),
            ("authority", authority, self.authority),
        )
        return {name: read for name, read, now in values if read != now}

    @property
    def corrected(self) -> tuple[str, ...]:
        """The names of CQC's values that an editor changed."""
        return tuple(self.printed)

    @property
    def authority_name(self) -> str:
        return labels.authority(self.name)

    @property
    def definition(self) -> Statement:
        return statement(self.statement, self.framework)

    @property
    def score_description(self) -> str:
        return labels.score(self.score, VERSION_BY_SLUG[self.framework])

    @property
    def display_date(self) -> str:
        return dates.display(self.published)

    @property
    def quoted_figures(self) -> list[str]:
        return labels.quoted(self.figures, self.text)

    @property
    def report_address(self) -> str:
        """CQC's own page of the report, or "" where it is not known."""
        return report_address(self.authority, self.published, pilot=self.kind == Kind.PILOT)

    def get_absolute_url(self) -> str:
        return reverse("finding", args=[self.public_id])


# Where the database has the fields that are not columns of a finding.
_RELATED = {
    "read_heading": "paragraph__heading",
    "read_text": "paragraph__text",
    "section": "section__public_id",
    "statement": "section__statement",
    "read_statement": "section__parsed_statement",
    "score": "section__score",
    "read_score": "section__parsed_score",
    "assessment": "section__assessment__public_id",
    "published": "section__assessment__published",
    "kind": "section__assessment__kind",
    "assessment_status": "section__assessment__status",
    "framework": "section__assessment__framework",
    "authority": "section__assessment__authority__slug",
    "name": "section__assessment__authority__name",
    "read_authority": "section__document__authority__slug",
    "document": "section__document__sha256",
}
_COLUMNS = [_RELATED.get(field, field) for field in ListedFinding._fields]


def listed(findings: QuerySet[Finding]) -> list[ListedFinding]:
    """Findings of a query, in its order."""
    return [ListedFinding(*values) for values in findings.values_list(*_COLUMNS)]


def listed_findings(public_ids: Iterable[str]) -> list[ListedFinding]:
    """The findings in the order of the ids, without those that are no longer published."""
    public_ids = list(public_ids)
    found = {row[0]: ListedFinding(*row) for row in _rows().filter(public_id__in=public_ids)}
    return [found[public_id] for public_id in public_ids if public_id in found]


@cache
def _rows() -> QuerySet[Finding, tuple[Any, ...]]:
    """The query, made once: Django needs as long to work out its joins as to read twenty rows."""
    return Finding.objects.published().order_by().values_list(*_COLUMNS)
