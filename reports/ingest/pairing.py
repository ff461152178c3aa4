"""Which paragraph of a new version is which paragraph of the old one.

Paragraphs are matched by content first, and by place only among equals, so that an inserted or
moved paragraph does not disturb its neighbours.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from reports.facts.identifiers import normalise

# Two paragraphs that share this much of their words are two versions of one. Measured over the
# paragraphs of four seed texts: two different ones share 0.45 at most (median 0.25); one that loses
# or exchanges a sentence keeps 0.62 or more (median 0.83).
SAME_ENOUGH = 0.55
# A whole report has some 300 paragraphs. If there are more pairs than this, only likely ones are
# compared.
COMPARE_ALL = 20_000
RARE_WORDS = 15
MOST_HOLDERS = 60
MOST_COMPARED = 15
Bags = Mapping[int, Counter[str]]


def match(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    """Pairs of positions, new to old. Equal texts pair in order; the others by likeness, the most
    alike first."""
    pairs = _match_equal(old, new)
    taken = set(pairs.values())
    left_old = {index: _words(text) for index, text in enumerate(old) if index not in taken}
    left_new = {index: _words(text) for index, text in enumerate(new) if index not in pairs}
    alike = sorted(
        (-likeness, abs(new_index - old_index), new_index, old_index)
        for new_index, old_index in _candidates(left_old, left_new)
        if (likeness := _likeness(left_old[old_index], left_new[new_index])) >= SAME_ENOUGH
    )
    for _, _, new_index, old_index in alike:
        if new_index not in pairs and old_index not in taken:
            pairs[new_index] = old_index
            taken.add(old_index)
    return pairs


def _candidates(old: Bags, new: Bags) -> Iterable[tuple[int, int]]:
    """Pairs, new and old, that may be alike. If there are many paragraphs, only those that share
    rare words or have the same place are compared, because comparing each with each would take
    quadratic time."""
    if len(old) * len(new) <= COMPARE_ALL:
        return product(new, old)
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for index, words in old.items():
        for word in words:
            holders[word].append(index)
    places = list(old)
    found: dict[tuple[int, int], None] = {}
    for rank, (index, words) in enumerate(new.items()):
        rare = sorted((word for word in words if word in holders), key=lambda w: len(holders[w]))
        # A word that many paragraphs have does not make two of them alike.
        telling = (word for word in rare[:RARE_WORDS] if len(holders[word]) <= MOST_HOLDERS)
        shared = Counter(other for word in telling for other in holders[word])
        near = places[max(0, rank - 1) : rank + 2]
        for other in (*near, *(each for each, _ in shared.most_common(MOST_COMPARED))):
            found[index, other] = None
    return found


def _match_equal(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    places: defaultdict[str, deque[int]] = defaultdict(deque)
    for index, text in enumerate(old):
        places[normalise(text)].append(index)
    return {
        index: waiting.popleft()
        for index, text in enumerate(new)
        if (waiting := places[normalise(text)])
    }


def _words(text: str) -> Counter[str]:
    return Counter(normalise(text).split())


def _likeness(one: Counter[str], other: Counter[str]) -> float:
    """The share of words in common, counted with repetition, from 0 to 1."""
    total = one.total() + other.total()
    return 2 * (one & other).total() / total if total else 0.0
