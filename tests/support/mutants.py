"""Changes a random sample of places in the code and counts how many of them the tests notice.

    python -m tests.support.mutants [--count 400] [--seed 1] [PACKAGE ...]

A mutant is the code with one small change in a function: another operator, another constant, a
dropped argument. Some test should fail with it. A mutant with which all pass survives: then no test
says what that place is for. PACKAGE is one below `reports`, for example `corrections`; without one
the sample goes over all of `PACKAGES`.

mutmut says which changes there are. Before any is tried, the tests run once with coverage, which
tells which of them run each line. A mutant is tried with tests that run its line, those that run
the least code first, because they look closest at it. Each is tried in a copy of the project and a
process of its own (`try_mutants.py`), because one that hangs must not stop the others.
"""

import argparse
import ast
import json
import os
import random
import re
import shutil
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from coverage import CoverageData
from libcst import FunctionDef
from mutmut.mutation.file_mutation import create_mutations

from tests.support.try_mutants import HUNG, KILLED, SAID

ROOT = Path(__file__).parents[2]
WORK = ROOT / "mutants"  # the copies of the project
PACKAGES = ("corrections", "ingest", "parsing", "search")
TESTS = (*PACKAGES, "desk")
# OpenSearch's tests need a node, which takes longer to start than a mutant may take.
LEFT_OUT = "reports/search/engines/opensearch/"
# So do these: they start programs, or read hundreds of files in one test.
SLOW_TESTS = (
    "ingest/test_faults.py",
    "ingest/test_kill.py",
    "parsing/test_bounds.py",
    "search/index/test_background_rebuild.py",
    "search/index/test_processes.py",
    "search/relevance",
)
SECONDS = 15.0  # of tests for one mutant, as they took without it
DURATION = re.compile(r"^([\d.]+)s (?:setup|call)\s+(tests/\S.*)$", re.MULTILINE)
PASSED = 0
ENVIRONMENT = os.environ | {"DATABASE_URL": "", "HYPOTHESIS": "ci"}
PYTEST = (sys.executable, "-m", "pytest", "--quiet", "--rootdir=.", "-p", "no:cacheprovider")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change: `path` of the module, the first line that changes, and the changed module."""

    path: str
    line: int
    source: str
    changed: str

    def __str__(self) -> str:
        lines = zip(self.source.splitlines(), self.changed.splitlines(), strict=False)
        old, new = next(pair for pair in lines if pair[0] != pair[1])
        return f"{self.path}:{self.line}: {old.strip()}  ->  {new.strip()}"

    @property
    def function(self) -> range:
        """The lines of the function that is changed."""
        around = (
            range(node.lineno, (node.end_lineno or node.lineno) + 1)
            for node in ast.walk(ast.parse(self.source))
            if isinstance(node, ast.FunctionDef)
        )
        return min((lines for lines in around if self.line in lines), key=len)


@dataclass(frozen=True, slots=True)
class Reach:
    """Which tests run a line of a module, and how many seconds each test takes."""

    tests: Mapping[str, Mapping[int, Sequence[str]]]
    seconds: Mapping[str, float]
    lines_run: Mapping[str, int]

    def running(self, mutant: Mutant) -> list[str]:
        """The tests to try a mutant with, in their order: those that run its line, or the line of
        its function next to it. If even the first takes long, it alone; none if no test does."""
        lines = self.tests.get(mutant.path, {})
        run = [line for line in mutant.function if lines.get(line)]
        if not run:
            return []
        nearest = min(run, key=lambda line: (abs(line - mutant.line), line))
        tests = sorted(lines[nearest], key=lambda test: (self.lines_run[test], test))
        total = accumulate(self.seconds.get(test, 0.0) for test in tests)
        in_time = [test for test, so_far in zip(tests, total, strict=True) if so_far <= SECONDS]
        return in_time or tests[:1]


def main() -> int:
    arguments = _arguments()
    sample = _sample(arguments.count, arguments.seed, arguments.packages or PACKAGES)
    workers = os.cpu_count() or 1
    copies = [_copy(str(number)) for number in range(workers)]
    reach = _learn(copies[0])
    outcomes = []
    for mutant, outcome in _try_all(sample, reach, copies):
        outcomes.append((mutant, outcome))
        print(f"{len(outcomes)} of {len(sample)}: {outcome}: {mutant}", flush=True)
    _report(outcomes)
    return 0


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Count the mutants that the tests notice.")
    parser.add_argument("--count", type=int, default=400, help="how many mutants to try")
    parser.add_argument("--seed", type=int, default=1, help="which sample to take")
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", help="packages below reports/")
    return parser.parse_args()


def _sample(size: int, seed: int, packages: Iterable[str]) -> list[Mutant]:
    places = [
        (path, source, module, mutation)
        for path in _modules(packages)
        for source in [(ROOT / path).read_text("utf-8")]
        for module, mutations, *_ in [create_mutations(path, source)]
        for mutation in mutations
        if isinstance(mutation.contained_by_top_level_function, FunctionDef)
    ]
    chosen = random.Random(seed).sample(places, min(size, len(places)))
    return [_mutant(*place) for place in chosen]


def _modules(packages: Iterable[str]) -> list[str]:
    found = (path for each in packages for path in (ROOT / "reports" / each).rglob("*.py"))
    return sorted(
        name
        for path in found
        if not (name := path.relative_to(ROOT).as_posix()).startswith(LEFT_OUT)
    )


def _mutant(path: str, source: str, module: Any, mutation: Any) -> Mutant:
    changed = module.deep_replace(mutation.original_node, mutation.mutated_node).code
    pairs = zip(source.splitlines(), changed.splitlines(), strict=False)
    line = next(number for number, (old, new) in enumerate(pairs, 1) if old != new)
    return Mutant(path, line, source, changed)


def _copy(name: str) -> Path:
    """A copy of the project as it stands in the folder, without what git ignores."""
    git = shutil.which("git") or "git"
    listed = subprocess.run(
        [git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    copy = WORK / name
    shutil.rmtree(copy, ignore_errors=True)
    for file in filter(None, listed.stdout.split("\0")):
        if (ROOT / file).is_file():
            (copy / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / file, copy / file)
    return copy


def _learn(copy: Path) -> Reach:
    """Run all tests once, without any change."""
    done = subprocess.run(
        [
            *PYTEST,
            *("--numprocesses=auto", "--durations=0", "--durations-min=0"),
            *("--cov", "--cov-context=test", "--cov-report="),
            *("-m", "not browser and not opensearch"),
            *(f"--ignore=tests/{path}" for path in SLOW_TESTS),
            *(f"tests/{folder}" for folder in TESTS),
        ],
        cwd=copy,
        env=ENVIRONMENT,
        capture_output=True,
        check=False,
        text=True,
    )
    if done.returncode != PASSED:
        raise SystemExit(f"The tests do not pass without a mutant:\n{done.stdout[-5000:]}")
    return _reach(copy, done.stdout)


def _reach(copy: Path, printed: str) -> Reach:
    data = CoverageData(copy / ".coverage")
    data.read()
    tests = {
        Path(file).relative_to(copy).as_posix(): {
            line: sorted({context.rpartition("|")[0] for context in contexts if context})
            for line, contexts in data.contexts_by_lineno(file).items()
        }
        for file in data.measured_files()
    }
    changed = tuple(f"reports/{package}/" for package in PACKAGES)
    lines_run = Counter(
        test
        for path, lines in tests.items()
        if path.startswith(changed)
        for each in lines.values()
        for test in each
    )
    seconds: defaultdict[str, float] = defaultdict(float)
    for took, test in DURATION.findall(printed):
        seconds[test] += float(took)
    return Reach(tests, seconds, lines_run)


def _beside(path: str) -> list[str]:
    """The file of tests that is named like a module, or the folder of tests that is."""
    module = Path(path)
    folder = Path("tests", *module.parent.parts[1:])
    while not (ROOT / folder).is_dir():
        folder = folder.parent
    named = folder / f"test_{module.stem.partition('_')[0]}.py"
    return [(named if (ROOT / named).exists() else folder).as_posix()]


def _try_all(
    sample: Sequence[Mutant], reach: Reach, copies: Sequence[Path]
) -> Iterator[tuple[Mutant, str]]:
    """Each mutant with its outcome: as many at a time as there are copies."""
    jobs = [_job(mutant, reach.running(mutant)) for mutant in sample]
    started = [_start(copy, jobs[at :: len(copies)]) for at, copy in enumerate(copies)]
    said = [_said(process) for process in started]
    for at, mutant in enumerate(sample):
        yield mutant, next(said[at % len(copies)])
    for process in started:
        process.communicate()  # what they print at their end


def _job(mutant: Mutant, tests: list[str]) -> dict[str, Any]:
    """A job of `try_mutants.py`. Code that no test runs may run when it is imported, or in another
    process, where coverage does not see it."""
    return {
        "path": mutant.path,
        "line": mutant.line,
        "changed": mutant.changed,
        "tests": tests or _beside(mutant.path),
        "afresh": not tests,
    }


def _start(copy: Path, jobs: Sequence[Mapping[str, Any]]) -> subprocess.Popen[str]:
    """A process that does these jobs in turn and prints the outcome of each on a line."""
    file = copy / "jobs.json"
    file.write_text(json.dumps(jobs), "utf-8")
    return subprocess.Popen(
        [sys.executable, "-m", "tests.support.try_mutants", file.name],
        cwd=copy,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        text=True,
    )


def _said(process: subprocess.Popen[str]) -> Iterator[str]:
    for line in process.stdout or ():
        if line.startswith(SAID):
            yield line.removeprefix(SAID).strip()
    raise SystemExit("The process that tries mutants ended before the last one.")


def _report(outcomes: Sequence[tuple[Mutant, str]]) -> None:
    packages = [*PACKAGES, ""]
    for package in packages:
        some = [o for m, o in outcomes if m.path.startswith(f"reports/{package}")]
        counts = Counter(some)
        noticed = counts[KILLED] + counts[HUNG]
        if some:
            print(
                f"{package or 'together'}: {noticed} of {len(some)} were noticed"
                f" ({noticed / len(some):.1%}):",
                ", ".join(f"{number} {outcome}" for outcome, number in counts.most_common()),
            )


if __name__ == "__main__":
    sys.exit(main())
