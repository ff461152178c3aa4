"""Which words of a quotation to look for: the rarest, because the fewest findings contain them."""

from collections.abc import Mapping, Sequence
from math import log

WINDOW = 8  # words in a row that are looked for; more only cost time
RAREST = 12  # words that a finding has to share some of


def rarest_window(stems: Sequence[str], held: Mapping[str, int], size: int) -> Sequence[str]:
    """The `WINDOW` neighbouring stems that are rarest together. `held` says how many of `size`
    findings hold each stem."""
    weights = [log((size + 1) / held[stem]) for stem in stems]
    starts = range(max(1, len(stems) - WINDOW + 1))
    best = max(starts, key=lambda start: sum(weights[start : start + WINDOW]))
    return stems[best : best + WINDOW]


def rarest(held: Mapping[str, int]) -> list[str]:
    """The rarest `RAREST` of the stems that any finding holds."""
    return sorted((stem for stem, count in held.items() if count), key=lambda s: held[s])[:RAREST]
