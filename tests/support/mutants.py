"""Changes a random sample of places in the code and counts how many of them the tests notice.

    python -m tests.support.mutants [--count 400] [--seed 1] [ROOM ...]

A mutant is a copy of a function with one small change: another operator, another constant, a
dropped argument. The tests should fail with it (it is killed). One with which they all pass
survives: then no test says what that place is for. mutmut makes the mutants and runs for each only
the tests that reach it; of these, the quickest that together take a few seconds, because every
reading of a report reaches most of the parser. ROOM is a package below `reports`, for example
`corrections`; without one the sample goes over all packages that pyproject.toml names.
"""

import argparse
import json
import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable
from itertools import accumulate
from pathlib import Path

WORK = Path("mutants")  # where mutmut keeps its copy of the project
# Its tests need a node, which takes longer to start than a mutant may take.
LEFT_OUT = "reports.search.engines.opensearch."
STATS = WORK / "mutmut-stats.json"
SECONDS = 15.0  # of tests for one mutant
UNREACHED = "no test reaches it"
OUTCOMES = {0: "survived", 1: "killed", 3: "killed", 5: UNREACHED, 33: UNREACHED}
NOT_RUN = "not run"


def main() -> int:
    arguments = _arguments()
    _generate()
    _keep_the_quickest_tests()
    names = sorted(name for name in _outcomes() if _is_in(name, arguments.rooms))
    sample = random.Random(arguments.seed).sample(names, min(arguments.count, len(names)))
    _mutmut("run", *sample)
    return _report(sample)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Count the mutants that the tests notice.")
    parser.add_argument("--count", type=int, default=400, help="how many mutants to try")
    parser.add_argument("--seed", type=int, default=1, help="which sample to take")
    parser.add_argument("rooms", nargs="*", metavar="ROOM", help="packages below reports/")
    return parser.parse_args()


def _is_in(name: str, rooms: Iterable[str]) -> bool:
    rooms = list(rooms)
    if name.startswith(LEFT_OUT):
        return False
    return not rooms or any(name.startswith(f"reports.{room}.") for room in rooms)


def _generate() -> None:
    """Make all mutants and learn which tests reach which. mutmut does so before it runs any, so
    this asks it for one that does not exist."""
    _mutmut("run", "reports.none")


def _keep_the_quickest_tests() -> None:
    """Take the slower tests off mutmut's list of those that reach a function."""
    stats = json.loads(STATS.read_text("utf-8"))
    seconds: dict[str, float] = stats["duration_by_test"]
    reach: dict[str, list[str]] = stats["tests_by_mangled_function_name"]
    for function, tests in reach.items():
        quickest = sorted(tests, key=lambda test: seconds.get(test, 0.0))
        total = accumulate(seconds.get(test, 0.0) for test in quickest)
        reach[function] = [
            test for test, so_far in zip(quickest, total, strict=True) if so_far <= SECONDS
        ] or quickest[:1]
    STATS.write_text(json.dumps(stats), "utf-8")


def _mutmut(*words: str) -> None:
    subprocess.run([Path(sys.executable).with_name("mutmut"), *words], check=False)


def _outcomes() -> dict[str, int | None]:
    """The exit status of the tests for each mutant; None where it was not run."""
    found: dict[str, int | None] = {}
    for path in WORK.rglob("*.meta"):
        found |= json.loads(path.read_text("utf-8"))["exit_code_by_key"]
    return found


def _report(sample: list[str]) -> int:
    outcomes = _outcomes()
    words = {name: _word(outcomes[name]) for name in sample}
    for name in sorted(sample):
        if words[name] != "killed":
            print(f"{words[name]}: {name}")
    counts = Counter(words.values())
    tried = len(sample) - counts[NOT_RUN]
    noticed = tried - counts["survived"] - counts[UNREACHED]
    print(", ".join(f"{count} {word}" for word, count in counts.most_common()))
    print(f"{noticed} of {tried} mutants were noticed: {100 * noticed / max(tried, 1):.1f}%.")
    return 0


def _word(status: int | None) -> str:
    """Any other exit status is a crash or a run that took too long: the tests did notice."""
    return NOT_RUN if status is None else OUTCOMES.get(status, "stopped the tests")


if __name__ == "__main__":
    sys.exit(main())
