"""Changes a random sample of places in the code and counts how many of them the tests notice.

    python -m tests.support.mutants [--count 400] [--seed 1] [ROOM ...]

A mutant is a copy of a function with one small change: another operator, another constant, a
dropped argument. The tests should fail with it (it is killed). One with which they all pass
survives: then no test says what that place is for. mutmut makes the mutants and learns which tests
reach which. Here each mutant gets a process of its own, because a mutant that hangs or breaks an
import must not stop the others. It runs the quickest of its tests that together take some seconds:
every reading of a report reaches most of the parser, so all of them would take minutes. A mutant of
the parser that nothing noticed is tried again with the files of unusual layouts. ROOM is a package
below `reports`, for example `corrections`; without one the sample goes over all packages that
pyproject.toml names.
"""

import argparse
import json
import os
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from pathlib import Path

WORK = Path("mutants")  # where mutmut keeps its copy of the project
STATS = WORK / "mutmut-stats.json"
# Its tests need a node, which takes longer to start than a mutant may take.
LEFT_OUT = "reports.search.engines.opensearch."
SECONDS = 15.0  # of tests for one mutant, as mutmut timed them
PATIENCE = 300.0  # seconds until a mutant counts as hanging; the machine may be busy
PARSER, LAYOUTS = "reports.parsing.", "tests/parsing/test_layouts.py"
PASSED = 0
SURVIVED, UNREACHED, KILLED, HUNG = "survived", "no test reaches it", "killed", "hung"
PYTEST = ("-m", "pytest", "--exitfirst", "--quiet", "--rootdir=.", "-p", "no:cacheprovider")


@dataclass(frozen=True, slots=True)
class Reach:
    """Which tests reach a function, and how many seconds each test takes."""

    tests: dict[str, list[str]]
    seconds: dict[str, float]

    def quickest(self, mutant: str) -> list[str]:
        """The tests to run for a mutant. If even the quickest takes long, that one alone."""
        function = mutant.rpartition("__mutmut_")[0]
        tests = sorted(self.tests.get(function, ()), key=self._seconds_of)
        total = accumulate(map(self._seconds_of, tests))
        in_time = [test for test, so_far in zip(tests, total, strict=True) if so_far <= SECONDS]
        return in_time or tests[:1]

    def _seconds_of(self, test: str) -> float:
        return self.seconds.get(test, 0.0)


def main() -> int:
    arguments = _arguments()
    _generate()
    names = sorted(name for name in _mutants() if _is_in(name, arguments.rooms))
    sample = random.Random(arguments.seed).sample(names, min(arguments.count, len(names)))
    stats = json.loads(STATS.read_text("utf-8"))
    reach = Reach(stats["tests_by_mangled_function_name"], stats["duration_by_test"])
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        outcomes = []
        for mutant, outcome in zip(sample, pool.map(partial(_try, reach), sample), strict=True):
            outcomes.append(outcome)
            print(f"{len(outcomes)} of {len(sample)}: {outcome}: {mutant}", flush=True)
    _report(outcomes)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Count the mutants that the tests notice.")
    parser.add_argument("--count", type=int, default=400, help="how many mutants to try")
    parser.add_argument("--seed", type=int, default=1, help="which sample to take")
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help="packages below reports/")
    return parser.parse_args()


def _generate() -> None:
    """Make all mutants and learn which tests reach which. mutmut does so before it runs any, so
    this asks it for one that does not exist."""
    mutmut = Path(sys.executable).with_name("mutmut")
    subprocess.run([mutmut, "run", "reports.none"], check=False)


def _mutants() -> Iterable[str]:
    for path in WORK.rglob("*.meta"):
        yield from json.loads(path.read_text("utf-8"))["exit_code_by_key"]


def _is_in(name: str, rooms: list[str]) -> bool:
    if name.startswith(LEFT_OUT):
        return False
    return not rooms or any(name.startswith(f"reports.{room}.") for room in rooms)


def _try(reach: Reach, mutant: str) -> str:
    tests = reach.quickest(mutant)
    outcome = _outcome(mutant, tests) if tests else UNREACHED
    if outcome in (SURVIVED, UNREACHED) and mutant.startswith(PARSER):
        return _outcome(mutant, [LAYOUTS])
    return outcome


def _outcome(mutant: str, tests: list[str]) -> str:
    try:
        done = subprocess.run(
            [sys.executable, *PYTEST, *tests],
            cwd=WORK,
            env=os.environ | {"MUTANT_UNDER_TEST": mutant, "HYPOTHESIS": "ci"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return HUNG
    return SURVIVED if done.returncode == PASSED else KILLED


def _report(outcomes: list[str]) -> None:
    counts = Counter(outcomes)
    noticed = counts[KILLED] + counts[HUNG]
    print(", ".join(f"{count} {outcome}" for outcome, count in counts.most_common()))
    print(f"{noticed} of {len(outcomes)} mutants were noticed: {noticed / len(outcomes):.1%}.")


if __name__ == "__main__":
    sys.exit(main())
