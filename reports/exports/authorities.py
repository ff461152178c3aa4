"""Rows of authorities for download, each with its current assessment."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial

from django.db.models import Count, Q

from reports.exports.tables import Cell, Column, ColumnType, Table
from reports.facts import framework, labels
from reports.models import Assessment, Authority, Finding, Section


@dataclass(frozen=True, slots=True)
class TakenAuthority:
    """`scores` holds the published score of each quality statement that has one; statements whose
    sections disagree are left out. `findings` counts those that readers can search."""

    authority: Authority
    assessment: Assessment | None
    scores: dict[str, int]
    findings: int

    @property
    def corrected(self) -> tuple[str, ...]:
        """The names of CQC's values that an editor changed, each with what was printed."""
        found = self.assessment
        if found is None:
            return ()
        values: list[tuple[str, object, object]] = [
            ("rating", found.rating, found.parsed_rating),
            ("percent", found.percent, found.parsed_percent),
        ]
        values += [
            (f"score of {section.name}", section.score, section.parsed_score)
            for section in found.sections.all()
        ]
        return tuple(
            f"{name} (printed: {printed or 'none that sources agree on'})"
            for name, now, printed in values
            if now != printed
        )


def taken_authorities(authorities: Iterable[Authority]) -> Iterator[TakenAuthority]:
    """The rows in the order given. There are at most 153, so all are read at once."""
    wanted = list(authorities)
    current = (
        Assessment.objects.current().filter(authority__in=wanted).with_sections().order_by("pk")
    )
    assessments = {assessment.authority_id: assessment for assessment in current}
    findings = _finding_counts()
    for authority in wanted:
        assessment = assessments.get(authority.pk)
        sections = assessment.sections.all() if assessment else ()
        yield TakenAuthority(
            authority, assessment, _scores(sections), findings.get(authority.pk, 0)
        )


def _finding_counts() -> dict[int, int]:
    published = Q(sections__findings__status=Finding.Status.PUBLISHED)
    counts = (
        Assessment.objects.identified()
        .order_by()
        .values_list("authority")
        .annotate(findings=Count("sections__findings", filter=published))
    )
    return {pk: count for pk, count in counts if pk is not None}


def _scores(sections: Iterable[Section]) -> dict[str, int]:
    found: dict[str, set[int | None]] = {}
    for section in sections:
        found.setdefault(section.statement, set()).add(section.score)
    return {
        statement: score
        for statement, scores in found.items()
        if len(scores) == 1 and (score := next(iter(scores)))
    }


def _assessed(
    read: Callable[[Assessment], Cell], otherwise: Cell = ""
) -> Callable[[TakenAuthority], Cell]:
    """The value of a column that an authority has by its assessment."""
    return lambda row: read(row.assessment) if row.assessment else otherwise


def _score_words(statement: str, row: TakenAuthority) -> str:
    score = row.scores.get(statement)
    return labels.score(score) if score else ""


def _score_columns(statement: framework.Statement) -> Iterator[Column[TakenAuthority]]:
    name, slug = statement.slug.replace("-", "_"), statement.slug
    score = ColumnType.WHOLE, "Score"
    yield Column(f"{name}_score", statement.name, lambda row: row.scores.get(slug), *score)
    words = partial(_score_words, slug)
    yield Column(f"{name}_words", f"{statement.name}: in words", words)


AUTHORITIES: Table[TakenAuthority] = Table(
    "authorities",
    "Authorities",
    (
        Column("name", "Authority", lambda row: row.authority.name),
        Column("slug", "Authority (slug)", lambda row: row.authority.slug),
        Column("official_name", "Official name", lambda row: row.authority.official_name),
        Column("gss_code", "ONS code", lambda row: row.authority.gss_code),
        Column("region_name", "Region", lambda row: row.authority.get_region_display()),
        Column("region", "Region (slug)", lambda row: row.authority.region),
        Column("kind_name", "Kind of authority", lambda row: row.authority.get_kind_display()),
        Column("kind", "Kind of authority (slug)", lambda row: row.authority.kind),
        Column(
            "published",
            "Assessment date",
            _assessed(lambda found: found.published),
            about="2025-02-28, 2025-02 or 2025, as precise as its source",
        ),
        Column("assessment_kind", "Assessment kind", _assessed(Assessment.get_kind_display)),
        Column("assessment_status", "Assessment status", _assessed(Assessment.get_status_display)),
        Column("rating_name", "Overall rating", _assessed(Assessment.get_rating_display)),
        Column("rating", "Overall rating (slug)", _assessed(lambda found: found.rating)),
        Column(
            "percent",
            "Overall percentage",
            _assessed(lambda found: found.percent, None),
            ColumnType.WHOLE,
        ),
        *(column for one in framework.STATEMENTS for column in _score_columns(one)),
        Column(
            "findings",
            "Findings to read",
            lambda row: row.findings,
            ColumnType.WHOLE,
            "Of all assessments",
        ),
        Column("corrected", "Corrected by an editor", lambda row: row.corrected, ColumnType.LIST),
        Column("link", "Link", lambda row: row.authority.get_absolute_url(), ColumnType.LINK),
        Column("licence", "Source", lambda row: framework.ATTRIBUTION),
    ),
    key="slug",
)
