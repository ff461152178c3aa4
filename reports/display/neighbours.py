"""The items beside one item of a list."""

from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


def neighbours(item: T, items: Sequence[T]) -> tuple[T | None, T | None]:
    """The items before and after one; None at the ends, and if it is not among the items."""
    if item not in items:
        return None, None
    here = items.index(item)
    return (
        items[here - 1] if here else None,
        items[here + 1] if here + 1 < len(items) else None,
    )
