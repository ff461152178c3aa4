"""Rows of findings for download: flat, with their context and what an editor changed."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import cache
from itertools import islice
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.urls import reverse

from reports.exports.tables import Column, Table, Type
from reports.facts import framework, gazetteer, inferred, labels
from reports.facts.framework import VERSION_BY_SLUG, Statement, statement
from reports.facts.taxonomy import SHOWN_TONES
from reports.inference import quantities
from reports.models import Assessment, Finding, Kind

BATCH = 500

# The fields of `TakenFinding` and where the database has them.
_COLUMNS = {
    "public_id": "public_id",
    "status": "status",
    "number": "number",
    "heading": "heading",
    "text": "text",
    "topics": "topics",
    "groups": "groups",
    "evidence": "evidence",
    "figures": "figures",
    "tone": "tone",
    "created_at": "created_at",
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


class TakenFinding(NamedTuple):
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
    def authority_name(self) -> str:
        return labels.authority(self.name)

    @property
    def definition(self) -> Statement:
        return statement(self.statement, self.framework)

    @property
    def score_description(self) -> str:
        return labels.score(self.score, VERSION_BY_SLUG[self.framework])

    @property
    def corrected(self) -> tuple[str, ...]:
        """The names of CQC's values that an editor changed."""
        changed = {
            "text": self.read_text != self.text,
            "heading": self.read_text is not None and self.read_heading != self.heading,
            "quality statement": self.read_statement != self.statement,
            "score": self.read_score != self.score,
            "authority": self.document is not None and self.read_authority != self.authority,
        }
        return tuple(name for name, is_changed in changed.items() if is_changed)

    @property
    def address(self) -> str:
        return reverse("finding", args=[self.public_id])


def taken(findings: QuerySet[Finding]) -> list[TakenFinding]:
    """Findings of a query, in its order."""
    return [TakenFinding(*values) for values in findings.values_list(*_COLUMNS.values())]


def taken_by_id(public_ids: Iterable[str]) -> Iterator[TakenFinding]:
    """The findings in the order of the ids, read in batches to bound memory, without those that are
    no longer published."""
    waiting = iter(public_ids)
    while batch := list(islice(waiting, BATCH)):
        rows = _rows().filter(public_id__in=batch)
        found = {values[0]: TakenFinding(*values) for values in rows}
        yield from (found[public_id] for public_id in batch if public_id in found)


@cache
def _rows() -> QuerySet[Finding, tuple[Any, ...]]:
    """The query, made once: Django needs as long to work out its joins as to read some rows."""
    return Finding.objects.published().order_by().values_list(*_COLUMNS.values())


def _region(finding: TakenFinding) -> str:
    entry = gazetteer.by_slug().get(finding.authority or "")
    return entry.region if entry else ""


def _region_name(finding: TakenFinding) -> str:
    return _REGION_NAMES.get(_region(finding), "")


_REGION_NAMES = {region.slug: region.name for region in framework.REGIONS}


def _printed(name: str, value: str | int | None, finding: TakenFinding) -> str | int | None:
    """What CQC printed, if an editor changed it."""
    return value if name in finding.corrected else None


FINDINGS: Table[TakenFinding] = Table(
    "findings",
    "Findings",
    (
        Column("id", "Finding", lambda f: f.public_id, about="Public id, made from the content"),
        Column("authority_name", "Authority", lambda f: f.authority_name),
        Column("authority", "Authority (slug)", lambda f: f.authority),
        Column("region_name", "Region", _region_name),
        Column("region", "Region (slug)", _region),
        Column("theme_name", "Theme", lambda f: f.definition.theme.name),
        Column("theme", "Theme (slug)", lambda f: f.definition.theme.slug),
        Column("statement_name", "Quality statement", lambda f: f.definition.name),
        Column("statement", "Quality statement (slug)", lambda f: f.statement),
        Column(
            "score",
            "Score",
            lambda f: f.score,
            Type.WHOLE,
            "CQC's score of the quality statement, 1 to 4; empty where none was published",
        ),
        Column("score_description", "Score description", lambda f: f.score_description),
        Column("heading", "Heading", lambda f: f.heading, about="The sub-heading it stands under"),
        Column(
            "number",
            "Number in the section",
            lambda f: f.number,
            Type.WHOLE,
            "Place of the finding within its quality statement, from 1",
        ),
        Column("text", "Text", lambda f: f.text, about="CQC's words", prose=True),
        Column(
            "published",
            "Assessment date",
            lambda f: f.published,
            about="2025-02-28, 2025-02 or 2025, as precise as its source; empty is undated",
        ),
        Column("kind_name", "Assessment kind", lambda f: str(Kind(f.kind).label)),
        Column("kind", "Assessment kind (slug)", lambda f: f.kind),
        Column(
            "assessment_status",
            "Assessment status",
            lambda f: str(Assessment.Status(f.assessment_status).label),
        ),
        Column("assessment", "Assessment (id)", lambda f: f.assessment),
        Column("section", "Section (id)", lambda f: f.section),
        Column(
            "topic_names",
            "Topics (inferred)",
            lambda f: tuple(labels.topics_of(f.topics)),
            Type.LIST,
        ),
        Column("topics", "Topics (inferred, slugs)", lambda f: tuple(f.topics), Type.LIST),
        Column(
            "group_names",
            "Groups of people (inferred)",
            lambda f: tuple(inferred.GROUPS.names(f.groups)),
            Type.LIST,
        ),
        Column(
            "groups", "Groups of people (inferred, slugs)", lambda f: tuple(f.groups), Type.LIST
        ),
        Column(
            "evidence_names",
            "Evidence (inferred)",
            lambda f: tuple(labels.evidence_of(f.evidence)),
            Type.LIST,
        ),
        Column("evidence", "Evidence (inferred, slugs)", lambda f: tuple(f.evidence), Type.LIST),
        Column(
            "figures",
            "Figures (inferred)",
            lambda f: tuple(labels.quoted(f.figures, f.text)),
            Type.LIST,
            "Numbers that the text quotes, word for word",
            prose=True,
        ),
        Column(
            "figures_read",
            "Figures read (inferred)",
            lambda f: tuple(str(one) for one in quantities(f.text, f.figures)),
            Type.LIST,
            "Each figure with what it measures, whose it is and when, as far as that could be told",
            prose=True,
        ),
        Column("tone_name", "Tone (inferred)", lambda f: SHOWN_TONES.get(f.tone, "")),
        Column("tone", "Tone (inferred, slug)", lambda f: f.tone if f.tone in SHOWN_TONES else ""),
        Column(
            "corrected",
            "Corrected by an editor",
            lambda f: f.corrected,
            Type.LIST,
            "Values of CQC's that differ from what was printed; empty where none does",
        ),
        Column(
            "text_printed",
            "Text as printed",
            lambda f: _printed("text", f.read_text, f),
            about="Where an editor corrected it",
            prose=True,
        ),
        Column(
            "heading_printed",
            "Heading as printed",
            lambda f: _printed("heading", f.read_heading, f),
            about="Where an editor corrected it",
        ),
        Column(
            "score_printed",
            "Score as printed",
            lambda f: _printed("score", f.read_score, f),
            Type.WHOLE,
            "Where an editor corrected it",
        ),
        Column("added", "Added here", lambda f: f.created_at.date().isoformat()),
        Column("source", "Source file (SHA-256)", lambda f: f.document),
        Column("link", "Link", lambda f: f.address, Type.LINK),
        Column("licence", "Source", lambda f: framework.ATTRIBUTION),
    ),
)
