"""Runs the readers in separate processes with limits on memory and time.

Libraries in C read files from strangers. The most that a hostile file can do is to end its process:
then the document is refused, and the next one gets a new process. A process reads many documents,
one at a time, because starting one takes longer than reading a page.
"""

import atexit
import json
import os
import queue
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, cast

from reports.parsing.errors import ReadError
from reports.parsing.formats import Read

ROOT = Path(__file__).parents[2]
PROGRAM = (
    f"import sys; sys.path.insert(0, {str(ROOT)!r});"
    " from reports.parsing.limited_worker import main; main()"
)
SECONDS = 90
# A process is replaced after this many documents, to free the memory that libraries keep.
MOST_DOCUMENTS = 200
# The idle processes that this process started. There are as many as documents were read at once.
_idle: queue.SimpleQueue["_ReaderProcess"] = queue.SimpleQueue()


def read_limited(data: bytes, suffix: str) -> Read:
    """The result of the reader for a suffix. Raises `ReadError` as the reader does, or with the
    code `too-slow` or `damaged` if it takes too much time or memory, or its process ends."""
    reader = _take()
    try:
        answer = reader.ask(data, suffix)
    except (OSError, ValueError) as error:
        too_slow = reader.too_slow
        reader.end()
        if too_slow:
            raise ReadError(
                f"the file takes more than {SECONDS} seconds to read; divide it, or save it again",
                "too-slow",
            ) from error
        raise ReadError(
            "the file is damaged, or takes far too much work for a report", "damaged"
        ) from error
    if reader.asked < MOST_DOCUMENTS:
        _idle.put(reader)
    else:
        reader.end()
    if "error" in answer:
        message, code, line = answer["error"]
        raise ReadError(message, code, line)
    return Read(answer["text"], answer["address"], tuple(answer["notes"]))


def _take() -> "_ReaderProcess":
    while True:
        try:
            reader = _idle.get_nowait()
        except queue.Empty:
            return _ReaderProcess()
        if reader.owner == os.getpid():
            if reader.is_alive:
                return reader
            reader.end()


class _ReaderProcess:
    """A process that waits for documents."""

    def __init__(self) -> None:
        # The program belongs to this project and takes only documents from outside.
        self.process = subprocess.Popen(  # noqa: S603
            [sys.executable, "-I", "-c", PROGRAM],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.input = cast("IO[bytes]", self.process.stdin)
        self.output = cast("IO[bytes]", self.process.stdout)
        self.asked = 0
        self.too_slow = False
        # A process forked from this one must not write into its pipes.
        self.owner = os.getpid()

    @property
    def is_alive(self) -> bool:
        return self.process.poll() is None

    def ask(self, data: bytes, suffix: str) -> dict[str, Any]:
        self.asked += 1
        timer = threading.Timer(SECONDS, self._give_up)
        timer.start()
        try:
            self.input.write(json.dumps([suffix, len(data)]).encode() + b"\n")
            self.input.write(data)
            self.input.flush()
            # A process that has ended gives an empty line, which is not JSON.
            answer: dict[str, Any] = json.loads(self.output.readline())
            return answer
        finally:
            timer.cancel()

    def end(self) -> None:
        self.process.kill()
        # Data that waits to be written to a process that has ended is lost anyway.
        with suppress(OSError):
            self.input.close()
        self.output.close()
        self.process.wait()

    def _give_up(self) -> None:
        self.too_slow = True
        self.process.kill()


def end_all() -> None:
    """End the idle processes."""
    while not _idle.empty():
        reader = _idle.get()
        if reader.owner == os.getpid():
            reader.end()


atexit.register(end_all)
