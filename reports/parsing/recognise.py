"""Lines that are known for what they are: titles, labels, scores, headings, furniture.

Looks at a line, and at the one or two after it where a known phrase may be wrapped; what stands
around it is the grammar's business. The variants and where each was seen stand in `grammar.py`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from reports.facts import gazetteer
from reports.facts.framework import SCORE_BY_DESCRIPTION, VERSIONS
from reports.parsing.layout import Line

# Whatever is longer is prose: no pattern below is tried on it.
MAX_LENGTH = 160
MAX_LINES = 3


class TokenKind(Enum):
    TEXT = auto()
    FURNITURE = auto()
    METADATA = auto()
    REPORT_TITLE = auto()
    STATEMENT = auto()
    THEME = auto()
    EXPECTATION_LABEL = auto()
    COMMITMENT_LABEL = auto()
    FINDINGS_LABEL = auto()
    SUMMARY_LABEL = auto()
    SCORE = auto()
    HEADING = auto()


@dataclass(frozen=True, slots=True)
class ScoreReading:
    """What one score line says: its figure as printed, and the score its words stand for."""

    figure: str = ""
    words: str = ""
    indicative: bool = False


@dataclass(frozen=True, slots=True)
class Token:
    """One or more lines and what they are. `value` is a statement's slug, or a report title's
    words; `authority` the slug of the authority it names, if it is known."""

    kind: TokenKind
    lines: tuple[Line, ...]
    value: str = ""
    authority: str = ""
    score: ScoreReading = field(default=ScoreReading())

    @property
    def number(self) -> int:
        return self.lines[0].number

    def as_kind(self, kind: TokenKind) -> "Token":
        return self if kind is self.kind else replace(self, kind=kind)


FURNITURE = re.compile(
    r"""
      [\W_]+                                                   # a rule: no letter, no figure
    | (?:©|\(c\)|copyright\b).{0,80}                           # © Care Quality Commission
    | [<(]?(?:https?://|www\.|cqc\.org\.uk)\S*?[>)]?(?:\s+\d+/\d+)?  # a bare address
    | !?\[[^\]]*\]\([^)]*\)                                    # a link or picture of Markdown
    | (?:page|p\.)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?         # Page 3 of 12
    | \d{1,4}\s*(?:of|/)\s*\d{1,4}                             # 3 of 12
    | [-–—|\[]?\s*\d{1,3}\s*[-–—|\]]?                          # 3
    | \d{1,2}/\d{1,2}/\d{2,4}(?:,?\s+\d{1,2}:\d{2}.{0,80})?    # 05/12/2025, 10:31 ...
    | \d{1,2}\s+[A-Z][a-z]{2,8}\s+\d{4}                        # 5 December 2025
    | care\ quality\ commission(?:\s*\(CQC\))?
    | local\ authority\ assessment(?:\ report)?               # a running header
    """,
    re.VERBOSE | re.IGNORECASE,
)
METADATA = re.compile(
    r"(?:(?:assessment\s+)?published|(?:page\s+)?last\s+updated|assessment\s+start\s+date)\s*:.*"
    r"|downloads?",
    re.IGNORECASE,
)
SCORE = re.compile(
    r"(?P<indicative>indicative\s+)?score\b\s*:?\s*(?P<figure>[-–]?\d[\d.,/]*|)"
    r"(?:\s*out\s+of\s+4)?(?:\s*[-–—:]?\s*(?P<words>evidence\s+shows\b.*))?",
    re.IGNORECASE,
)
UNREADABLE_SCORE = re.compile(
    r"(?P<indicative>indicative\s+)?score\s*:\s*(?P<figure>\S.{0,30})", re.IGNORECASE
)
DESCRIPTOR = re.compile(
    r"(?:(?P<figure>\d+)\s*[-–—:]?\s*)?(?P<words>evidence\s+shows\b.*)", re.IGNORECASE
)
SCORE_LABEL = re.compile(r"(?:indicative\s+)?score\s*:?", re.IGNORECASE)
FIGURE_ALONE = re.compile(r"\d{1,2}\s*[-–—:]?")
REPORT_TITLE = re.compile(
    r"(?P<name>\S.{1,78}\S)\s*[:–—|-]\s*local\s+authority\s+assessment(?:\s+report)?(?:\s*[-–—|].*)?",
    re.IGNORECASE,
)
ABOUT = re.compile(r"about (\S.{1,78})", re.IGNORECASE)
OVERALL_RATING = re.compile(r"overall rating for .{3,80}:\s*(?:\d{1,3}\s*%|[a-z ]+)", re.IGNORECASE)
PILOT_TITLE = re.compile(r"(?P<name>\S.{1,78}\S)\s+assessment", re.IGNORECASE)
NAMED_STATEMENT = re.compile(
    r"(?P<one>[^:–—|]{2,80}?)(?:\s*[:–—|]\s*|\s-\s)(?P<other>[^:–—|]{2,80})"
)

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
# Social Workers. The rest are from recollection: hints only, a heading need not be known.
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


def normalised(text: str) -> str:
    """A phrase for comparing: no case, commas or final colon, one kind of apostrophe and 'and'."""
    text = text.casefold().replace("’", "'").replace("‘", "'").replace("&", " and ")
    return " ".join(text.replace(",", " ").rstrip(" :.").split())


def _phrases() -> dict[str, tuple[TokenKind, str]]:
    phrases: dict[str, tuple[TokenKind, str]] = {}
    for kind, wordings in (
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
DESCRIPTIONS = {normalised(words): str(score) for words, score in SCORE_BY_DESCRIPTION.items()}


def recognise(lines: Sequence[Line]) -> list[Token]:
    """All lines as tokens, in order; what is not known is a TEXT token of one line."""
    tokens: list[Token] = []
    at = 0
    while at < len(lines):
        token = _token_at(lines, at)
        tokens.append(token)
        at += len(token.lines)
    return tokens


def _token_at(lines: Sequence[Line], at: int) -> Token:
    if lines[at].length <= MAX_LENGTH:
        for count in range(MAX_LINES, 0, -1):
            some = tuple(lines[at : at + count])
            if len(some) == count and (token := _known(some)):
                return token
    return Token(TokenKind.TEXT, (lines[at],))


def _known(lines: tuple[Line, ...]) -> Token | None:
    """The token that these lines are together, if they are a known one."""
    if any(line.length > MAX_LENGTH or line.bullet or line.marked for line in lines[1:]):
        return None
    text = _joined(lines)
    if phrase := PHRASES.get(normalised(text)):
        return Token(phrase[0], lines, phrase[1])
    if len(lines) == 1 and (token := _known_alone(lines, text)):
        return token
    return _score(lines, text) or _title(lines, text)


def _known_alone(lines: tuple[Line, ...], text: str) -> Token | None:
    """What is never wrapped."""
    if FURNITURE.fullmatch(text) or FURNITURE.fullmatch(f"{lines[0].bullet} {text}".strip()):
        return Token(TokenKind.FURNITURE, lines)
    if METADATA.fullmatch(text):
        return Token(TokenKind.METADATA, lines, text)
    about = ABOUT.fullmatch(text)
    if OVERALL_RATING.fullmatch(text) or (about and gazetteer.named(about[1])):
        return Token(TokenKind.SUMMARY_LABEL, lines)
    found = UNREADABLE_SCORE.fullmatch(text)
    if found and not SCORE.fullmatch(text):
        reading = ScoreReading(found["figure"], indicative=bool(found["indicative"]))
        return Token(TokenKind.SCORE, lines, score=reading)
    return None


def _score(lines: tuple[Line, ...], text: str) -> Token | None:
    """A score line, a descriptor line, or a score label with its figure on the next line."""
    found = SCORE.fullmatch(text) or DESCRIPTOR.fullmatch(text)
    if not found:
        return None
    groups = found.groupdict()
    words = DESCRIPTIONS.get(normalised(groups["words"] or ""), groups["words"] or "")
    if len(lines) > 1 and not (_is_wrapped_descriptor(lines, words) or _is_figure_below(lines)):
        return None
    reading = ScoreReading(
        (groups["figure"] or "").rstrip(".,/"), words, bool(groups.get("indicative"))
    )
    return Token(TokenKind.SCORE, lines, score=reading)


def _is_wrapped_descriptor(lines: Sequence[Line], words: str) -> bool:
    complete_below = any(DESCRIPTOR.fullmatch(line.text) for line in lines[1:])
    return words in DESCRIPTIONS.values() and not complete_below


def _is_figure_below(lines: Sequence[Line]) -> bool:
    return len(lines) == 2 and bool(
        SCORE_LABEL.fullmatch(lines[0].text) and FIGURE_ALONE.fullmatch(lines[1].text)
    )


def _title(lines: tuple[Line, ...], text: str) -> Token | None:
    if found := REPORT_TITLE.fullmatch(text):
        entry = gazetteer.named(found["name"])
        if len(lines) > 1 and not entry:
            return None
        return Token(TokenKind.REPORT_TITLE, lines, text, entry.slug if entry else "")
    if found := PILOT_TITLE.fullmatch(text):
        entry = gazetteer.named(found["name"])
        if entry:
            return Token(TokenKind.REPORT_TITLE, lines, text, entry.slug)
    if found := NAMED_STATEMENT.fullmatch(text):
        return _named_statement(lines, found["one"], found["other"])
    return None


def _named_statement(lines: tuple[Line, ...], one: str, other: str) -> Token | None:
    """`London Borough of Barnet: Assessing needs`, either way round."""
    for name, title in ((one, other), (other, one)):
        entry = gazetteer.named(name)
        kind, slug = PHRASES.get(normalised(title), (TokenKind.TEXT, ""))
        if entry and kind is TokenKind.STATEMENT:
            return Token(kind, lines, slug, entry.slug)
    return None


def _joined(lines: Sequence[Line]) -> str:
    return " ".join(line.text for line in lines)
