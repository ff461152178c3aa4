"""Values of a finding in the words that readers see."""

from collections.abc import Iterable

from reports.facts import framework


def authority(name: str | None) -> str:
    return name or "Authority not identified"


def score(score: int | None, version: framework.FrameworkVersion = framework.CURRENT) -> str:
    return version.score_descriptions[score] if score else "No score published"


def quoted(words: Iterable[str], text: str) -> list[str]:
    """The words, such as figures, that are in the text: an edit of it may have removed some."""
    return [each for each in words if each in text]


def shortened(text: str, length: int = 80) -> str:
    """The text, or its first characters and an ellipsis if it is longer than `length`."""
    return text if len(text) <= length else f"{text[: length - 1].rstrip()}…"
