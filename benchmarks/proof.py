"""Two web machines on PostgreSQL with a replica, pgbouncer, OpenSearch and a bucket. Each part is
killed in turn while readers read through both machines and an editor saves.

    make cluster                each part is away for ten seconds
    make cluster SHORT=1        for three

Readers stand behind a proxy that asks the other machine if one does not answer. The exit status is
1 if a request failed without a page that says why, if a correction was lost or was still not found
two seconds after it was saved, or if the site did not heal.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Event

import django

from benchmarks.meanwhile import meanwhile
from benchmarks.proof_parts import Part, Saved, Web, start_all

PATIENCE = 180.0  # seconds for the site to heal
READERS = 3
PAUSE = 0.3  # seconds between two requests of a reader
STALE = 2.0  # seconds after which a correction must be found
READ_ONLY = "cannot be changed"
REASONS = ("not answer", READ_ONLY, "cannot be read")


@dataclass
class Seen:
    """What readers got while a part was away and until all was well again."""

    answers: Counter[str] = field(default_factory=Counter)
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)

    def note(self, path: str, status: int, page: str, seconds: float) -> None:
        self.slowest = max(self.slowest, seconds)
        if status == 200:
            self.answers["page with a notice" if READ_ONLY in page else "page"] += 1
        elif status == 503 and any(reason in page for reason in REASONS):
            self.answers["503 that says why"] += 1
        else:
            self.answers["fault"] += 1
            self.faults.append(f"{status} for {path}")


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--short", action="store_true")
    seconds = 3.0 if parser.parse_args().short else 10.0
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        parts, webs = start_all(stack, folder)
        django.setup()
        return int(_prove(parts, webs, seconds))


def _prove(parts: dict[str, Part], webs: list[Web], seconds: float) -> bool:
    """Whether anything was not as it should be. Prints a line for each part."""
    from benchmarks.proof_editor import lost_of, paths, save  # noqa: PLC0415 (needs the settings)

    asked, bad, saved = paths(), False, Saved()
    if _healed(webs, asked) is None:
        raise SystemExit("The site does not start.")
    print(
        f"{'killed':<16}{'healed':>9}{'slowest':>9}  {'saved':>6}{'refused':>8}{'late':>6}  answers"
    )
    for name, part in parts.items():
        seen, before = Seen(), (len(saved.findings), saved.refused, len(saved.late))
        readers = [partial(_read, webs, asked, seen, number) for number in range(READERS)]
        with meanwhile(*readers, partial(save, saved, webs, STALE)):
            time.sleep(1)
            part.kill()
            time.sleep(seconds)
            part.start()
            healed = _healed(webs, asked)
            time.sleep(STALE)
        now = (len(saved.findings), saved.refused, len(saved.late))
        more = [after - former for after, former in zip(now, before, strict=True)]
        answers = ", ".join(f"{count} × {what}" for what, count in sorted(seen.answers.items()))
        shown = "never" if healed is None else f"{healed:.1f} s"
        print(
            f"{name:<16}{shown:>9}{seen.slowest:>7.1f} s  "
            f"{more[0]:>6}{more[1]:>8}{more[2]:>6}  {answers} {Counter(seen.faults) or ''}",
            flush=True,
        )
        bad |= healed is None or bool(seen.faults) or bool(more[2])
    lost = lost_of(saved, webs, PATIENCE)
    print(f"{len(saved.findings)} corrections saved, {len(lost)} lost {lost or ''}")
    return bad or bool(lost)


def _healed(webs: list[Web], paths: list[str]) -> float | None:
    """Seconds until both machines answer every page as they should."""
    began = time.monotonic()
    while time.monotonic() < began + PATIENCE:
        answers = [web.ask(path) for web in webs for path in paths]
        if all(status == 200 and READ_ONLY not in page for status, page in answers):
            return time.monotonic() - began
        time.sleep(PAUSE)
    return None


def _read(webs: list[Web], paths: list[str], seen: Seen, number: int, ended: Event) -> None:
    turn = number
    while not ended.wait(PAUSE):
        path, began = paths[turn % len(paths)], time.monotonic()
        first, second = (webs[(turn + each) % 2] for each in range(2))
        status, page = first.ask(path)
        if not status:
            status, page = second.ask(path)
        seen.note(path, status, page, time.monotonic() - began)
        turn += 1


if __name__ == "__main__":
    sys.exit(main())
