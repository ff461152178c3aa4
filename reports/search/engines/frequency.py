"""About how many findings hold a part of a query, from the counts of its single words."""

from collections.abc import Callable

from reports.search.language.terms import stem
from reports.search.language.tree import Both, Either, Labelled, Node, Run, Without


def frequency(node: Node, held: Callable[[str, str], int]) -> int:
    """Never 0 if a finding holds `node`. `held` counts the findings with a value of a field: stems
    are in the field `text`, the values of an axis in a field of its name."""
    match node:
        case Run(words, open_end=False):
            return min((held("text", stem(word)) for word in words), default=0)
        case Labelled(axis, value):
            return held(axis, value)
        case Either(parts):
            return max((frequency(part, held) for part in parts), default=0)
        case Both(parts):
            wanted = [part for part in parts if not isinstance(part, Without)]
            return min((frequency(part, held) for part in wanted), default=1)
    return 1
