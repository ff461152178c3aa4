"""CQC's words: themes, quality statements, scores, rating bands and evidence categories.

The names are those printed on CQC's report pages. Aliases are other wordings that CQC itself
has printed for the same thing, seen between 2023 and 2025 on report pages, summary pages, press
releases and in guidance. Everything else in the project takes its labels from here.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Theme:
    slug: str
    number: int
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """One of the nine quality statements.

    `code` is the column name in tables of published scores, `address_key` the last part of the
    statement's page address on CQC's site (`barnet-0125-theme1-needs`).
    """

    slug: str
    code: str
    address_key: str
    theme: Theme
    name: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Label:
    """A slug used in addresses and the words a reader sees."""

    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class RatingBand:
    """An overall rating and the lowest percentage that earns it."""

    slug: str
    name: str
    from_percent: int


WORKING_WITH_PEOPLE = Theme(
    "working-with-people",
    1,
    "How the local authority works with people",
    ("Working with people",),
)
PROVIDING_SUPPORT = Theme("providing-support", 2, "Providing support")
ENSURING_SAFETY = Theme(
    "ensuring-safety",
    3,
    "How the local authority ensures safety in the system",
    (
        "Ensuring safety within the system",
        "How the local authority ensures safety within the system",
    ),
)
LEADERSHIP = Theme("leadership", 4, "Leadership")

THEMES = (WORKING_WITH_PEOPLE, PROVIDING_SUPPORT, ENSURING_SAFETY, LEADERSHIP)

STATEMENTS = (
    Statement(
        "assessing-needs",
        "assessing_needs",
        "needs",
        WORKING_WITH_PEOPLE,
        "Assessing needs",
        ("Assessing people's needs",),
    ),
    Statement(
        "healthier-lives",
        "healthier_lives",
        "support",
        WORKING_WITH_PEOPLE,
        "Supporting people to live healthier lives",
        ("Supporting people to lead healthier lives",),
    ),
    Statement(
        "equity",
        "equity",
        "equity",
        WORKING_WITH_PEOPLE,
        "Equity in experience and outcomes",
        ("Equity in experiences and outcomes",),
    ),
    Statement(
        "care-provision",
        "care_provision",
        "care",
        PROVIDING_SUPPORT,
        "Care provision, integration and continuity",
        ("Care provision, integration and continuity of care",),
    ),
    Statement(
        "partnerships",
        "partnerships",
        "partnerships",
        PROVIDING_SUPPORT,
        "Partnerships and communities",
        ("Partnership and communities",),
    ),
    Statement(
        "safe-systems",
        "safe_systems",
        "pathways",
        ENSURING_SAFETY,
        "Safe pathways, systems and transitions",
        ("Safe systems, pathways and transitions",),
    ),
    Statement("safeguarding", "safeguarding", "safeguarding", ENSURING_SAFETY, "Safeguarding"),
    Statement(
        "governance",
        "governance",
        "governance",
        LEADERSHIP,
        "Governance, management and sustainability",
    ),
    Statement(
        "learning",
        "learning",
        "learning",
        LEADERSHIP,
        "Learning, improvement and innovation",
        ("Leadership, improvement and innovation",),
    ),
)

THEME_BY_SLUG = {theme.slug: theme for theme in THEMES}
STATEMENT_BY_SLUG = {statement.slug: statement for statement in STATEMENTS}

# The sentence CQC prints beside each score.
SCORE_DESCRIPTIONS = {
    1: "Evidence shows significant shortfalls",
    2: "Evidence shows some shortfalls",
    3: "Evidence shows a good standard",
    4: "Evidence shows an exceptional standard",
}

# www.cqc.org.uk/guidance-regulation/local-authorities/how-we-determine-ratings
RATING_BANDS = (
    RatingBand("inadequate", "Inadequate", 25),
    RatingBand("requires-improvement", "Requires improvement", 39),
    RatingBand("good", "Good", 63),
    RatingBand("outstanding", "Outstanding", 88),
)
RATING_BY_SLUG = {band.slug: band for band in RATING_BANDS}

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
