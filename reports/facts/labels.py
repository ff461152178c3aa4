"""Labels of a finding in the words that readers see.

An editor or an older rule may have given a slug that is no longer in its list: it is shown as it
is.
"""

from collections.abc import Iterable

from reports.facts import framework, taxonomy


def authority(name: str | None) -> str:
    return name or "Authority not identified"


def score(score: int | None, version: framework.FrameworkVersion = framework.CURRENT) -> str:
    return version.score_descriptions[score] if score else "No score published"


def quoted(figures: Iterable[str], text: str) -> list[str]:
    """The figures that are in the text: an edit of the text may have removed one."""
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
