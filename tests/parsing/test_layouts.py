"""How much of many layouts the parser reads rightly. `make layouts` prints the table."""

import pytest

from tests.fixtures.layouts.case import Case
from tests.fixtures.layouts.score import Outcome, Verdict, all_cases, judge, table

# Below these the parser has become worse. Seen are the files that it was tuned on.
RIGHT = {True: 0.95, False: 0.90}
SILENT = {True: 0.03, False: 0.05}
CLASSES = set(range(1, 14))


@pytest.fixture(scope="module")
def judged() -> list[tuple[Case, Verdict]]:
    return [(case, judge(case)) for case in all_cases()]


def test_the_files_are_many_and_of_every_class():
    cases = list(all_cases())

    assert len(cases) >= 300
    assert len({case.name for case in cases}) == len(cases)
    assert {case.group for case in cases if case.is_seen} == CLASSES
    assert {case.group for case in cases if not case.is_seen} == CLASSES


@pytest.mark.parametrize("seen", [True, False], ids=["seen", "unseen"])
def test_most_layouts_are_read_rightly_and_few_wrongly_in_silence(judged, seen: bool):
    outcomes = [verdict.outcome for case, verdict in judged if case.is_seen is seen]

    assert outcomes.count(Outcome.RIGHT) >= RIGHT[seen] * len(outcomes), table(judged)
    assert outcomes.count(Outcome.SILENT) <= SILENT[seen] * len(outcomes), table(judged)
