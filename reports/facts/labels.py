"""Values of a finding in the words that readers see."""

from collections.abc import Iterable

from reports.facts import framework


def authority(name: str | None) -> str:
    return name or "Authority not identified"


def score(score: int | None, version: framework.FrameworkVersion = framework.CURRENT) -> str:
    return version.score_descriptions[score] if score else "No score published"


def quoted(figures: Iterable[str], text: str) -> list[str]:
    """The figures that are in the text: an edit of the text may have removed one."""
    return [figure for figure in figures if figure in text]


def shortened(text: str, length: int = 80) -> str:
    """The text, or its first characters and an ellipsis if it is longer than `length`."""
    return text if len(text) <= length else f"{text[: length - 1]}…"
