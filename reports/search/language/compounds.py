"""One word or two? Makes co-production, coproduction and co production find one another.

The text is indexed as it was printed. Here a query is widened to the other spellings of its words,
so that all of them are looked for.
"""

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TypeGuard

from reports.search.language.tree import Both, Either, Node, Run, Without

# What CQC's reports print now with a hyphen, now as one word, now as two.
NO_WORDS = frozenset(
    ("anti", "co", "inter", "intra", "micro", "multi", "neuro", "non", "pre", "re", "semi", "tele")
)
# These are words by themselves too: “well led” may be two words by chance, so both are also
# searched for separately.
ALSO_WORDS = frozenset(("cross", "post", "self", "well"))
PREFIXES = NO_WORDS | ALSO_WORDS

# The letters after a prefix, such as “production”: “recent” is not “re-cent”.
SHORTEST_REST = 3
MOST_SPELLINGS = 8


def widen_spellings(node: Node) -> Node:
    match node:
        case Run():
            return any_spelling(node)
        case Without(part):
            return Without(widen_spellings(part))
        case Either(parts):
            return Either(tuple(widen_spellings(part) for part in parts))
        case Both(parts):
            return Both(
                tuple(pair or widen_spellings(typed[0]) for typed, pair in with_pairs(parts))
            )
    return node


def spellings(run: Run) -> tuple[tuple[str, ...], ...]:
    """Every way to write the words of a run, its own first."""
    found = dict.fromkeys(islice(_spelled(run.words), MOST_SPELLINGS))
    if run.hyphened:
        found["".join(run.words),] = None
    return tuple(found)


def any_spelling(run: Run) -> Node:
    runs = tuple(Run(words, run.open_end) for words in spellings(run))
    return runs[0] if len(runs) == 1 else Either(runs)


def _spelled(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if not words:
        yield ()
        return
    first, rest = words[0], words[1:]
    for end in _spelled(rest):
        yield (first, *end)
    if rest and first.lower() in PREFIXES:
        for end in _spelled(rest[1:]):
            yield (first + rest[0], *end)
    for split in _split_prefixes(first):
        for end in _spelled(rest):
            yield (*split, *end)


def _split_prefixes(word: str) -> Iterator[tuple[str, str]]:
    for length in range(2, len(word) - SHORTEST_REST + 1):
        if word[:length].lower() in PREFIXES:
            yield word[:length], word[length:]


def with_pairs(parts: Sequence[Node]) -> Iterator[tuple[Sequence[Node], Node | None]]:
    """`parts`, which must all hold, one by one, each with None. A prefix that was typed as a word
    (“co production”) comes together with the word after it, and with all their spellings."""
    at = 0
    while at < len(parts):
        pair = _pair(parts[at : at + 2])
        end = at + 2 if pair else at + 1
        yield parts[at:end], pair
        at = end


def _pair(parts: Sequence[Node]) -> Node | None:
    if len(parts) < 2 or not _is_prefix(parts[0]):
        return None
    after = parts[1]
    if isinstance(after, Run) and not after.typed.startswith("“"):
        return _together(parts[0], after)
    return None


def _is_prefix(node: Node) -> TypeGuard[Run]:
    return (
        isinstance(node, Run)
        and len(node.words) == 1
        and not node.open_end
        and node.words[0].lower() in PREFIXES
    )


def _together(prefix: Run, word: Run) -> Node:
    run = any_spelling(Run((*prefix.words, *word.words), word.open_end))
    if prefix.words[0].lower() in NO_WORDS:
        return run
    return Either((Both((prefix, any_spelling(word))), run))
