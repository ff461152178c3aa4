"""Findings as lists and exports show them: flat, with their place, read in one query.

A page has twenty and an export ten thousand: to make four model instances for each would take
longer than the search.
"""

from collections.abc import Iterable
from functools import cache
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse

from reports.facts import dates, inferred, labels
from reports.facts.framework import VERSION_BY_SLUG, Statement, statement
from reports.models.fields import Kind
from reports.models.findings import Finding

_COLUMNS = (
    "public_id",
    "number",
    "heading",
    "text",
    *inferred.NAMES,
    "section__statement",
    "section__score",
    "section__assessment__published",
    "section__assessment__kind",
    "section__assessment__authority__slug",
    "section__assessment__authority__name",
    "section__assessment__framework",
    "section__parsed_score",
    "paragraph__text",
    "paragraph__heading",
)


class ListedFinding(NamedTuple):
    """`topics`, `groups`, `evidence`, `tone` and `statement` are slugs, `published` a partial ISO
    date; `authority` is a slug, empty if unidentified. Attributes that start with `read` are as
    the parser read them."""

    public_id: str
    number: int
    heading: str
    text: str
    topics: list[str]
    groups: list[str]
    evidence: list[str]
    figures: list[str]
    tone: str
    statement: str
    score: int | None
    published: str
    kind: str
    authority: str | None
    name: str | None
    framework: str
    read_score: int | None
    read_text: str | None
    read_heading: str | None

    @property
    def score_corrected(self) -> bool:
        return self.score != self.read_score

    @property
    def words_corrected(self) -> bool:
        """Whether the text or the heading is not what the parser read."""
        return (self.text, self.heading) != (self.read_text, self.read_heading)

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
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def quoted_figures(self) -> list[str]:
        return labels.quoted(self.figures, self.text)

    def get_absolute_url(self) -> str:
        return reverse("finding", args=[self.public_id])


def listed_findings(public_ids: Iterable[str]) -> list[ListedFinding]:
    """The findings in the order of the ids, without those that are no longer published."""
    public_ids = list(public_ids)
    found = {row[0]: ListedFinding(*row) for row in _rows().filter(public_id__in=public_ids)}
    return [found[public_id] for public_id in public_ids if public_id in found]


@cache
def _rows() -> QuerySet[Finding, tuple[Any, ...]]:
    """The query, made once: Django needs as long to work out its joins as to read twenty rows."""
    return Finding.objects.published().order_by().values_list(*_COLUMNS)
