"""Plain words and questions: “how long do people wait or queue for a review?”

Function words and what only makes a sentence a question are left out. Lower-case “or” and “not”
between words are understood as OR and NOT where that is what a person means; “and” needs no sign.
Known terms (“local government and social care ombudsman”) and words in quotation marks stay whole.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from reports.search.language.known_terms import is_plain, segments
from reports.search.language.tree import Both, Either, Node, Run, Without, both


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


FUNCTION_WORDS = _set(
    """
    a about against an and any are as at be because been being between but by can could did do does
    doing during for from had has have having how i if in into is it its may me might my of on onto
    or our per shall should so some such than that the their them then there these they this those
    through to toward towards was we were what when where whether which while who whom whose why
    will with within would you your not
    """
)
QUESTION_WORDS = _set("how what when where which who whom whose why")
# A query that starts with one of these is a question, too: “do people feel listened to?”
QUESTION_STARTS = QUESTION_WORDS | _set("are can could did do does has have is was were will")
# Words at the start of a query that ask for something and do not name it.
OPENINGS = (
    ("how", "many"),
    ("how", "much"),
    ("how", "often"),
    ("how", "well"),
    ("how", "good"),
    ("how", "quickly"),
    ("how", "easily"),
    ("how", "effectively"),
    ("show", "me"),
    ("tell", "me"),
    ("give", "me"),
    ("find", "me"),
    ("examples", "of"),
    ("anything", "about"),
    ("findings", "about"),
    ("findings", "on"),
)
# Words for what is asked for, not for its subject.
ASKED_FOR = _set("example examples finding findings issue issues problem problems")
# Left out of questions only: “say” in “what do people say about”.
QUESTION_VERBS = _set(
    """
    ask feel find get gets getting go happen happens kept like mean said say saying tell think took
    want
    """
)
# Next to these words “not” is part of what a finding says, and excludes nothing.
_BEFORE_A_LITERAL_NOT = _set(
    """
    am are been being can could did do does had has have is may might must shall should was were
    will would people carers they staff who that if or why
    """
)
_AFTER_A_LITERAL_NOT = _set(
    """
    able all always aware available being clear clearly consistent consistently easily embedded
    enough every fully getting given had have having in kept known knowing listened met only
    receiving supported sufficient sure the to told up well yet
    """
)


@dataclass(frozen=True, slots=True)
class Plain:
    """`left_out` are the words that are not searched for, as typed."""

    tree: Node
    left_out: tuple[str, ...] = ()


def in_plain_words(tree: Node) -> Plain:
    reader = _Reader()
    read = reader.group(tree)
    return Plain(read, tuple(dict.fromkeys(reader.left_out))) if read else Plain(tree)


class _Reader:
    def __init__(self) -> None:
        self.left_out: list[str] = []

    def group(self, node: Node) -> Node | None:
        """`node` with its words read as meant; None if nothing is left of it."""
        match node:
            case Both(parts):
                return self.both(parts)
            case Either(parts):
                return Either(tuple(self.group(part) or part for part in parts))
        return node

    def both(self, parts: Sequence[Node]) -> Node | None:
        parts = self.without_opening(parts)
        is_question = _word(parts[0]) in QUESTION_STARTS if parts else True
        units = [both(segment.parts) for segment in segments(parts)]
        units = self.excluded(_alternatives(units))
        kept = [unit for unit in units if not self.is_left_out(unit, is_question=is_question)]
        kept = [self.group(unit) or unit if isinstance(unit, Either) else unit for unit in kept]
        return _joined(kept)

    def without_opening(self, parts: Sequence[Node]) -> Sequence[Node]:
        if tuple(map(_word, parts[:2])) in OPENINGS and len(parts) > 2:
            self.left_out += map(_word, parts[:2])
            return parts[2:]
        return parts

    def excluded(self, units: Sequence[Node]) -> list[Node]:
        """The parts with “x not y” read as x NOT y."""
        read: list[Node] = []
        at = 0
        while at < len(units):
            before, after = units[at - 1] if at else None, units[at + 1 : at + 2]
            if before and after and _word(units[at]) == "not" and _excludes(before, after[0]):
                read.append(Without(after[0]))
                at += 1
            else:
                read.append(units[at])
            at += 1
        return read

    def is_left_out(self, unit: Node, *, is_question: bool) -> bool:
        word = _word(unit)
        left_out = word in FUNCTION_WORDS | ASKED_FOR or (is_question and word in QUESTION_VERBS)
        if left_out and word != "and":
            self.left_out.append(word)
        return left_out


def _joined(parts: Sequence[Node]) -> Node | None:
    """All `parts` as one node."""
    flat = [inner for part in parts for inner in (part.parts if isinstance(part, Both) else [part])]
    return both(tuple(flat)) if flat else None


def _alternatives(units: Sequence[Node]) -> list[Node]:
    """The parts with “x or y” read as x OR y."""
    read: list[Node] = []
    at = 0
    while at < len(units):
        options = [units[at]]
        while _is_option(options[-1]) and _goes_on(units, at):
            options.append(units[at + 2])
            at += 2
        read.append(options[0] if len(options) == 1 else Either(tuple(options)))
        at += 1
    return read


def _goes_on(units: Sequence[Node], at: int) -> bool:
    return at + 2 < len(units) and _word(units[at + 1]) == "or" and _is_option(units[at + 2])


def _is_option(unit: Node) -> bool:
    return not isinstance(unit, Without) and _word(unit) not in FUNCTION_WORDS


def _excludes(before: Node, after: Node) -> bool:
    words_around = _word(before), _word(after)
    return (
        not isinstance(after, Without)
        and words_around[0] not in _BEFORE_A_LITERAL_NOT
        and words_around[1] not in _AFTER_A_LITERAL_NOT | FUNCTION_WORDS
    )


def _word(node: Node) -> str:
    """The word that `node` is, if it is one plain word, in lower case as typed; else empty."""
    if isinstance(node, Run) and is_plain(node) and len(node.words) == 1:
        word = node.words[0]
        return word if word.islower() else _first_word(word)
    return ""


def _first_word(word: str) -> str:
    """A word with a capital at its start is read like one without (“How long”); an acronym is not
    (“IT”)."""
    return word.lower() if word.istitle() else word
