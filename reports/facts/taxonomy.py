"""What this project infers: topics and evidence categories, with the rules that tell them.

Read from `data/topics.toml` and `data/evidence.toml`. CQC publishes neither; each rule names the
phrases that make it hold, so that a reader can see why a finding carries it.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path

DATA = Path(__file__).parent / "data"


@dataclass(frozen=True, slots=True)
class Rule:
    """A topic or an evidence category, and the phrases that tell it."""

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
EVIDENCE_RULES = _load("evidence.toml", "category")
TOPIC_BY_SLUG = {topic.slug: topic for topic in TOPICS}
