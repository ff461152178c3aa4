"""How often topics come up by statement and score."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from reports.facts import framework
from reports.reading import evidence_map as reading
from reports.reading.coverage import coverage
from reports.reading.evidence_map import EXPECTED, FLOOR, TopicCell
from reports.reading.profiles import profiles
from reports.views.reading import forms
from reports.views.reading.answering import answer, file_answer, files, link
from reports.views.reading.forms import ReadingForm, choice, several


class EvidenceMapForm(ReadingForm):
    statement = choice("Quality statement", forms.STATEMENTS, "All nine, side by side")
    score = several("Only scores", forms.SCORES)

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        if cleaned.get("statement") and cleaned.get("score"):
            self.add_error("score", "The columns for one statement are its scores: choose one.")
        return cleaned


@dataclass(frozen=True, slots=True)
class ShownCell:
    """`url` is of the findings counted, `matrix_url` of the authorities with how many each has."""

    cell: TopicCell
    url: str
    matrix_url: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    row: reading.TopicRow
    url: str
    cells: tuple[ShownCell, ...]


@require_safe
def evidence_map(request: HttpRequest) -> HttpResponseBase:
    form = EvidenceMapForm(request.GET)
    if not form.is_valid():
        return answer(request, "evidence-map", form)
    statement, scores = form.cleaned_data["statement"], form.cleaned_data["score"]
    everyone = profiles()
    covered = coverage(everyone)
    if statement:
        rows = reading.by_score(everyone, covered, statement)
    else:
        rows = reading.by_statement(everyone, covered, [int(score) for score in scores])
    if form.cleaned_data["format"]:
        return _file(request, form, rows)
    return answer(
        request,
        "evidence-map",
        form,
        {
            "rows": [_shown(row, statement, scores) for row in rows],
            "columns": _columns(rows, statement, scores),
            "all_url": link("behind", statement=statement, score=scores),
            "statement": framework.STATEMENT_BY_SLUG.get(statement),
            "floor": FLOOR,
            "expected": EXPECTED,
            "made": covered.made,
            "files": files("evidence-map", statement=statement, score=scores),
        },
    )


def _columns(
    rows: list[reading.TopicRow], statement: str, scores: list[str]
) -> list[tuple[str, int, str]]:
    """The label of each column, how many sections it counts, and the address of their findings."""
    if not rows:
        return []
    return [
        (
            _label(cell.column, statement),
            cell.sections,
            _of("behind", cell.column, statement, scores),
        )
        for cell in rows[0].cells
    ]


def _label(column: str, statement: str) -> str:
    return f"Score {column}" if statement else framework.STATEMENT_BY_SLUG[column].name


def _of(page: str, column: str, statement: str, scores: list[str], topic: str = "") -> str:
    """The address of another page for what is in a column."""
    return link(
        page,
        statement=statement or column,
        score=[column] if statement else scores,
        topic=topic,
    )


def _shown(row: reading.TopicRow, statement: str, scores: list[str]) -> ShownRow:
    cells = tuple(
        ShownCell(
            cell,
            _of("behind", cell.column, statement, scores, row.topic),
            _of("matrix", cell.column, statement, scores, row.topic),
        )
        for cell in row.cells
    )
    return ShownRow(row, link("behind", statement=statement, score=scores, topic=row.topic), cells)


def _file(
    request: HttpRequest, form: ReadingForm, rows: list[reading.TopicRow]
) -> HttpResponseBase:
    statement = form.cleaned_data["statement"]
    header = (
        "Topic (inferred)", "Topic (inferred, slug)", "Column", "Column (slug)", "Sections",
        "With the topic", "Findings", "Expected", "Lift", "From", "To",
    )  # fmt: skip
    lines = [
        (
            row.name,
            row.topic,
            _label(cell.column, statement),
            cell.column,
            cell.sections,
            cell.having,
            cell.findings,
            round(cell.expected, 3),
            *(
                (round(cell.lift.value, 4), round(cell.lift.low, 4), round(cell.lift.high, 4))
                if cell.lift
                else (None, None, None)
            ),
        )
        for row in rows
        for cell in row.cells
    ]
    return file_answer(request, form, "Evidence map", header, lines, total=len(lines))
