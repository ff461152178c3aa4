import threading

import pytest
from django.db import connections

from reports.models import BusyError, locks

pytestmark = pytest.mark.django_db(transaction=True)


def elsewhere(work) -> None:
    """Do `work` in another thread, which has connections of its own."""

    def run() -> None:
        try:
            work()
        except BusyError as error:
            raised.append(error)
        finally:
            connections.close_all()

    raised: list[BusyError] = []
    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    if raised:
        raise raised[0]


def take(name: str, timeout: float = 0) -> None:
    with locks.held(name, timeout):
        pass


def test_a_lock_is_held_by_one_at_a_time() -> None:
    with locks.held("a lock", 0), pytest.raises(BusyError):
        elsewhere(lambda: take("a lock", 0.05))
    elsewhere(lambda: take("a lock"))


def test_another_lock_is_free() -> None:
    with locks.held("a lock", 0):
        elsewhere(lambda: take("another lock"))


def test_everybody_can_see_that_a_lock_is_held() -> None:
    assert not locks.is_held("a lock")
    with locks.held("a lock", 0):
        assert locks.is_held("a lock")
        assert not locks.is_held("another lock")
    assert not locks.is_held("a lock")


def test_whoever_waits_gets_the_lock_when_it_is_free() -> None:
    got = threading.Event()

    def wait() -> None:
        with locks.held("a lock", 30):
            got.set()
        connections.close_all()

    with locks.held("a lock", 0):
        thread = threading.Thread(target=wait)
        thread.start()
        assert not got.wait(0.1)
    thread.join()
    assert got.is_set()


def test_each_holder_gets_a_later_time() -> None:
    times = []
    for _ in range(3):
        with locks.held("a lock", 0) as now:
            times.append(now)
    assert times == sorted(set(times))


def test_a_lock_ends_with_an_error() -> None:
    with pytest.raises(ZeroDivisionError), locks.held("a lock", 0):
        raise ZeroDivisionError
    take("a lock")
