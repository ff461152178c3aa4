"""What it takes to keep the index: to build it, to take reports in, to show a correction."""

import re
import subprocess
import sys
import tempfile
import time
from operator import truediv
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.environment import ROOT, index_of, manage, variables
from benchmarks.machine import MEBIBYTE, Peak, bytes_in, watching
from benchmarks.made_reports import write_reports
from benchmarks.peers import fts5
from benchmarks.timing import percentiles
from reports import corrections
from reports.models import Correction, Finding
from reports.search import SearchQuery, catch_up, search

REBUILDS = 3
REPORTS = 153
CORRECTIONS = 10
MARK = "zyxxyzzy"  # stands in no finding


def measure(folder: Path, findings: int) -> dict[str, Any]:
    return {
        "rebuild": _rebuilds(folder, findings),
        "index_mb": round(bytes_in(index_of(folder)) / MEBIBYTE),
        "ingest": _ingest(),
        "correction_visible": _correct(),
    }


def _rebuilds(folder: Path, findings: int) -> dict[str, Any]:
    """Several times, with SQLite's FTS5 in between: other work on the machine makes them differ."""
    rows = fts5.make_database(folder)
    times, peaks, theirs = [], [], []
    for _ in range(REBUILDS):
        seconds, peak = _rebuild(folder)
        times.append(seconds)
        peaks.append(peak)
        theirs.append(fts5.seconds_to_index(rows))
    return {
        "seconds": times,
        "findings_per_second": round(findings / median(times)),
        "peak_resident_mb": max(peak.resident for peak in peaks),
        "peak_own_mb": max(peak.own for peak in peaks),
        "fts5_seconds": [round(seconds, 1) for seconds in theirs],
        "times_fts5": round(median(map(truediv, times, theirs)), 2),
    }


def _rebuild(folder: Path) -> tuple[float, Peak]:
    """Seconds it took, and the most memory."""
    with (
        subprocess.Popen(
            [sys.executable, "manage.py", "reindex"],
            env=variables(folder),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            text=True,
        ) as process,
        watching(process.pid) as peak,
    ):
        said, _ = process.communicate()
    return _seconds(said), peak


def _seconds(said: str) -> float:
    """“Indexed 83 findings in 0.2 s.”"""
    return float(re.findall(r"in ([\d.]+) s", said)[0])


def _ingest() -> dict[str, float]:
    """Of new reports into an empty database, index and all, the start of the program too."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        findings = write_reports(folder / "reports", REPORTS, seed=1)
        manage(folder, "migrate")
        began = time.perf_counter()
        manage(folder, "ingest", str(folder / "reports"))
        seconds = time.perf_counter() - began
    return {
        "documents_per_second": round(REPORTS / seconds, 1),
        "findings_per_second": round(findings / seconds),
    }


def _correct() -> dict[str, float]:
    """Milliseconds from an editor's save until a search finds what was written. The texts are
    put back."""
    why = corrections.Why("benchmark", Correction.Reason.TYPOGRAPHICAL)
    times = []
    for number in range(CORRECTIONS + 1):
        finding = Finding.objects.published().order_by("pk")[number]
        text = finding.text
        began = time.perf_counter()
        corrections.change(finding, {"text": f"{text} {MARK}{number}"}, why)
        catch_up()
        while not search(SearchQuery(q=f"{MARK}{number}")).total:
            time.sleep(0.001)
        times.append((time.perf_counter() - began) * 1000)
        corrections.change(finding, {"text": text}, why)
        catch_up()
    return percentiles(times[1:])
