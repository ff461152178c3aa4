"""Readers run in separate processes, so the most that a file can do is to end one."""

from collections.abc import Iterator

import pytest

from reports.parsing import ReadError, limited, limited_worker, read_document
from reports.parsing.formats import Format, Read

ENDS = "import sys; sys.stdin.buffer.readline(); sys.exit(1)"
HANGS = "import time; time.sleep(60)"


@pytest.fixture(autouse=True)
def fresh() -> Iterator[None]:
    """Each test starts without idle processes and leaves none."""
    limited.end_all()
    yield
    limited.end_all()


def test_one_process_reads_many_documents():
    first, second = (read_document(text, "a.txt").text for text in (b"One.", b"Two."))

    assert (first, second) == ("One.", "Two.")
    reader = limited._idle.get()
    assert (reader.asked, reader.is_alive) == (2, True)
    reader.end()


def test_a_reader_that_ends_is_the_fault_of_its_file_alone(monkeypatch: pytest.MonkeyPatch):
    with monkeypatch.context() as patch:
        patch.setattr(limited, "PROGRAM", ENDS)
        with pytest.raises(ReadError) as caught:
            read_document(b"One.", "a.txt")

    assert caught.value.code == "damaged"
    assert read_document(b"Two.", "a.txt").text == "Two."


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(limited, "PROGRAM", HANGS)
    monkeypatch.setattr(limited, "SECONDS", 0.3)

    with pytest.raises(ReadError) as caught:
        read_document(b"One.", "a.txt")

    assert caught.value.code == "too-slow"


def _raises(error: Exception) -> Format:
    def read(data: bytes) -> Read:
        raise error

    return Format("x", (".x",), read)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (ReadError("no", "binary", 3), "binary"),
        (MemoryError(), "too-large"),
        (RecursionError(), "damaged"),
    ],
)
def test_whatever_a_reader_raises_is_an_answer(monkeypatch: pytest.MonkeyPatch, error, code):
    monkeypatch.setitem(limited_worker.READERS, ".x", _raises(error).read)

    assert limited_worker.read(".x", b"")["error"][1] == code
