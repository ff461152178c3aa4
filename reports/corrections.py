"""What a human edit means when a report is read again."""

from dataclasses import dataclass
from typing import Generic, TypeVar

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Merged(Generic[Value]):
    """The value readers see from now on, and whether an editor must choose."""

    value: Value
    conflict: bool = False


def merge(base: Value, parsed: Value, current: Value) -> Merged[Value]:
    """Three-way merge of one field: what the parser read last time, what it reads now, and what
    readers see. An untouched field follows the parser; an edit stays, and where the parser too
    has moved, to something else than the edit, the editor is asked."""
    if current == base:
        return Merged(parsed)
    return Merged(current, conflict=parsed not in (base, current))
