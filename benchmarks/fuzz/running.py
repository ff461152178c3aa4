"""Runs cases one after the other and measures the processor time of each."""

import os
import random
import resource
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

MOST_SECONDS = 2.0  # of processor time, for one request or document
PROGRESS_EVERY = 30.0  # seconds


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of one case: a word to count it by, whether it is a fault, and what was sent."""

    outcome: str
    is_fault: bool
    sent: str


Kind = Callable[[random.Random], Answer]


def run(name: str, steps: range, seed: int, answer: Kind) -> Iterator[str]:
    """A sentence for each fault, printed as it is found."""
    outcomes: Counter[str] = Counter()
    slowest, began = (0.0, 0), time.monotonic()
    said = began
    for step in steps:
        # A generator for each, so that a case can be made again alone.
        chance = random.Random(f"{seed} {name} {step}")
        start = processor_seconds()
        found = answer(chance)
        seconds = processor_seconds() - start
        slowest = max(slowest, (seconds, step))
        outcomes[found.outcome] += 1
        if found.is_fault or seconds > MOST_SECONDS:
            fault = f"{name} {step}, {seconds:.1f} s: {found.outcome}: {found.sent}"
            print(fault, flush=True)
            yield fault
        if time.monotonic() > said + PROGRESS_EVERY:
            said = time.monotonic()
            print(f"  {step + 1:,} of {steps.stop:,} {name} in {said - began:.0f} s", flush=True)
    took = time.monotonic() - began
    kinds = ", ".join(f"{kind}: {count:,}" for kind, count in sorted(outcomes.items()))
    print(
        f"{len(steps):,} {name} in {took:.0f} s; the slowest, number {slowest[1]}, took "
        f"{slowest[0]:.2f} s of processor. {kinds}",
        flush=True,
    )


def processor_seconds() -> float:
    """What this process has used, the processes that it waited for, and, on Linux, those that read
    documents for it at this moment."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    children = Path(f"/proc/self/task/{os.getpid()}/children")
    alive = children.read_text().split() if children.exists() else []
    return (
        time.process_time()
        + ended.ru_utime
        + ended.ru_stime
        + sum(_seconds_of(Path("/proc", process, "stat")) for process in alive)
    )


def _seconds_of(stat: Path) -> float:
    # The name of the program, in brackets, may hold blanks: the fields after it are counted.
    fields = stat.read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
