"""The phrases that CQC prints (labels, titles, headings), and those that pages print around them.

They are in `facts/data/phrases.toml`. Themes, statements and the words beside a score come from
`reports.facts.framework`.
"""

from enum import Enum, auto

from reports.facts.framework import RATING_BANDS, SCORE_BY_DESCRIPTION, VERSIONS
from reports.facts.taxonomy import load


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


def normalised(text: str) -> str:
    """A phrase for comparing: in lower case, without commas and final colon, with one kind of
    apostrophe and 'and'."""
    text = text.casefold().replace("’", "'").replace("‘", "'").replace("&", " and ")
    return " ".join(text.replace(",", " ").rstrip(" :").split())


def _phrases() -> dict[str, tuple[TokenKind, str]]:
    phrases = {
        normalised(wording): (TokenKind[kind.upper()], "")
        for kind, wordings in load("phrases.toml").items()
        for wording in wordings
    }
    for version in VERSIONS:
        for theme in version.themes:
            number = f"theme {theme.number}"
            found = (TokenKind.THEME, theme.slug)
            for wording in map(normalised, (theme.name, *theme.aliases)):
                phrases |= dict.fromkeys(
                    (wording, f"{number} {wording}", f"{number}: {wording}", number), found
                )
    for version in VERSIONS:
        for statement in version.statements:
            found = (TokenKind.STATEMENT, statement.slug)
            for wording in map(normalised, (statement.name, *statement.aliases)):
                phrases |= dict.fromkeys(
                    (wording, f"quality statement {wording}", f"quality statement: {wording}"),
                    found,
                )
    return phrases


# The kind of line that each phrase is, and the slug of the theme or statement that it names.
PHRASES = _phrases()
# The score that each of CQC's sentences means, as a figure.
DESCRIPTIONS = {normalised(words): str(score) for words, score in SCORE_BY_DESCRIPTION.items()}
# If a page prints a rating instead of a score beside a statement, the lowest rating means 1.
RATINGS = {band.name.casefold(): str(score) for score, band in enumerate(RATING_BANDS, 1)}
