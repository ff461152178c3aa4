"""What a finding carries, in the words a reader sees.

A slug may have left its list since an editor or an older rule put it there: then it stands for
itself.
"""

from collections.abc import Iterable

from reports.facts import framework, taxonomy


def authority(name: str | None) -> str:
    return name or "Authority not identified"


def score(score: int | None, version: framework.FrameworkVersion = framework.CURRENT) -> str:
    return version.score_descriptions[score] if score else "No score published"


def quoted(figures: Iterable[str], text: str) -> list[str]:
    """The figures that stand in the text: an edit of the text may have taken one away."""
    return [figure for figure in figures if figure in text]


def topic(slug: str) -> str:
    known = taxonomy.TOPIC_BY_SLUG.get(slug)
    return known.name if known else slug


def evidence(slug: str) -> str:
    known = framework.EVIDENCE_BY_SLUG.get(slug)
    return known.name if known else slug


def topics_of(slugs: Iterable[str]) -> list[str]:
    return [topic(slug) for slug in slugs]


def evidence_of(slugs: Iterable[str]) -> list[str]:
    return [evidence(slug) for slug in slugs]
