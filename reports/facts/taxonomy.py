"""What this project infers: topics, groups of people, evidence categories and tone, with the rules
that tell them.

Read from the TOML files in `data`. CQC publishes none of these; each rule names the phrases that
make it hold, so that a reader can see why a finding carries it.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Rule:
    """A topic, a group, an evidence category or a tone, and the phrases that tell it."""

    slug: str
    name: str
    description: str
    phrases: tuple[str, ...]


def _load(name: str, table: str) -> tuple[Rule, ...]:
    with (DATA / name).open("rb") as file:
        entries = tomllib.load(file)[table]
    return tuple(
        Rule(entry["slug"], entry["name"], entry["description"], tuple(entry["phrases"]))
        for entry in entries
    )


TOPICS = _load("topics.toml", "topic")
GROUPS = _load("groups.toml", "group")
EVIDENCE_RULES = _load("evidence.toml", "category")
TONES = _load("tone.toml", "tone")
MIXED = "mixed"
TOPIC_BY_SLUG = {topic.slug: topic for topic in TOPICS}
