"""The parser reads each made-up layout as before. `make layouts` prints how many rightly."""

from collections import Counter
from dataclasses import replace

import pytest

from reports.parsing import ReportRecord, SpanKind, parse_report
from tests.fixtures.layouts import score
from tests.fixtures.layouts.case import Case, Part, cases
from tests.fixtures.layouts.score import Outcome, Verdict, all_cases, judge

CASES = {case.name: case for case in all_cases()}
CLASSES = set(range(1, 14))
# What the parser does not read rightly. A name leaves the list when the parser reads it.
NOT_RIGHT = {
    "01-wrapped-safeguarding.spaced.txt": Outcome.FLAGGED,
    "01-wrapped-date.spaced.txt": Outcome.FLAGGED,
    "01-wrapped-date.pdf": Outcome.FLAGGED,
    "01-wrapped-figure.pdf": Outcome.FLAGGED,
    "01-wrapped-share.spaced.txt": Outcome.FLAGGED,
    "01-wrapped-share.pdf": Outcome.FLAGGED,
    "01-wrapped-regulator.pdf": Outcome.FLAGGED,
    "02-plain-related.spaced.txt": Outcome.FLAGGED,
    "03-long.bold.docx": Outcome.FLAGGED,
    "07-text-page-number.wrapped.txt": Outcome.FLAGGED,
    "01-last-figures-on-a-line.txt": Outcome.FLAGGED,
    "01-last-figures-on-a-line.pdf": Outcome.FLAGGED,
}
# Fewer read rightly, or more wrongly in silence, would be a worse parser. Seen are the files that
# it was tuned on.
RIGHT = {Part.SEEN: 0.95, Part.UNSEEN: 0.90, Part.LATER: 0.90}
MOST_SILENT = 0.03


def test_the_files_are_many_and_of_every_class():
    assert len(CASES) == len(list(all_cases())) >= 300
    for part in RIGHT:
        assert {case.group for case in CASES.values() if case.part is part} == CLASSES


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_layout_is_read_as_before(case: Case):
    verdict = judge(case)

    assert verdict.outcome is NOT_RIGHT.get(case.name, Outcome.RIGHT), verdict.detail


@pytest.mark.parametrize("part", RIGHT)
def test_most_layouts_are_read_rightly_and_few_wrongly_in_silence(part: Part):
    names = [name for name, case in CASES.items() if case.part is part]
    outcomes = Counter(NOT_RIGHT.get(name, Outcome.RIGHT) for name in names)

    assert set(NOT_RIGHT) <= set(CASES)
    assert outcomes[Outcome.RIGHT] >= RIGHT[part] * len(names)
    assert outcomes[Outcome.SILENT] <= MOST_SILENT * len(names)


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
