"""The tree of words that a query means. The parser builds it; widening adds to it; engines and the
highlighter read it."""

from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stand next to one another; a single word is a run of one.

    `open_end`: only the first letters of the last word were typed. `hyphened`: the words were typed
    as one word with hyphens. `typed` is what to show a reader.
    """

    words: tuple[str, ...]
    open_end: bool = False
    hyphened: bool = False
    typed: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Both:
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Either:
    parts: tuple["Node", ...]


@dataclass(frozen=True, slots=True)
class Without:
    part: "Node"


@dataclass(frozen=True, slots=True)
class Labelled:
    """All findings with this value on an axis, whatever their words. Only widening makes these."""

    axis: str
    value: str


Node = Run | Both | Either | Without | Labelled


def show(node: Node, both: str = " ", without: str = "-") -> str:
    """`node` as a query that `parse` reads as an equal tree."""
    return _show(node, both, without, outermost=True)


def parts_of(tree: Node | None) -> tuple[Node, ...]:
    """The parts that must all hold."""
    if tree is None:
        return ()
    return tree.parts if isinstance(tree, Both) else (tree,)


def both(parts: tuple[Node, ...]) -> Node:
    """What holds if all of `parts` do: at least one."""
    return parts[0] if len(parts) == 1 else Both(parts)


def positive_runs(node: Node) -> Iterator[Run]:
    """The runs that a finding may contain: all but the excluded ones."""
    match node:
        case Run():
            yield node
        case Both(parts) | Either(parts):
            for part in parts:
                yield from positive_runs(part)


def _show(node: Node, both: str, without: str, *, outermost: bool = False) -> str:
    match node:
        case Run():
            return node.typed or " ".join(node.words)
        case Labelled(axis, value):
            return f"{axis}={value}"
        case Without(Without() as part):
            return f"{without}({_show(part, both, without)})"
        case Without(part):
            return without + _show(part, both, without)
        case Both(parts):
            shown = both.join(_show(part, both, without) for part in parts)
            return shown if outermost else f"({shown})"
        case Either(parts):
            return "(" + " OR ".join(_show(part, both, without) for part in parts) + ")"
