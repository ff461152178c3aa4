"""Runs functions in threads while a block runs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Event, Thread


@contextmanager
def meanwhile(*tasks: Callable[[Event], object]) -> Iterator[None]:
    """Each task gets an event, which is set when the block ends: the task returns then."""
    ended = Event()
    threads = [Thread(target=task, args=(ended,)) for task in tasks]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ended.set()
        for thread in threads:
            thread.join()
