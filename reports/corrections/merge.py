"""Three-way merge: what a human edit means when a report is read again."""

from typing import TypeVar

Value = TypeVar("Value")


def merge(base: Value, parsed: Value, current: Value, *, edited: bool = False) -> Value:
    """The value readers see from now on, of what the parser read last time, what it reads now, and
    what readers see.

    An untouched field follows the parser, an edited one stays. `edited` says that the record of
    corrections knows an edit, even where the parser has come to agree with it: if it changes its
    mind again, the edit must stand. Whether the editor is to be asked is for `review` to say.
    """
    return current if edited or current != base else parsed
