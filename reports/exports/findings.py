"""Rows of findings for download: flat, with their context and what an editor changed."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from reports.exports.tables import Cell, Column, ColumnType, Table
from reports.facts import framework, gazetteer, inferred
from reports.facts.inferred import Inferred
from reports.inference import quantities
from reports.models import Assessment, Kind, ListedFinding, listed_findings

BATCH = 500


def taken_by_id(public_ids: Iterable[str]) -> Iterator[ListedFinding]:
    """The findings in the order of the ids, read in batches to bound memory, without those that are
    no longer published."""
    waiting = iter(public_ids)
    while batch := list(islice(waiting, BATCH)):
        yield from listed_findings(batch)


def _region(finding: ListedFinding) -> str:
    entry = gazetteer.by_slug().get(finding.authority or "")
    return entry.region if entry else ""


def _region_name(finding: ListedFinding) -> str:
    return _REGION_NAMES.get(_region(finding), "")


_REGION_NAMES = {region.slug: region.name for region in framework.REGIONS}


def _inferred(value: Inferred) -> Iterator[Column[ListedFinding]]:
    """The columns of an inferred value: words of the text, or names and slugs."""
    title = f"{value.label} (inferred)"
    if value.quotes:
        about = "Numbers that the text quotes, word for word"
        yield Column(
            value.name, title, _cell(value, value.shown), ColumnType.LIST, about, prose=True
        )
        return
    kind = ColumnType.LIST if value.many else ColumnType.TEXT

    def names(finding: ListedFinding) -> list[str]:
        return [value.name_of(slug) for slug in value.shown(finding)]

    yield Column(
        f"{value.facet}_names" if value.many else f"{value.facet}_name",
        title,
        _cell(value, names),
        kind,
    )
    slugs = "slugs" if value.many else "slug"
    yield Column(value.name, f"{value.label} (inferred, {slugs})", _cell(value, value.shown), kind)


def _cell(
    value: Inferred, read: Callable[[ListedFinding], list[str]]
) -> Callable[[ListedFinding], Cell]:
    return lambda finding: tuple(read(finding)) if value.many else "".join(read(finding))


def _printed(
    name: str, title: str, value: str, about: str = "Where an editor corrected it", **options: Any
) -> Column[ListedFinding]:
    """The column of a value of CQC's as printed, which is empty if no editor changed it."""
    return Column(f"{name}_printed", title, lambda f: f.printed.get(value), about=about, **options)


FINDINGS: Table[ListedFinding] = Table(
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
            ColumnType.WHOLE,
            "CQC's score of the quality statement, 1 to 4; empty if none was published",
        ),
        Column("score_description", "Score description", lambda f: f.score_description),
        Column("heading", "Heading", lambda f: f.heading, about="The sub-heading above it"),
        Column(
            "number",
            "Number in the section",
            lambda f: f.number,
            ColumnType.WHOLE,
            "Place of the finding within its quality statement, from 1",
        ),
        Column("text", "Text", lambda f: f.text, about="CQC's words", prose=True),
        Column(
            "published",
            "Assessment date",
            lambda f: f.published,
            about="2025-02-28, 2025-02 or 2025, as precise as its source; empty if undated",
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
        *(column for value in inferred.FIELDS for column in _inferred(value)),
        Column(
            "figures_read",
            "Figures read (inferred)",
            lambda f: tuple(str(one) for one in quantities(f.text, f.figures)),
            ColumnType.LIST,
            "Each figure with what it measures, whose it is and when, as far as rules can tell",
            prose=True,
        ),
        Column(
            "corrected",
            "Corrected by an editor",
            lambda f: f.corrected,
            ColumnType.LIST,
            "Values of CQC's that differ from what was printed; empty if none does",
        ),
        _printed("text", "Text as printed", "text", prose=True),
        _printed("heading", "Heading as printed", "heading"),
        _printed("score", "Score as printed", "score", type=ColumnType.WHOLE),
        _printed("statement", "Quality statement as printed (slug)", "quality statement"),
        _printed(
            "authority",
            "Authority as printed (slug)",
            "authority",
            about="If an editor corrected it; empty if the report does not say",
        ),
        Column("added", "Added here", lambda f: f.created_at.date().isoformat()),
        Column("source", "Source file (SHA-256)", lambda f: f.document),
        Column("link", "Link", lambda f: f.get_absolute_url(), ColumnType.LINK),
        Column("licence", "Source", lambda f: framework.ATTRIBUTION),
    ),
)
