"""Three-way merge: which value readers see when a report is read again."""

from typing import TypeVar

Value = TypeVar("Value")


def merge(base: Value, parsed: Value, current: Value, *, edited: bool = False) -> Value:
    """The value that readers see from now on, from what the parser read last time, what it reads
    now, and what readers see. An untouched field follows the parser; an edited one stays. `edited`
    is true if the record holds an edit, even one that the parser agrees with now, because the edit
    must stay if the parser reads something else later. `review` decides whether to ask the editor.
    """
    return current if edited or current != base else parsed
