"""Tries mutants in one process that has collected the tests and made the test database before.

    python -m tests.support.try_mutants jobs.json

It is run in a copy of the project by `tests.support.mutants`. For each job, a forked process puts
the changed function in the place of the one that was imported and runs the job's tests until one
fails. Nothing else needs to be imported again, which would take longer than most tests do.
"""

import ast
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import types
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import DEVNULL
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from django.db import connections

from reports.parsing import limited

SURVIVED, KILLED, HUNG = "survived", "killed", "hung"
SAID = "outcome: "
# When a mutant counts as hanging: after this much work, or, as the machine may be busy, time.
PROCESSOR_SECONDS = 30
SECONDS = 300
MEMORY = 4 * 1024**3  # a loop that does not end may also fill it
FAILED = 1
OPTIONS = (
    *("--quiet", "--quiet", "--rootdir=.", "-p", "no:cacheprovider"),
    *("-m", "not browser and not opensearch", "-o", "tmp_path_retention_policy=failed"),
)


@dataclass(frozen=True, slots=True)
class Job:
    """A mutant: `changed` is the changed text of the module at `path`, `line` the line that
    changes, and `tests` are the ids of the tests to run. `afresh` says that everything has to be
    imported again."""

    path: str
    line: int
    changed: str
    tests: list[str]
    afresh: bool


class Trying:
    """A plugin of pytest that runs the jobs instead of the tests."""

    def __init__(self, jobs: Sequence[Job]) -> None:
        self.jobs = jobs

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        database = _make_database(session)
        for number, job in enumerate(self.jobs, 1):
            _restore(database)
            with _changed(job, number):
                outcome = _afresh(job) if job.afresh else _outcome(job, session)
            print(f"{SAID}{outcome}", flush=True)
        # While the files of the database are still there.
        session._setupstate.teardown_exact(None)
        return True


def _tests(job: Job, items: Sequence[pytest.Item]) -> list[pytest.Item]:
    """The tests with the job's ids, in their order; the id of a file stands for all its tests."""
    by_id: defaultdict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        by_id[item.nodeid].append(item)
        by_id[item.nodeid.partition("::")[0]].append(item)
    return [item for test in job.tests for item in by_id[test]]


def _make_database(session: pytest.Session) -> Path:
    """Make the test database, by running a test that uses it, and return a copy of its file."""
    plain = next(filter(_is_rolled_back, session.items))
    if not _passes(plain, None, session):
        raise SystemExit(f"{plain.nodeid} fails without a mutant.")
    # A process that forks must not share what this one has open.
    connections.close_all()
    limited.end_all()
    made = Path(connections["default"].settings_dict["NAME"])
    return Path(shutil.copy(made, made.with_suffix(".made")))


def _passes(test: pytest.Item, after: pytest.Item | None, session: pytest.Session) -> bool:
    """Run a test. What the test `after` needs too is kept, and always what the session shares."""
    reports = runtestprotocol(test, log=False, nextitem=after or session)  # type: ignore[arg-type]
    return not any(report.failed for report in reports)


def _is_rolled_back(item: pytest.Item) -> bool:
    mark = item.get_closest_marker("django_db")
    return mark is not None and not mark.kwargs.get("transaction")


def _restore(database: Path) -> None:
    """Put the copy of the database back: a mutant that hung may have left it changed."""
    file = database.with_suffix(".sqlite3")
    for journal in ("-wal", "-shm", "-journal"):
        Path(f"{file}{journal}").unlink(missing_ok=True)
    shutil.copy(database, file)


@contextmanager
def _changed(job: Job, number: int) -> Iterator[None]:
    """While this lasts, the file of the module is the changed one, for processes that tests
    start."""
    module = Path(job.path)
    original, kept = module.read_bytes(), module.stat()
    module.write_text(job.changed, "utf-8")
    # No two versions have one time, so none is taken for another that was compiled before.
    os.utime(module, (kept.st_atime, kept.st_mtime + number))
    try:
        yield
    finally:
        module.write_bytes(original)
        os.utime(module, (kept.st_atime, kept.st_mtime))


def _afresh(job: Job) -> str:
    program = (sys.executable, "-m", "pytest", *OPTIONS, "--exitfirst")
    try:
        done = subprocess.run([*program, *job.tests], check=False, timeout=SECONDS, stdout=DEVNULL)
    except subprocess.TimeoutExpired:
        return HUNG
    return KILLED if done.returncode else SURVIVED


def _outcome(job: Job, session: pytest.Session) -> str:
    tests = _tests(job, session.items)
    if not (child := os.fork()):
        _run(job, tests, session)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return HUNG if os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGALRM) else KILLED
    return KILLED if os.WEXITSTATUS(status) else SURVIVED


def _run(job: Job, tests: Sequence[pytest.Item], session: pytest.Session) -> None:
    """Run the tests with the mutant and end this process; its status says whether one failed."""
    status = FAILED
    try:
        quiet = os.open(os.devnull, os.O_RDWR)
        for stream in range(3):
            os.dup2(quiet, stream)
        # Not the hard limit: the processes that read documents set higher ones of their own.
        for limit, most in ((resource.RLIMIT_CPU, PROCESSOR_SECONDS), (resource.RLIMIT_AS, MEMORY)):
            resource.setrlimit(limit, (most, resource.getrlimit(limit)[1]))
        signal.alarm(SECONDS)
        _put(job)
        following = [*tests[1:], None]
        passed = all(
            _passes(test, after, session) for test, after in zip(tests, following, strict=True)
        )
        status = 0 if passed else FAILED
    finally:
        os._exit(status)


def _put(job: Job) -> None:
    """Put the changed function in the place of the imported one, wherever it is referred to."""
    name = job.path.removesuffix(".py").replace("/", ".").removesuffix(".__init__")
    imported = sys.modules.get(name)
    if imported is None:
        return
    changed = types.ModuleType(name)
    changed.__dict__.update(__file__=imported.__file__, __package__=imported.__package__)
    exec(compile(job.changed, job.path, "exec"), changed.__dict__)
    path = _path_of_function(job)
    old, new = _function(imported, path), _function(changed, path)
    old.__code__ = new.__code__
    old.__defaults__, old.__kwdefaults__ = new.__defaults__, new.__kwdefaults__


def _path_of_function(job: Job) -> list[str]:
    """The name of the function that changes, after that of its class, if it is a method."""
    names: list[str] = []
    inside: ast.AST = ast.parse(job.changed)
    while not isinstance(inside, ast.FunctionDef):
        inside = next(
            node
            for node in ast.iter_child_nodes(inside)
            if isinstance(node, ast.ClassDef | ast.FunctionDef)
            and node.lineno <= job.line <= (node.end_lineno or 0)
        )
        names.append(inside.name)
    return names


def _function(module: types.ModuleType, path: Sequence[str]) -> Any:
    found: Any = module
    for name in path:
        found = vars(found)[name]
    return getattr(found, "__func__", found)


def main() -> int:
    jobs = [Job(**job) for job in json.loads(Path(sys.argv[1]).read_text("utf-8"))]
    files = sorted({test.partition("::")[0] for job in jobs for test in job.tests})
    return int(pytest.main([*OPTIONS, "--capture=no", *files], plugins=[Trying(jobs)]))


if __name__ == "__main__":
    sys.exit(main())
