"""Lines of a report -> its sections, with every line accounted for.

The grammar
-----------

    document  = preamble { section }
    section   = statement-title { score | label } [ expectation ] [ commitment ] findings
    findings  = { [ heading ] { paragraph } }

Between any two of these, and inside a paragraph too, may stand page furniture, the report's title
line, lines of metadata, and the name of the theme the next statement belongs to.

Every variant, and where it was seen. Addresses are the last parts of those on cqc.org.uk, under
care-services/local-authority-assessment-reports/; "seed" is one of the five texts in `seeds/`.

    report title
        London Borough of Barnet: local authority assessment    barnet-0125-theme1-needs
        Hammersmith and Fulham: local authority assessment      hammersmithfulham-0525
        Lincolnshire County Council assessment                  lincolnshire-cc (pilot)
        (none)                                                  the seeds
    metadata
        Downloads                                               barnet-0125; not Hounslow4
        Published: 5 December 2025 Page last updated: ...       york-1225/summary
        Assessment published: 17 November 2023                  lincolnshire-cc (pilot)
    statement title; other wordings stand in `framework.STATEMENTS`
        Learning, improvement and innovation                    most; seeds 000, 002
        # Learning, improvement and innovation                  seeds 001, 004
        Learning, improvement and / innovation (two lines)      seed 003
    score
        Score: 2                                                most
        Score 2                                                 Hounslow4, seed 003
        Score:2                                                 northsomerset-0525/theme2/care
        Indicative score: (the figure only in the next line)    lincolnshire-cc (pilot)
        2 - Evidence shows some shortfalls                      most
        3 – Evidence shows a good standard                      barnet-0125-theme2-care, seed 001
    label
        What people expect                                      not on Governance and Learning
        The local authority commitment                          most; with ##: seeds 001, 004
        The local authority commitment:                         lincolnshire-cc (pilot)
        Key findings for this quality statement                 most; with ##: seeds 001, 004
        (none: findings begin after a commitment of one         Darlington, equity, as mirrored
        paragraph)                                              on londonhomecare.net
    expectation
        paragraphs after its label; with no label further on, those that begin "I"
    commitment
        paragraphs after its label; without it, a first paragraph that begins "We"
    heading
        Learning from feedback                                  seeds 000, 002, 003
        ## Learning from feedback                               seeds 001, 004
        Continuous ... and professional / development           seed 003
        (none)                                                  all stored copies of 2024 and 2025
    paragraph; `paragraphs.py` says how lines are joined
        one long line                                           seeds 000, 001, 002, 004
        wrapped, a blank line after each line                   seed 003
        list items belong to what introduces them, "The aims were:"; otherwise each is a paragraph
    furniture
        ---                                                     seeds 001, 004
        https://www.cqc.org.uk/                                 seed 003
        © Care Quality Commission                               seeds 000, 002
        page numbers, date lines, a title printed again         not seen, expected of PDF
    theme
        Leadership; Theme 4: Leadership                         not seen, expected of whole reports
    summary, kept as a block and not read yet; in it, a section takes a descriptor or a label
        Overall summary ... Quality statement scores ...        york-1225/summary

What fits nowhere is `unparsed`, kept, and noted as a problem.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reports.parsing.layout import Line
from reports.parsing.paragraphs import Layout
from reports.parsing.pieces import Part, Piece, Run, pieces_of
from reports.parsing.recognise import Token, TokenKind, recognise

# How far below its title a section's first score line or label may stand, in tokens.
REACH = 8
PASSING = {TokenKind.FURNITURE, TokenKind.METADATA, TokenKind.REPORT_TITLE}
LABELS = {
    TokenKind.EXPECTATION_LABEL,
    TokenKind.COMMITMENT_LABEL,
    TokenKind.FINDINGS_LABEL,
}
PART_AFTER = {
    TokenKind.EXPECTATION_LABEL: Part.EXPECTATION,
    TokenKind.COMMITMENT_LABEL: Part.COMMITMENT,
    TokenKind.FINDINGS_LABEL: Part.FINDINGS,
    TokenKind.HEADING: Part.FINDINGS,
    TokenKind.SUMMARY_LABEL: Part.SUMMARY,
}


@dataclass(frozen=True, slots=True)
class Section:
    """A statement's section: its title, then all that is recognised in it, and its pieces."""

    title: Token
    tokens: tuple[Token, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A document taken apart: every line of it is in exactly one piece."""

    tokens: tuple[Token, ...]
    preamble: tuple[Piece, ...]
    sections: tuple[Section, ...]


def outline(lines: Sequence[Line]) -> Outline:
    """Take a document apart. Without any section, all of it is preamble."""
    tokens = recognise(lines)
    starts = _section_starts(tokens)
    walks = [_Walk(tokens[: starts[0] if starts else None], is_section=False)]
    walks += [
        _Walk(tokens[start:end], is_section=True) for start, end in pairwise([*starts, len(tokens)])
    ]
    layout = Layout.measure([item.lines for walk in walks for item in walk.runs])
    pieces = [tuple(pieces_of(walk.items, layout)) for walk in walks]
    sections = tuple(
        Section(walk.tokens[0], tuple(walk.recognised), made)
        for walk, made in zip(walks[1:], pieces[1:], strict=True)
    )
    return Outline(tuple(tokens), pieces[0], sections)


def _section_starts(tokens: Sequence[Token]) -> list[int]:
    starts = []
    in_summary = False
    for at, token in enumerate(tokens):
        if token.kind is TokenKind.SUMMARY_LABEL:
            in_summary = True
        elif _opens_section(tokens, at, in_summary=in_summary):
            starts.append(at)
            in_summary = False
    return starts


def _opens_section(tokens: Sequence[Token], at: int, *, in_summary: bool) -> bool:
    """Whether a statement's title has a score line or a label below it. A summary lists titles
    with bare scores, so there it takes a descriptor or a label."""
    if tokens[at].kind is not TokenKind.STATEMENT:
        return False
    for token in tokens[at + 1 : at + 1 + REACH]:
        if token.kind in LABELS:
            return True
        if token.kind is TokenKind.SCORE and (token.score.words or not in_summary):
            return True
        if token.kind not in {*PASSING, TokenKind.THEME, TokenKind.SCORE}:
            return False
    return False


class _Walk:
    """The preamble, or one section: prose gathered into runs, the rest as it is recognised.

    `items` are both in the order in which they begin. A line that reads like something known but
    stands where that cannot be, as in the middle of a sentence, is prose after all.
    """

    def __init__(self, tokens: Sequence[Token], *, is_section: bool) -> None:
        self.tokens = tokens
        self.is_section = is_section
        self.part = Part.FRONT if is_section else Part.PREAMBLE
        self.last_label = self._last(LABELS)
        self.last_findings_label = self._last({TokenKind.FINDINGS_LABEL})
        self.items: list[Token | Run] = []
        self.recognised: list[Token] = []
        self.run: Run | None = None
        for at, token in enumerate(tokens):
            self._take(at, token)

    @property
    def runs(self) -> list[Run]:
        return [item for item in self.items if isinstance(item, Run)]

    def _last(self, kinds: set[TokenKind]) -> int:
        places = (at for at, token in enumerate(self.tokens) if token.kind in kinds)
        return max(places, default=-1)

    def _take(self, at: int, token: Token) -> None:
        kind = self._kind_here(at, token)
        if kind is TokenKind.TEXT:
            if self.run is None:
                self.run = Run(self.part, self._is_labelled(at), [])
                self.items.append(self.run)
            self.run.lines.extend(token.lines)
            return
        # A label between the lines of one sentence is out of its place.
        if kind not in PASSING and not self._in_sentence(at):
            self.run = None
            if self.is_section or kind is TokenKind.SUMMARY_LABEL:
                self.part = PART_AFTER.get(kind, self.part)
        token = token.as_kind(kind)
        self.items.append(token)
        self.recognised.append(token)

    def _is_labelled(self, at: int) -> bool:
        """Whether a label further on says where the prose of this part ends."""
        decisive = self.last_findings_label if self.part is Part.COMMITMENT else self.last_label
        return at < decisive

    def _kind_here(self, at: int, token: Token) -> TokenKind:
        """What a recognised line is, given what stands around it."""
        kind = token.kind
        if kind is TokenKind.STATEMENT:
            return self._statement_here(at, token)
        if kind is TokenKind.THEME:
            can_be = self.part is Part.PREAMBLE or self._only_passing_after(at)
        elif kind is TokenKind.SCORE:
            can_be = self._in_section()
        elif kind is TokenKind.HEADING:
            in_findings = self.part is Part.FINDINGS or not self._is_labelled(at)
            can_be = self._in_section() and in_findings
        elif kind is TokenKind.SUMMARY_LABEL:
            can_be = True
        else:
            return kind
        return kind if can_be and not self._in_sentence(at) else TokenKind.TEXT

    def _in_section(self) -> bool:
        return self.is_section and self.part is not Part.SUMMARY

    def _statement_here(self, at: int, token: Token) -> TokenKind:
        """A title that opens no section: a list of contents, a running header, or prose."""
        if at == 0 and self.is_section:
            return token.kind
        repeated = self.is_section and token.value == self.tokens[0].value
        listed = self.part is Part.PREAMBLE
        return TokenKind.FURNITURE if repeated or listed else TokenKind.TEXT

    def _only_passing_after(self, at: int) -> bool:
        return all(token.kind in PASSING for token in self.tokens[at + 1 : at + 1 + REACH])

    def _in_sentence(self, at: int) -> bool:
        after = self.tokens[at + 1].lines[0] if at + 1 < len(self.tokens) else None
        if self.run is None or after is None:
            return False
        return not self.run.lines[-1].ends_sentence and after.goes_on
