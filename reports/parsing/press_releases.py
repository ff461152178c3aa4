"""Recognises CQC's press releases, which are about a report but are not reports.

Headlines seen: "CQC rates <authority>'s adult social care provision as <rating>", the same without
the possessive, and "CQC publishes report on <authority>'s care act responsibilities". Some stored
copies have lost their headline (Barnet, Harrow); phrases that only releases use identify them.
"""

import re
from collections.abc import Sequence

from reports.parsing.known_phrases import TokenKind
from reports.parsing.lines import Line
from reports.parsing.recognise import Token

TOP_LINES = 12
HEADLINE = re.compile(
    r"(?:embargoed\W+)?(?:CQC|(?:the )?care quality commission(?: \(CQC\))?)"
    r" (?:rates|re-rates|publishes|has published|has rated)\b.{0,120}"
    r"\b(?:social care|care act|responsibilities|local authority)\b.{0,80}",
    re.IGNORECASE,
)
PHRASES = re.compile(
    r"\bcare quality commission(?: \(CQC\))?,? has (?:rated|published)\b"
    r"|\bCQC has (?:rated|published)\b"
    r"|\bCQC(?:['’]s)? chief inspector\b"
    r"|\bchief inspector of adult social care\b"
    r"|\b(?:for )?media (?:enquiries|team|office)\b"
    r"|\bnotes? (?:to|for) editors?\b"
    r"|\bpress office\b|\bembargoed\b|\bpress release\b"
    r"|\bindicative score of (?:one|two|three|four)\b"
    r"|\bfull (?:report|assessment) (?:will be|is|has been) published\b"
    r"|\babout the care quality commission\b",
    re.IGNORECASE,
)
ENOUGH = 2


def is_press_release(text: str, lines: Sequence[Line], tokens: Sequence[Token]) -> bool:
    """Whether a text is a press release. A text with key findings is not."""
    if any(token.kind is TokenKind.FINDINGS_LABEL for token in tokens):
        return False
    if any(HEADLINE.fullmatch(line.text[:300]) for line in lines[:TOP_LINES]):
        return True
    has_section_lines = any(token.kind is TokenKind.COMMITMENT_LABEL for token in tokens)
    found = {match[0].lower() for match in PHRASES.finditer(text)}
    return len(found) >= ENOUGH and not has_section_lines
