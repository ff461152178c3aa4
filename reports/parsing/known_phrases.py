"""The phrases that CQC prints (labels, titles, headings), and those that pages print around them.

Themes, statements and the words beside a score come from `reports.facts.framework`.
"""

from enum import Enum, auto

from reports.facts.framework import RATING_BANDS, SCORE_BY_DESCRIPTION, VERSIONS


class TokenKind(Enum):
    """The kind of a line. `DOUBTFUL` is furniture by its form only, `NAME` is a line with only an
    authority's name, `CLOSER` is a phrase that follows a report on its page."""

    TEXT = auto()
    FURNITURE = auto()
    DOUBTFUL = auto()
    METADATA = auto()
    REPORT_TITLE = auto()
    NAME = auto()
    STATEMENT = auto()
    THEME = auto()
    EXPECTATION_LABEL = auto()
    COMMITMENT_LABEL = auto()
    FINDINGS_LABEL = auto()
    SUMMARY_LABEL = auto()
    CONTENTS_LABEL = auto()
    SCORE = auto()
    RATING = auto()
    HEADING = auto()
    CLOSER = auto()
    TABLE = auto()
    NOTE = auto()


EXPECTATION_LABELS = ("What people expect",)
COMMITMENT_LABELS = (
    "The local authority commitment",
    "Local authority commitment",
    "The local authority's commitment",
)
FINDINGS_LABELS = ("Key findings for this quality statement", "Key findings")
SUMMARY_LABELS = (
    "Overall summary",
    "Local authority rating and score",
    "Quality statement scores",
    "Summary of people's experiences",
    "Summary of strengths, areas for development and next steps",
    "How we assess local authorities",
    "Financial facts",
)
# Seen in the five seeds and, the first two, quoted from report pages by the British Association of
# Social Workers. The rest are from recollection: they are only hints, and a heading need not be
# among them.
KNOWN_HEADINGS = (
    "Continuous learning, improvement and professional development",
    "Learning from feedback",
    "Assessment, care planning and review arrangements",
    "Eligibility decisions for care and support",
    "Timeliness of assessments, care planning and reviews",
    "Assessment and care planning for unpaid carers, child's carers and child carers",
    "Help for people to meet their non-eligible care and support needs",
    "Financial assessment and charging policy for care and support",
    "Provision of independent advocacy",
    "Arrangements to prevent, delay or reduce needs for care and support",
    "Provision and impact of intermediate care and reablement services",
    "Access to equipment and home adaptations",
    "Provision of accessible information and advice",
    "Direct payments",
    "Understanding and removing inequalities in care and support",
    "Inclusion and accessibility arrangements",
    "Understanding local needs for care and support",
    "Market shaping and commissioning to meet local needs",
    "Ensuring sufficient capacity in local services to meet demand",
    "Ensuring quality of local services",
    "Ensuring local services are sustainable",
    "Partnership working to deliver shared local and national objectives",
    "Arrangements to support effective partnership working",
    "Impact of partnership working",
    "Working with voluntary and charity sector groups",
    "Safety management",
    "Safety during transitions",
    "Contingency planning",
    "Safeguarding systems, processes and practices",
    "Responding to local safeguarding risks and issues",
    "Responding to concerns and undertaking Section 42 enquiries",
    "Making safeguarding personal",
    "Governance, accountability and risk management",
    "Strategic planning",
    "Information security",
)


# Begins a list of contents, which has the same words as labels and headings.
CONTENTS_LABELS = (
    "On this page",
    "Contents",
    "Table of contents",
    "In this section",
    "In this report",
    "Page contents",
)
# Phrases below a report on its page. Not seen in CQC's copies, but expected in saved pages.
CLOSERS = (
    "Get in touch",
    "Contact us",
    "Contact",
    "Related",
    "Related reports",
    "Related pages",
    "Related content",
    "Related information",
    "Related links",
    "More reports",
    "Other reports",
    "Is this page useful?",
    "Is this page useful",
    "Was this page useful?",
    "Was this page helpful?",
    "Share this page",
    "Share this",
    "Share",
    "Print this page",
    "Feedback",
    "Give feedback",
    "Give feedback on this page",
    "Tell us what you think",
    "Help us improve this page",
    "Help us to improve our website",
    "Sign up for our newsletter",
    "Follow us",
    "Back to top",
    "Back to the top",
    "Return to top",
    "Next",
    "Previous",
    "Next page",
    "Previous page",
)


def normalised(text: str) -> str:
    """A phrase for comparing: in lower case, without commas and final colon, with one kind of
    apostrophe and 'and'."""
    text = text.casefold().replace("’", "'").replace("‘", "'").replace("&", " and ")
    return " ".join(text.replace(",", " ").rstrip(" :").split())


def _phrases() -> dict[str, tuple[TokenKind, str]]:
    phrases: dict[str, tuple[TokenKind, str]] = {}
    for kind, wordings in (
        (TokenKind.CLOSER, CLOSERS),
        (TokenKind.CONTENTS_LABEL, CONTENTS_LABELS),
        (TokenKind.HEADING, KNOWN_HEADINGS),
        (TokenKind.SUMMARY_LABEL, SUMMARY_LABELS),
        (TokenKind.EXPECTATION_LABEL, EXPECTATION_LABELS),
        (TokenKind.COMMITMENT_LABEL, COMMITMENT_LABELS),
        (TokenKind.FINDINGS_LABEL, FINDINGS_LABELS),
    ):
        phrases |= {normalised(wording): (kind, "") for wording in wordings}
    for theme in (theme for version in VERSIONS for theme in version.themes):
        for wording in map(normalised, (theme.name, *theme.aliases)):
            for mark in ("", f"theme {theme.number} ", f"theme {theme.number}: "):
                phrases[mark + wording] = (TokenKind.THEME, theme.slug)
        phrases[f"theme {theme.number}"] = (TokenKind.THEME, theme.slug)
    for statement in (each for version in VERSIONS for each in version.statements):
        for wording in map(normalised, (statement.name, *statement.aliases)):
            for mark in ("", "quality statement ", "quality statement: "):
                phrases[mark + wording] = (TokenKind.STATEMENT, statement.slug)
    return phrases


PHRASES = _phrases()
# The score that each of CQC's sentences means, as a figure.
DESCRIPTIONS = {normalised(words): str(score) for words, score in SCORE_BY_DESCRIPTION.items()}
# If a page prints a rating instead of a score beside a statement, the lowest rating means 1.
RATINGS = {band.name.casefold(): str(score) for score, band in enumerate(RATING_BANDS, 1)}
