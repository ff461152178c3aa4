"""Counts how many of the layouts the parser reads correctly. `make layouts` prints the table."""

from dataclasses import replace

import pytest

from reports.parsing import ReportRecord, SpanKind, parse_report
from tests.fixtures.layouts import score
from tests.fixtures.layouts.case import Case, Part, cases
from tests.fixtures.layouts.score import Outcome, Verdict, all_cases, judge, table

# Below these the parser has become worse. Seen are the files that it was tuned on.
RIGHT = {Part.SEEN: 0.95, Part.UNSEEN: 0.90, Part.LATER: 0.90}
MOST_SILENT = 0.03
CLASSES = set(range(1, 14))


@pytest.fixture(scope="module")
def judged() -> list[tuple[Case, Verdict]]:
    return [(case, judge(case)) for case in all_cases()]


def test_the_files_are_many_and_of_every_class():
    cases = list(all_cases())

    assert len(cases) >= 300
    assert len({case.name for case in cases}) == len(cases)
    for part in RIGHT:
        assert {case.group for case in cases if case.part is part} == CLASSES


@pytest.mark.parametrize("part", RIGHT)
def test_most_layouts_are_read_rightly_and_few_wrongly_in_silence(judged, part: Part):
    outcomes = [verdict.outcome for case, verdict in judged if case.part is part]

    assert outcomes.count(Outcome.RIGHT) >= RIGHT[part] * len(outcomes), table(judged)
    assert outcomes.count(Outcome.SILENT) <= MOST_SILENT * len(outcomes), table(judged)


def test_a_word_of_a_finding_that_is_tagged_as_anything_else_is_wrong(monkeypatch):
    (case,) = cases(1, "plain", formats="txt")
    assert judge(case) == Verdict(Outcome.RIGHT)

    def retagged(*args: str) -> ReportRecord:
        record = parse_report(*args)
        last = replace(record.spans[-1], kind=SpanKind.FURNITURE)
        return replace(record, spans=(*record.spans[:-1], last))

    monkeypatch.setattr(score, "parse_report", retagged)

    assert judge(case).outcome is Outcome.SILENT
    assert judge(case).detail.startswith("tagged '', not '")
