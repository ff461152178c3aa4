"""Widens a query: to other spellings of its words, to related terms, and from the name of an
authority to the findings about it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from reports.facts import gazetteer, related_terms
from reports.search.language.compounds import any_spelling, spellings, widen_spellings, with_pairs
from reports.search.language.known_terms import Segment, Words, is_plain, segments
from reports.search.language.terms import stem
from reports.search.language.tree import Both, Either, Labelled, Node, Run, both, parts_of, show

MOST_TERMS = 8  # of one query that are widened


@dataclass(frozen=True, slots=True)
class Also:
    """A part of a query as typed, and what was searched for besides it."""

    typed: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NamedAuthority:
    """An authority that a query names. `rest` are the other words of the query."""

    slug: str
    name: str
    rest: str


@dataclass(frozen=True, slots=True)
class WidenedPart:
    """One of the parts that must all hold: as typed, and widened to its other names. If it
    is a known term, `subject` is the same for all terms with its meaning; `authority` is the slug
    of the authority that it names."""

    typed: str
    node: Node
    subject: str = ""
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Widened:
    parts: tuple[WidenedPart, ...]
    also: tuple[Also, ...] = ()
    authorities: tuple[NamedAuthority, ...] = ()

    @property
    def tree(self) -> Node:
        return both(tuple(part.node for part in self.parts))


def widen(tree: Node) -> Widened:
    widening = _Widening()
    parts = tuple(widening.side_by_side(parts_of(tree)))
    return Widened(parts, tuple(widening.also), tuple(widening.authorities))


class _Widening:
    def __init__(self) -> None:
        self.also: list[Also] = []
        self.authorities: list[NamedAuthority] = []

    def of(self, node: Node) -> Node:
        match node:
            case Both() | Run():
                return both(tuple(part.node for part in self.side_by_side(parts_of(node))))
            case Either(parts):
                return Either(tuple(self.of(part) for part in parts))
        return widen_spellings(node)  # excluded words are not widened

    def side_by_side(self, parts: Sequence[Node]) -> Iterator[WidenedPart]:
        waiting: list[Node] = []  # parts that are not known terms
        for segment in segments(parts):
            if segment.authority or (segment.others and len(self.also) < MOST_TERMS):
                yield from self.unknown(waiting)
                waiting = []
                known = self.authority(segment, parts) if segment.authority else self.term(segment)
                yield WidenedPart(_typed(segment.parts), known, segment.subject, segment.authority)
            else:
                waiting += segment.parts
        yield from self.unknown(waiting)

    def unknown(self, parts: Sequence[Node]) -> Iterator[WidenedPart]:
        for typed, pair in with_pairs(parts):
            yield WidenedPart(_typed(typed), pair or self.single(typed[0]))

    def term(self, segment: Segment) -> Node:
        self.also.append(Also(_typed(segment.parts), tuple(map(" ".join, segment.others))))
        others = _needed(_words(segment), segment.others)
        return Either((_as_typed(segment), *(any_spelling(Run(words)) for words in others)))

    def authority(self, segment: Segment, parts: Sequence[Node]) -> Node:
        name = gazetteer.by_slug()[segment.authority].name
        rest = tuple(part for part in parts if part not in segment.parts)
        named = NamedAuthority(segment.authority, name, show(Both(rest)) if rest else "")
        if named not in self.authorities:
            self.authorities.append(named)
            self.also.append(Also(_typed(segment.parts), (f"all findings about {name}",)))
        return Either((_as_typed(segment), Labelled("authority", segment.authority)))

    def single(self, part: Node) -> Node:
        if not isinstance(part, Run):
            return self.of(part)
        if is_plain(part) and len(part.words) == 1 and (other := british(part.words[0])):
            self.also.append(Also(part.typed, (other,)))
            return Either((any_spelling(part), any_spelling(Run((other,)))))
        return any_spelling(part)


_WITH_Z = re.compile(r"(.{3,})(iz|yz)(e|ed|es|ing|ation|ations|ational|er|ers)")
_ALWAYS_Z = re.compile(r"(over|under|down|out)?(size|prize|seize|resize|capsize)[ds]?")


def british(word: str) -> str:
    """How British reports spell `word`; empty if they spell it the same."""
    word = word.lower()
    if known := related_terms.SPELLINGS.get(word):
        return known
    found = _WITH_Z.fullmatch(word)
    if found and not _ALWAYS_Z.fullmatch(word):
        return f"{found[1]}{found[2][0]}s{found[3]}"
    return ""


def _as_typed(segment: Segment) -> Node:
    """The words of a term, which may stand apart. Those that stand together come first."""
    apart = widen_spellings(both(segment.parts))
    if len(segment.parts) == 1:
        return apart
    return Either((apart, any_spelling(Run(_words(segment)))))


def _words(segment: Segment) -> Words:
    return tuple(word for part in segment.parts if isinstance(part, Run) for word in part.words)


@lru_cache(maxsize=2_000)
def _needed(typed: Words, others: tuple[Words, ...]) -> tuple[Words, ...]:
    """Those of the other terms that find more than the rest: who looks for “carer” finds every
    “unpaid carer”, and to look for these too would only take time."""
    ways = {words: [tuple(map(stem, way)) for way in spellings(Run(words))] for words in others}
    ways[typed] = [tuple(map(stem, way)) for way in spellings(Run(typed))]
    return tuple(
        words
        for words in others
        if not any(_covers(ways[shorter], ways[words]) for shorter in ways if shorter != words)
    )


def _covers(shorter: Sequence[Words], longer: Sequence[Words]) -> bool:
    """Whether each way to write the longer term holds a way to write the shorter one."""
    return all(any(_holds(long, short) for short in shorter) for long in longer)


def _holds(long: Words, short: Words) -> bool:
    ends = range(len(short), len(long) + 1)
    return any(long[end - len(short) : end] == short for end in ends)


def _typed(parts: Sequence[Node]) -> str:
    return " ".join(map(show, parts))
