"""All findings as files: how long they take, and how much a worker grows while it makes one."""

import argparse
import time
from contextlib import ExitStack
from http.client import HTTPConnection
from typing import Any

import psutil

from benchmarks import environment, machine
from benchmarks.serving import HOST, BadAnswerError, Server, site

PIECE = 1 << 20  # bytes read at once
WARM_UP = "/findings.{format}?q=ombudsman"
ALL = "/findings.{format}"


def main(options: argparse.Namespace) -> dict[str, Any]:
    figures = {}
    for file_format in ("csv", "json", "xlsx"):
        # A new site each time: memory that one file leaves behind would hide what the next takes.
        with site(environment.folder_of(options.findings)) as server:
            figures[file_format] = _measure(server, file_format)
    return figures


def _measure(server: Server, file_format: str) -> dict[str, Any]:
    """`grown_mb` is how much more private memory the worker that grows most needs than before;
    files mapped into memory are left out."""
    for _ in range(8):  # so that every worker has made a file
        _download(server, WARM_UP.format(format=file_format))
    workers = psutil.Process(server.pid).children()
    before = {worker.pid: _own(worker) for worker in workers}
    worked = sum(map(_worked, workers))
    began = time.perf_counter()
    with ExitStack() as watched:
        peaks = {pid: watched.enter_context(machine.watching(pid)) for pid in before}
        size = _download(server, ALL.format(format=file_format))
    return {
        "seconds": round(time.perf_counter() - began, 1),
        "seconds_of_work": round(sum(map(_worked, workers)) - worked, 1),
        "mb": round(size / machine.MEBIBYTE, 1),
        "grown_mb": max(peak.own - before[pid] for pid, peak in peaks.items()),
        "own_mb_before": max(before.values()),
    }


def _download(server: Server, path: str) -> int:
    """Its size in bytes. Nothing of it is kept."""
    connection = HTTPConnection(HOST, server.port, timeout=3600)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        if response.status != 200:
            raise BadAnswerError(f"{response.status} for {path}")
        return sum(map(len, iter(lambda: response.read(PIECE), b"")))
    finally:
        connection.close()


def _own(worker: psutil.Process) -> int:
    """MB of memory that is not a file's."""
    memory = worker.memory_info()
    return int(memory.rss - memory.shared) // machine.MEBIBYTE


def _worked(worker: psutil.Process) -> float:
    """Seconds of processor time."""
    times = worker.cpu_times()
    return float(times.user + times.system)
