"""Answers searches of one checkout: a line of JSON in, a line of JSON out.

Runs in the folder of a checkout, which may be an older one, with nothing of this one beside it.
"""

import importlib
import json
import sys
import time
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import django


def main() -> None:
    sys.path[0] = str(Path.cwd())  # so that the checkout's own code is imported
    django.setup()
    for line in sys.stdin:
        print(json.dumps(_answer(json.loads(line))), flush=True)


def _answer(asked: dict[str, str]) -> dict[str, Any]:
    """Milliseconds, of the clock and of the processor, and the total. With `ids`, a path, all
    public ids are written there instead."""
    search = importlib.import_module("reports.search")  # the checkout's
    query, problems = search.SearchQuery.from_params(parse_qs(asked["query"]))
    if problems:
        return {"problems": list(map(str, problems))}
    if asked.get("ids"):
        total = search.search(query).total
        Path(asked["ids"]).write_text("\n".join(search.public_ids(query, max(1, total))), "ascii")
        return {"total": total}
    began, worked = time.perf_counter(), time.process_time()
    total = search.search(query).total
    return {
        "clock": 1000 * (time.perf_counter() - began),
        "processor": 1000 * (time.process_time() - worked),
        "total": total,
    }


if __name__ == "__main__":
    main()
