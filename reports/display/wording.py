"""Values of the record of corrections in words, and what differs between two of them."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from reports.facts import dates, framework, inferred
from reports.models import Assessment, Authority, Finding, Kind, Section

TOKEN = re.compile(r"\w+|\s+|[^\w\s]")
# A comparison takes time that grows with the square of the length.
MOST_TOKENS = 6_000
NOTHING = "(nothing)"

_FIELD_LABELS = {
    **{field.name: field.label.lower() for field in inferred.FIELDS},
    "joined_into": "joined into",
    "published": "date of publication",
    "statement": "quality statement",
    "section": "quality statement",
    "rating": "overall rating",
    "percent": "overall percentage",
    "position": "place in the section",
    "kind": "kind of assessment",
    "withdrawn": "document",
}


@dataclass(frozen=True, slots=True)
class DiffPart:
    """A part of a comparison: `kind` is "same", "removed" or "added"."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A value before and after, in words."""

    label: str
    before: str
    after: str
    parts: tuple[DiffPart, ...]


def field_label(field: str) -> str:
    return _FIELD_LABELS.get(field, field)


def change_of(kind: str, field: str, before: Any, after: Any) -> Change:
    old, new = in_words(kind, field, before), in_words(kind, field, after)
    parts = compare(old, new) if field in ("text", "heading") else replaced(old, new)
    return Change(field_label(field).capitalize(), old, new, parts)


def changes_of(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    return [
        change_of(kind, field, before[field], value)
        for field, value in after.items()
        if before[field] != value
    ]


def in_words(kind: str, field: str, value: Any) -> str:
    """A value in the words that readers see on pages."""
    if value is None or value in ("", []):
        return "undated" if field == "published" else NOTHING
    if field in inferred.BY_NAME:
        return "; ".join(inferred.BY_NAME[field].names(value))
    if field in _IN_WORDS:
        return _IN_WORDS[field](value)
    return str(dict(_choices(kind, field)).get(value, value))


def compare(before: str, after: str) -> tuple[DiffPart, ...]:
    """The difference, word by word. Texts too long for that are shown whole, one after the
    other."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    if len(old) + len(new) > MOST_TOKENS:
        return replaced(before, after)
    parts: list[DiffPart] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        removed, added = "".join(old[a:b]), "".join(new[c:d])
        parts += [DiffPart("same", removed)] if tag == "equal" else replaced(removed, added)
    return tuple(parts)


def replaced(before: str, after: str) -> tuple[DiffPart, ...]:
    pairs = (("removed", before), ("added", after))
    return tuple(DiffPart(kind, text) for kind, text in pairs if text)


def _choices(kind: str, field: str) -> Any:
    if field == "status":
        return (Assessment.Status if kind == "assessment" else Finding.Status).choices
    return _CHOICES.get(field, ())


def _name_of_authority(slug: str) -> str:
    name = Authority.objects.filter(slug=slug).values_list("name", flat=True).first()
    return name or slug


def _name_of_assessment(public_id: str) -> str:
    found = Assessment.objects.select_related("authority").filter(public_id=public_id).first()
    return str(found or public_id)


def _name_of_section(public_id: str) -> str:
    found = Section.objects.filter(public_id=public_id).first()
    return found.name if found else public_id


_CHOICES = {
    "kind": Kind.choices,
    "rating": [(band.slug, band.name) for band in framework.RATING_BANDS],
    "statement": [(statement.slug, statement.name) for statement in framework.STATEMENTS],
}
_IN_WORDS: dict[str, Callable[[Any], str]] = {
    "percent": lambda percent: f"{percent}%",
    "position": lambda position: f"number {position + 1}",
    "published": dates.display,
    "authority": _name_of_authority,
    "assessment": _name_of_assessment,
    "section": _name_of_section,
    "withdrawn": lambda withdrawn: "withdrawn" if withdrawn else "in use",
}
