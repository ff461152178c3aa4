"""What a human edit means: how it is made, written down, merged, questioned and undone."""

from reports.corrections.actions import (
    find_target,
    identify,
    join,
    keep,
    promote,
    revert,
    split,
    take,
)
from reports.corrections.derived import note_changes
from reports.corrections.merge import merge
from reports.corrections.record import StaleEditError, Why, change, history
from reports.corrections.review import edited_fields, review

__all__ = [
    "StaleEditError",
    "Why",
    "change",
    "edited_fields",
    "find_target",
    "history",
    "identify",
    "join",
    "keep",
    "merge",
    "note_changes",
    "promote",
    "revert",
    "review",
    "split",
    "take",
]
