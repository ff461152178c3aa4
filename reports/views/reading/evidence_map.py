"""How often topics come up by statement and score."""

from dataclasses import dataclass

from reports.exports import Column
from reports.facts import framework
from reports.reading import evidence_map as reading
from reports.reading.coverage import coverage
from reports.reading.evidence_map import EXPECTED, FLOOR, TopicCell, TopicRow
from reports.reading.profiles import profiles
from reports.views.reading import forms
from reports.views.reading.answering import Answer, reading_page
from reports.views.reading.files import column, table_file
from reports.views.reading.forms import ReadingForm, choice, several
from reports.views.reading.links import link


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
    """`column` is the label of its column; `url` leads to the findings counted, `matrix_url` to the
    authorities with how many each has."""

    row: TopicRow
    cell: TopicCell
    column: str
    url: str
    matrix_url: str


COLUMNS: tuple[Column[ShownCell], ...] = (
    column("Topic (inferred)", lambda one: one.row.name),
    column("Topic (inferred, slug)", lambda one: one.row.topic),
    column("Column", lambda one: one.column),
    column("Column (slug)", lambda one: one.cell.column),
    column("Sections", lambda one: one.cell.sections),
    column("With the topic", lambda one: one.cell.having),
    column("Findings", lambda one: one.cell.findings),
    column("Expected", lambda one: round(one.cell.expected, 3)),
    column("Lift", lambda one: round(one.cell.lift.value, 4) if one.cell.lift else None),
    column("From", lambda one: round(one.cell.lift.low, 4) if one.cell.lift else None),
    column("To", lambda one: round(one.cell.lift.high, 4) if one.cell.lift else None),
)


@reading_page("evidence-map", EvidenceMapForm)
def evidence_map(form: EvidenceMapForm) -> Answer:
    statement, scores = form.cleaned_data["statement"], form.cleaned_data["score"]
    everyone = profiles()
    covered = coverage(everyone)
    if statement:
        rows = reading.by_score(everyone, covered, statement)
    else:
        rows = reading.by_statement(everyone, covered, [int(score) for score in scores])

    def column_link(page: str, column: str, topic: str = "") -> str:
        """The address of another page for what is in a column."""
        of_score = [column] if statement else scores
        return link(page, statement=statement or column, score=of_score, topic=topic)

    shown = [
        [
            ShownCell(
                row,
                cell,
                _label(cell, statement),
                column_link("behind", cell.column, row.topic),
                column_link("matrix", cell.column, row.topic),
            )
            for cell in row.cells
        ]
        for row in rows
    ]
    return Answer(
        {
            "rows": [
                (row, link("behind", statement=statement, score=scores, topic=row.topic), cells)
                for row, cells in zip(rows, shown, strict=True)
            ],
            "columns": [
                (one.column, one.cell.sections, column_link("behind", one.cell.column))
                for one in (shown[0] if shown else ())
            ],
            "all_url": link("behind", statement=statement, score=scores),
            "statement": framework.STATEMENT_BY_SLUG.get(statement),
            "floor": FLOOR,
            "expected": EXPECTED,
            "made": covered.made,
        },
        table_file("Evidence map", COLUMNS, [cell for cells in shown for cell in cells]),
    )


def _label(cell: TopicCell, statement: str) -> str:
    return f"Score {cell.column}" if statement else framework.STATEMENT_BY_SLUG[cell.column].name
