"""Times of several that answer the same questions, taken side by side."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from benchmarks.queries import Ask


@dataclass(frozen=True, slots=True)
class Peer:
    """`slow` ones are asked for as long as their time lasts, the others in every round."""

    name: str
    answer: Callable[[Ask], object]
    slow: bool = False


@dataclass(slots=True)
class Times:
    """Milliseconds, with the kind of question."""

    taken: list[tuple[str, float]] = field(default_factory=list)

    @property
    def spent(self) -> float:
        """Seconds."""
        return sum(milliseconds for _, milliseconds in self.taken) / 1000

    def figures(self) -> dict[str, object]:
        by_kind = defaultdict(list)
        for kind, milliseconds in self.taken:
            by_kind[kind].append(milliseconds)
        return {
            **percentiles([milliseconds for _, milliseconds in self.taken]),
            "samples": len(self.taken),
            "kinds": {kind: percentiles(times) for kind, times in by_kind.items()},
        }


def percentiles(times: Iterable[float]) -> dict[str, float]:
    """The nearest rank: a time that was really taken."""
    ordered = sorted(times)
    return {
        f"p{share}": round(ordered[max(0, -(-len(ordered) * share // 100) - 1)], 3)
        for share in (50, 95, 99)
    }


def side_by_side(
    peers: Sequence[Peer], asks: Sequence[Ask], rounds: int, seconds: float
) -> dict[str, Times]:
    """Each question goes to all peers in turn, another of them first each time, so that other
    work on the machine slows all of them alike."""
    times = {peer.name: Times() for peer in peers}
    for number in range(rounds):
        taking_part = [peer for peer in peers if not peer.slow or _has_time(times, peer, seconds)]
        for place, ask in enumerate(asks):
            for peer in _turned(taking_part, number + place):
                times[peer.name].taken.append((ask.kind, _time(peer, ask)))
    return times


def warm_up(peers: Iterable[Peer], asks: Sequence[Ask]) -> None:
    """Two rounds; of the slow ones a few questions of each kind."""
    for peer in peers:
        for ask in islice(asks, 0, None, 5) if peer.slow else [*asks, *asks]:
            peer.answer(ask)


def _has_time(times: dict[str, Times], peer: Peer, seconds: float) -> bool:
    spent = times[peer.name].spent
    return spent == 0 or spent < seconds


def _turned(peers: Sequence[Peer], by: int) -> list[Peer]:
    start = by % len(peers)
    return [*peers[start:], *peers[:start]]


def _time(peer: Peer, ask: Ask) -> float:
    began = time.perf_counter()
    peer.answer(ask)
    return (time.perf_counter() - began) * 1000
