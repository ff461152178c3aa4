"""The topics this project tags findings with, read from `data/topics.toml`.

Topics are inferred; CQC publishes none. Each names the phrases that make it hold, so that a
reader can see why a finding carries it.
"""

import tomllib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Topic:
    """`phrases` are matched without regard to case, hyphens or spaces; `*` ends a word openly."""

    slug: str
    name: str
    description: str
    phrases: tuple[str, ...]


def _load() -> tuple[Topic, ...]:
    data = tomllib.loads((Path(__file__).parent / "data" / "topics.toml").read_text("utf-8"))
    return tuple(
        Topic(entry["slug"], entry["name"], entry["description"], tuple(entry["phrases"]))
        for entry in data["topic"]
    )


TOPICS = _load()
TOPIC_BY_SLUG = {topic.slug: topic for topic in TOPICS}
