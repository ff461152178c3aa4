"""Benchmarks on made-up findings.

python -m benchmarks corpus --findings 50000
"""

import argparse
import importlib
import json
import sys
from pathlib import Path
from typing import Any

from benchmarks import environment, machine

COMMANDS = {
    "corpus": "make the corpus, unless it is there",
    "run": "time search and page beside the bare engine and what people would otherwise use",
    "former": "search beside an older checkout's: what it lost, and its times",
    "pages": "time every kind of page, and searches that are hard to answer",
    "staff": "time every page of the corrections desk and of the records",
    "load": "many readers, while an ingest runs and editors save",
    "similar": "similar findings, near misses and misspelt words",
    "exports": "all findings as files, and how much a worker grows meanwhile",
    "quotes": "the quote checker: its speed, and altered quotations that it must not pass",
    "weight": "what a browser transfers",
    "profile": "where the time of search and page goes",
}


def main(arguments: list[str] | None = None) -> int:
    options = _options(arguments)
    folder = environment.folder_of(options.findings)
    # Models can be imported only now; every benchmark imports them.
    environment.set_up(folder)
    importlib.import_module("benchmarks.corpus").ensure(options.findings, folder)
    if options.command != "corpus":
        command = importlib.import_module(f"benchmarks.{options.command}")
        figures = {"findings": options.findings, "machine": machine.describe()}
        figures |= command.main(options) or {}
        print(getattr(command, "table", _as_json)(figures))
        if options.out:
            options.out.write_text(f"{_as_json(figures)}\n", encoding="utf-8")
    return 0


def _as_json(figures: dict[str, Any]) -> str:
    return json.dumps(figures, indent=1)


def _options(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks",
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="\n".join(f"{name:10} {words}" for name, words in COMMANDS.items()),
    )
    parser.add_argument("command", choices=COMMANDS)
    parser.add_argument("--findings", type=int, default=50_000, metavar="N")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the figures here, as JSON")
    parser.add_argument("--rounds", type=int, default=10, help="times each query is asked")
    parser.add_argument(
        "--seconds", type=float, help="of load, or for each of the slow peers; at least one round"
    )
    parser.add_argument(
        "--checkout", type=Path, metavar="FOLDER", help="of `former`: the older one"
    )
    parser.add_argument("--only", nargs="+", metavar="PEER", help="leave out the other peers")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    sys.exit(main())
