import pytest

from reports.management.invented import effects
from reports.reading.evidence_map import by_score, by_statement
from reports.reading.statistics import share
from tests.reading import making


def row_of(topic, rows):
    return next(row for row in rows if row.topic == topic)


def test_every_cell_is_a_recount():
    rows = by_score(making.profiles(), making.coverage(), "learning")

    for row in rows:
        for cell in row.cells:
            sections = [
                section
                for report in making.reports()
                for section in report.sections
                if section.statement.slug == "learning" and section.score == int(cell.column)
            ]
            having = [
                sum(paragraph.topic == row.topic for paragraph in section.paragraphs)
                for section in sections
            ]
            assert cell.sections == len(sections)
            assert cell.having == sum(count > 0 for count in having)
            assert cell.findings == sum(having)


def test_the_planted_topic_is_surely_more_frequent_at_its_scores():
    # Waiting times, planted in nine of ten at scores 1 and 2 and in one of four above.
    row = row_of("waiting-times", by_score(making.profiles(), making.coverage(), "assessing-needs"))

    assert [cell.more for cell in row.cells][1:] == [True, False, False]
    assert row.cells[2].fewer


def test_the_planted_empty_cell_is_a_finding():
    row = row_of("complaints", by_score(making.profiles(), making.coverage(), "governance"))

    assert row.cells[3].having == 0
    assert row.cells[3].empty
    assert row.cells[3].expected == pytest.approx(row.cells[3].sections * row.having / row.sections)


def test_few_cells_are_marked_where_nothing_was_planted():
    planted = {(effect.statement, effect.topic) for effect in effects.TOPICS}
    cells = [
        cell
        for statement in ("equity", "care-provision", "partnerships", "safe-systems")
        for row in by_score(making.profiles(), making.coverage(), statement)
        if (statement, row.topic) not in planted
        for cell in row.cells
        if cell.lift
    ]

    assert len(cells) > 40
    assert sum(cell.more or cell.fewer for cell in cells) <= 0.1 * len(cells)


def test_a_lift_is_the_share_over_the_share_of_all():
    row = row_of("training", by_statement(making.profiles(), making.coverage()))
    cell = next(cell for cell in row.cells if cell.column == "learning")

    overall = row.having / row.sections
    expected = share(cell.having, cell.sections)
    assert cell.lift.value == pytest.approx(expected.value / overall)
    assert cell.lift.low == pytest.approx(expected.low / overall)


def test_too_few_sections_have_no_lift():
    few = making.profiles()[:8]

    for row in by_score(few, making.coverage(), "learning"):
        assert {cell.lift for cell in row.cells} == {None}


def test_no_text_has_no_rows():
    assert by_score([], making.coverage(), "learning") == []
