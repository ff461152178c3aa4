"""What this project infers: topics, groups of people, evidence categories and tone, with their
rules.

Read from the TOML files in `data`. CQC publishes none of these. Each rule lists the phrases that it
looks for, so that readers can see why a finding has a label.
"""

import tomllib
from dataclasses import dataclass
from typing import Any

from reports.facts.gazetteer import DATA


@dataclass(frozen=True, slots=True)
class Rule:
    """A label and the evidence for it, which the head of its data file explains: `phrases` in the
    text, `weak` ones that need a second sign, sub-headings, and slugs of quality statements."""

    slug: str
    name: str
    description: str
    phrases: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    broad_headings: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    ignored: tuple[str, ...] = ()
    shown: bool = True


def load(name: str) -> dict[str, Any]:
    """A data file of this package."""
    with (DATA / name).open("rb") as file:
        return tomllib.load(file)


def with_tuples(entry: dict[str, Any]) -> dict[str, Any]:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}


def _rules(name: str, table: str) -> tuple[Rule, ...]:
    return tuple(Rule(**with_tuples(entry)) for entry in load(name)[table])


TOPICS = _rules("topics.toml", "topic")
GROUPS = _rules("groups.toml", "group")
EVIDENCE_RULES = _rules("evidence.toml", "category")
TONES = _rules("tone.toml", "tone")
MIXED = "mixed"
# The rules for other tones disagree with people too often: docs/inference.md has the figures.
SHOWN_TONES = {tone.slug: tone.name for tone in TONES if tone.shown}
