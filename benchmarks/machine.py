"""What the figures were taken on, and what processes hold in memory."""

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Event

import psutil

from benchmarks.meanwhile import meanwhile

MEBIBYTE = 1024 * 1024
LOOK_EVERY = 0.2  # seconds


def describe() -> dict[str, object]:
    return {
        "date": datetime.now(UTC).date().isoformat(),
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(psutil.virtual_memory().total / 1024**3),
        "python": platform.python_version(),
        "load_before": round(os.getloadavg()[0], 1),
    }


def _processor() -> str:
    information = Path("/proc/cpuinfo")
    lines = information.read_text().splitlines() if information.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor()


def memory_of_workers(pid: int) -> list[dict[str, int]]:
    """In MB. `resident` counts files mapped into memory too, which the system can take back and
    workers share; `own` is what each needs for itself."""
    workers = psutil.Process(pid).children()
    return [
        {"resident": full.rss // MEBIBYTE, "own": full.uss // MEBIBYTE}
        for full in (worker.memory_full_info() for worker in workers)
    ]


def bytes_in(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


class Peak:
    """The most that a process held, in MB."""

    resident = 0
    own = 0


@contextmanager
def watching(pid: int) -> Iterator[Peak]:
    peak = Peak()

    def watch(ended: Event) -> None:
        process = psutil.Process(pid)
        while not ended.wait(LOOK_EVERY):
            try:
                memory = process.memory_info()
            except psutil.Error:
                return
            peak.resident = max(peak.resident, memory.rss // MEBIBYTE)
            peak.own = max(peak.own, (memory.rss - memory.shared) // MEBIBYTE)

    with meanwhile(watch):
        yield peak
