"""The program that `limited.py` runs: documents on standard input, their texts on standard output.

A document is sent as a line of JSON, with its suffix and its length in bytes, and the bytes. An
answer is a line of JSON: `text`, `address` and `notes`, or `error` with message, code and line.
"""

import json
import os
import sys
from typing import Any

from reports.parsing.errors import ReadError
from reports.parsing.formats import FORMATS

READERS = {suffix: each.read for each in FORMATS for suffix in each.suffixes}
MEMORY = 1024 * 1024 * 1024
PROCESSOR_SECONDS = 60


def main() -> None:
    # What a library prints must not mix with the answers.
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _limit("RLIMIT_AS", MEMORY, MEMORY)
    _limit("RLIMIT_CORE", 0, 0)
    for line in iter(sys.stdin.buffer.readline, b""):
        suffix, length = json.loads(line)
        data = sys.stdin.buffer.read(length)
        used = int(sum(os.times()[:2]))
        _limit("RLIMIT_CPU", used + PROCESSOR_SECONDS, None)
        answers.write(json.dumps(read(suffix, data)).encode() + b"\n")
        answers.flush()


def read(suffix: str, data: bytes) -> dict[str, Any]:
    """The answer for one document."""
    try:
        found = READERS[suffix](data)
    except ReadError as error:
        return {"error": [error.message, error.code, error.line]}
    except MemoryError:
        return {
            "error": ["the file takes too much memory to be a report; divide it", "too-large", None]
        }
    # Any error of a library is the fault of this file, and must not end the run.
    except Exception:  # noqa: BLE001
        return {"error": ["the file is damaged; save or download it again", "damaged", None]}
    return {"text": found.text, "address": found.address, "notes": found.notes}


def _limit(name: str, soft: int, hard: int | None) -> None:
    """Set a limit of this process, if the system has it. None keeps the hard limit."""
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has none

        kind = getattr(resource, name)
        resource.setrlimit(kind, (soft, resource.getrlimit(kind)[1] if hard is None else hard))
