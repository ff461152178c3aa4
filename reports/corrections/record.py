"""Writes the record of corrections. A contract in pyproject.toml allows only `correcting` to import
this module."""

from typing import Any

from reports.corrections.targets import FIELDS, Target, kind_of, parsed_value
from reports.corrections.why import Why
from reports.models import Correction


def append(
    target: Target, why: Why, *, action: str, name: str, before: Any, after: Any
) -> Correction:
    """Append one row: a field `name` was changed from `before` to `after`, as JSON. For a row that
    was created the name is empty. Raises ValueError for a field that cannot be corrected."""
    if name and name not in FIELDS[kind_of(target)]:
        raise ValueError(f"{name} of a {kind_of(target)} cannot be corrected.")
    return Correction.objects.create(
        batch=why.batch,
        action=action,
        target_kind=kind_of(target),
        target_id=target.public_id,
        field=name,
        before=before,
        after=after,
        parsed=parsed_value(target, name) if name else None,
        reason=why.reason,
        note=why.note,
        editor=why.editor,
        made_at=why.made_at,
        reverts=why.reverts,
    )


def append_again(values: dict[str, Any]) -> Correction:
    """Append a row of an exported record unchanged: it holds the values at the time it was made,
    which `review` compares with those of today."""
    return Correction.objects.create(**values)
