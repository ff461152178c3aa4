"""Assessments as rows of nine score cells, in CQC's order of the statements."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reports.display.scores import score_cell
from reports.facts import framework
from reports.models import Assessment, Section

# By the authority's primary key and the statement's slug.
Elsewhere = Mapping[tuple[int | None, str], Section]

THEMES = tuple(
    (theme, framework.CURRENT.statements_of(theme)) for theme in framework.CURRENT.themes
)


@dataclass(frozen=True, slots=True)
class ScoreCell:
    """What an assessment holds on one statement: usually no section or one, rarely several. If none
    has text, `elsewhere` is a section with text from another assessment of the authority."""

    statement: framework.Statement
    sections: tuple[Section, ...]
    elsewhere: Section | None = None

    @property
    def known(self) -> bool:
        return bool(self.sections or self.elsewhere)

    @property
    def has_text(self) -> bool:
        return any(section.document_id for section in self.sections)

    @property
    def html(self) -> SafeString:
        """Its scores, each a link if its text is held, and a link to text held elsewhere."""
        if not self.known:
            return score_cell(None)
        parts = [part for section in self.sections for part in _parts(section)]
        if self.elsewhere:
            parts.append(
                format_html(
                    '<a class="elsewhere" href="{}">{} report text'
                    '<span class="visually-hidden">: {}</span></a>',
                    self.elsewhere.get_absolute_url(),
                    self.elsewhere.assessment.display_date,
                    self.statement.name,
                )
            )
        return SafeString("".join(parts))


@dataclass(frozen=True, slots=True)
class ScoreRow:
    assessment: Assessment
    cells: tuple[ScoreCell, ...]


def row(assessment: Assessment, elsewhere: Elsewhere | None = None) -> ScoreRow:
    """Reads `assessment.sections`, which callers prefetch."""
    sections: dict[str, list[Section]] = {}
    for section in assessment.sections.all():
        sections.setdefault(section.statement, []).append(section)
    return ScoreRow(
        assessment,
        tuple(
            _cell(
                statement,
                tuple(sections.get(statement.slug, ())),
                (elsewhere or {}).get((assessment.authority_id, statement.slug)),
            )
            for statement in assessment.framework_version.statements
        ),
    )


def rows(assessments: Iterable[Assessment]) -> list[ScoreRow]:
    return [row(assessment) for assessment in assessments]


def rows_of_authorities(assessments: Iterable[Assessment]) -> list[ScoreRow]:
    """One row per authority, with links to text that only its other assessments have."""
    shown = list(assessments)
    elsewhere = text_in(_others(shown))
    return [row(assessment, elsewhere) for assessment in shown]


def text_in(assessments: Iterable[Assessment]) -> Elsewhere:
    """The first section with text of each authority and statement. Reads `sections`, as `row`
    does."""
    found: dict[tuple[int | None, str], Section] = {}
    for assessment in assessments:
        for section in assessment.sections.all():
            if section.document_id:
                found.setdefault((assessment.authority_id, section.statement), section)
    return found


def by_theme(row: ScoreRow) -> list[tuple[framework.Theme, list[ScoreCell]]]:
    """The cells of which something is known. Themes without any are left out."""
    themes = [
        (theme, [cell for cell in row.cells if cell.known and cell.statement.theme == theme])
        for theme in row.assessment.framework_version.themes
    ]
    return [(theme, cells) for theme, cells in themes if cells]


def missing(row: ScoreRow) -> list[str]:
    """The statements without any section."""
    return [cell.statement.name for cell in row.cells if not cell.known]


def _cell(
    statement: framework.Statement, sections: tuple[Section, ...], elsewhere: Section | None
) -> ScoreCell:
    cell = ScoreCell(statement, sections)
    return cell if cell.has_text else ScoreCell(statement, sections, elsewhere)


def _parts(section: Section) -> Iterator[SafeString]:
    if section.document_id:
        yield score_cell(section.score, section.get_absolute_url())
    elif section.score:
        yield score_cell(section.score)
    if section.score_corrected:
        printed = f"printed {section.parsed_score}" if section.parsed_score else "corrected"
        yield format_html('<span class="corrected quiet">{}</span>', printed)


def _has_all_texts(assessment: Assessment) -> bool:
    loaded = {s.statement for s in assessment.sections.all() if s.document_id}
    return len(loaded) == len(assessment.framework_version.statements)


def _others(shown: Sequence[Assessment]) -> QuerySet[Assessment]:
    """The other assessments of authorities that lack the text of a statement, with the sections
    that have text."""
    authorities = {
        assessment.authority_id for assessment in shown if not _has_all_texts(assessment)
    } - {None}
    return (
        Assessment.objects.filter(authority__in=authorities)
        .exclude(pk__in=[assessment.pk for assessment in shown])
        .current_first()
        .prefetch_related(Prefetch("sections", Section.objects.with_text()))
    )
