"""CQC's words: themes, quality statements, scores, rating bands and evidence categories.

CQC revises its framework, so these belong to a version (`VERSIONS`), and each assessment names its
version. Pages and arithmetic about one assessment use the assessment's version. The other names in
this module cover all versions, because a search and its facets show assessments of every version.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.facts import framework_versions
from reports.facts.framework_versions import (
    FrameworkVersion,
    RatingBand,
    Statement,
    Theme,
    read_versions,
)

__all__ = ["FrameworkVersion", "RatingBand", "Statement", "Theme"]


@dataclass(frozen=True, slots=True)
class Label:
    """A slug used in addresses and the words a reader sees."""

    slug: str
    name: str


VERSIONS = read_versions(framework_versions.FOLDER)
VERSION_BY_SLUG = {version.slug: version for version in VERSIONS}
CURRENT = VERSIONS[-1]

# Over all versions. If two versions name the same thing, the later one's words are shown.
THEME_BY_SLUG = {theme.slug: theme for version in VERSIONS for theme in version.themes}
THEMES = tuple(THEME_BY_SLUG.values())
STATEMENT_BY_SLUG = {
    statement.slug: statement for version in VERSIONS for statement in version.statements
}
STATEMENTS = tuple(STATEMENT_BY_SLUG.values())
RATING_BY_SLUG = {band.slug: band for version in VERSIONS for band in version.rating_bands}
RATING_BANDS = tuple(RATING_BY_SLUG.values())

# Today's words for each score, and the score that each version's words mean.
SCORE_DESCRIPTIONS: Mapping[int, str] = CURRENT.score_descriptions
SCORE_BY_DESCRIPTION = {
    words: score for version in VERSIONS for score, words in version.score_descriptions.items()
}


def version_for(statements: Iterable[str], published: str) -> FrameworkVersion:
    """The version that an assessment belongs to: see `framework_versions.version_for`."""
    return framework_versions.version_for(VERSIONS, statements, published)


def statement(slug: str, version: str) -> Statement:
    """A statement in the words of a version (its slug). If an editor gave an assessment a statement
    that its version does not have, in the words of another version."""
    return VERSION_BY_SLUG[version].statement_by_slug.get(slug) or STATEMENT_BY_SLUG[slug]


EVIDENCE_CATEGORIES = (
    Label("people", "People and unpaid carers"),
    Label("staff-and-leaders", "Staff and leaders"),
    Label("partners", "Partners"),
    Label("processes", "Processes and data"),
)
EVIDENCE_BY_SLUG = {category.slug: category for category in EVIDENCE_CATEGORIES}

REGIONS = (
    Label("east-midlands", "East Midlands"),
    Label("east-of-england", "East of England"),
    Label("london", "London"),
    Label("north-east", "North East"),
    Label("north-west", "North West"),
    Label("south-east", "South East"),
    Label("south-west", "South West"),
    Label("west-midlands", "West Midlands"),
    Label("yorkshire-and-the-humber", "Yorkshire and The Humber"),
)

AUTHORITY_KINDS = (
    Label("county", "County"),
    Label("london-borough", "London borough"),
    Label("metropolitan-district", "Metropolitan district"),
    Label("unitary", "Unitary"),
    Label("sui-generis", "Sui generis"),
)

ATTRIBUTION = "© Care Quality Commission"
