"""Decides what each recognised line is, by its place in the document.

A line can look like a title, a score or a label and be prose: in the middle of a sentence, in a
list, or after the findings have begun. A line that is left out of the findings but could be part of
them is doubtful and becomes a problem (`report.py`).
"""

from collections.abc import Sequence
from dataclasses import replace

from reports.parsing.known_phrases import TokenKind
from reports.parsing.lines import has_words
from reports.parsing.pieces import WHOLE, DocumentPart, ProseRun
from reports.parsing.recognise import Token

# How many tokens below a title can show what it is.
REACH = 8
PASSING = {
    TokenKind.FURNITURE,
    TokenKind.METADATA,
    TokenKind.REPORT_TITLE,
    TokenKind.NOTE,
    TokenKind.TABLE,
}
LABELS = {
    TokenKind.EXPECTATION_LABEL,
    TokenKind.COMMITMENT_LABEL,
    TokenKind.FINDINGS_LABEL,
}
PART_AFTER = {
    TokenKind.EXPECTATION_LABEL: DocumentPart.EXPECTATION,
    TokenKind.COMMITMENT_LABEL: DocumentPart.COMMITMENT,
    TokenKind.FINDINGS_LABEL: DocumentPart.FINDINGS,
    TokenKind.HEADING: DocumentPart.FINDINGS,
    TokenKind.SUMMARY_LABEL: DocumentPart.SUMMARY,
    TokenKind.CLOSER: DocumentPart.CLOSED,
}
# The most lines between a name and the words "local authority assessment".
NEAR = 3
# How many lines a cover may have before the official name of the authority.
COVER = 12


class Walk:
    """The preamble, or one section: prose gathered into runs, and the tokens that are not prose.
    `items` holds both, in the order in which they begin.
    """

    def __init__(self, tokens: Sequence[Token], *, is_section: bool) -> None:
        self.tokens = tokens
        self.is_section = is_section
        self.part = DocumentPart.FRONT if is_section else DocumentPart.PREAMBLE
        self.last_label = self._last(LABELS)
        self.last_findings_label = self._last({TokenKind.FINDINGS_LABEL})
        self.closing_level = _closing_level(tokens) if is_section else 0
        self.label_level = 0
        self.has_findings = False
        self.titles: set[str] = set()
        self.items: list[Token | ProseRun] = []
        self.run: ProseRun | None = None
        self.opens_page = False
        for at, token in enumerate(tokens):
            self._take(at, token)

    @property
    def runs(self) -> list[ProseRun]:
        return [item for item in self.items if isinstance(item, ProseRun)]

    @property
    def recognised(self) -> list[Token]:
        return [item for item in self.items if isinstance(item, Token)]

    def _last(self, kinds: set[TokenKind]) -> int:
        places = (at for at, token in enumerate(self.tokens) if token.kind in kinds)
        return max(places, default=-1)

    def _take(self, at: int, token: Token) -> None:
        kind = self._kind_here(at, token)
        if kind is TokenKind.TEXT:
            self._take_prose(at, token)
            return
        # A label cannot be between the lines of one sentence.
        if kind not in PASSING and not self._in_sentence(at):
            self.run = None
            if self.is_section or kind is TokenKind.SUMMARY_LABEL:
                self.part = PART_AFTER.get(kind, self.part)
        self._lower_closing_level(token, kind)
        left_out = kind in {TokenKind.SCORE, TokenKind.METADATA} or (
            kind is TokenKind.FURNITURE and token.kind is not kind
        )
        # Furniture without a value is repeated; a rule without words does not show that a page
        # ends.
        self.opens_page |= kind is TokenKind.FURNITURE and not token.value and has_words(token.text)
        doubtful = left_out and self.has_findings
        self.items.append(replace(token, kind=kind, doubtful=doubtful))

    def _take_prose(self, at: int, token: Token) -> None:
        self._lower_closing_level(token, token.kind)
        if self.has_findings and 0 < token.level <= self.closing_level:
            self.part, self.run = DocumentPart.CLOSED, None
        if self.run is None:
            self.run = ProseRun(self.part, self._is_labelled(at), [])
            self.items.append(self.run)
        self.has_findings |= self.part is DocumentPart.FINDINGS and not token.level
        first, *rest = token.lines
        opens = first.opens_page or self.opens_page
        self.run.lines.extend((replace(first, opens_page=opens), *rest))
        self.opens_page = False

    def _lower_closing_level(self, token: Token, kind: TokenKind) -> None:
        """If the first heading of the findings has a lower level than their label, one with the
        level of the label is not a heading of the findings."""
        if kind is TokenKind.FINDINGS_LABEL:
            self.label_level = token.level
        is_first = self.part is DocumentPart.FINDINGS and not self.has_findings
        if is_first and 0 < self.label_level < token.level:
            self.closing_level = self.label_level

    def _is_labelled(self, at: int) -> bool:
        """Whether a label further on marks the end of this part's prose."""
        decisive = (
            self.last_findings_label if self.part is DocumentPart.COMMITMENT else self.last_label
        )
        return at < decisive

    def _kind_here(self, at: int, token: Token) -> TokenKind:
        """What a recognised line is, given the lines around it."""
        kind = token.kind
        if kind in {TokenKind.NOTE, TokenKind.TABLE} and self.part in WHOLE:
            return TokenKind.TEXT
        if kind in {TokenKind.FURNITURE, TokenKind.NOTE, TokenKind.TABLE, TokenKind.TEXT}:
            return kind
        if kind in {TokenKind.REPORT_TITLE, TokenKind.NAME}:
            return self._title_here(at, token)
        if self._is_item(token) or (self._in_sentence(at) and not self._is_own_title(token)):
            return TokenKind.TEXT
        if self.part is DocumentPart.CLOSED:
            return kind if kind in {TokenKind.SUMMARY_LABEL, TokenKind.DOUBTFUL} else TokenKind.TEXT
        return self._kind_outside_prose(at, token)

    def _kind_outside_prose(self, at: int, token: Token) -> TokenKind:
        """What a recognised line is that is neither in a sentence nor in a list."""
        kind, can_be = token.kind, True
        in_section = self.is_section and self.part is not DocumentPart.SUMMARY
        match kind:
            case TokenKind.DOUBTFUL:
                kind = TokenKind.FURNITURE
            case TokenKind.STATEMENT:
                kind = self._statement_here(at, token)
            case TokenKind.THEME:
                below = self.tokens[at + 1 : at + 1 + REACH]
                only_passing = all(each.kind in PASSING for each in below)
                can_be = self.part is DocumentPart.PREAMBLE or only_passing
            case TokenKind.SCORE:
                can_be = in_section and not (token.doubtful and self.has_findings)
            case TokenKind.RATING:
                kind, can_be = TokenKind.METADATA, self.part is DocumentPart.FRONT
            case TokenKind.HEADING:
                in_findings = self.part is DocumentPart.FINDINGS or not self._is_labelled(at)
                can_be = in_section and in_findings
            case TokenKind.CLOSER if not self.has_findings:
                can_be = self.part in {DocumentPart.FRONT, DocumentPart.PREAMBLE}
                kind = TokenKind.FURNITURE
        return kind if can_be else TokenKind.TEXT

    def _is_item(self, token: Token) -> bool:
        """Whether it is an item of a list among the findings."""
        return bool(token.lines[0].bullet) and self.part is DocumentPart.FINDINGS

    def _is_own_title(self, token: Token) -> bool:
        """Whether it is the section's title printed again, and not a single word, which a sentence
        can end in."""
        is_same = self.is_section and token.value == self.tokens[0].value
        return token.kind is TokenKind.STATEMENT and is_same and " " in token.text

    def _title_here(self, at: int, token: Token) -> TokenKind:
        """What the report's title, or a name alone on a line, is: a title, or prose."""
        if token.kind is TokenKind.NAME:
            is_title = self.part is DocumentPart.PREAMBLE and self._names_report(at, token)
            return TokenKind.REPORT_TITLE if is_title else TokenKind.TEXT
        known = token.text in self.titles
        if token.doubtful and not known and (self.has_findings or self._in_sentence(at)):
            return TokenKind.TEXT
        self.titles.add(token.text)
        return token.kind

    def _names_report(self, at: int, token: Token) -> bool:
        """Whether a name alone on a line is the title of a cover: an official name, or any beside
        the words "local authority assessment"."""
        above = self.tokens[:at]
        if token.lines[0].bullet or any(t.kind is TokenKind.SUMMARY_LABEL for t in above):
            return False
        near = self.tokens[max(0, at - NEAR) : at + NEAR + 1]
        return (" " in token.text and at < COVER) or any(
            each.kind is TokenKind.DOUBTFUL and "assessment" in each.text.casefold()
            for each in near
        )

    def _statement_here(self, at: int, token: Token) -> TokenKind:
        """What a title is that opens no section: part of a list of contents, a running header, a
        sub-heading, or prose."""
        if at == 0 and self.is_section:
            return token.kind
        if self.part is DocumentPart.PREAMBLE:
            return TokenKind.FURNITURE
        if self.part is DocumentPart.FINDINGS and token.level > max(self.tokens[0].level, 1):
            return TokenKind.HEADING
        repeated = self.is_section and token.value == self.tokens[0].value
        return TokenKind.FURNITURE if repeated else TokenKind.TEXT

    def _in_sentence(self, at: int) -> bool:
        """Whether a sentence that began before this line continues after it."""
        if self.run is None or at + 1 == len(self.tokens):
            return False
        before, token, after = self.run.lines[-1], self.tokens[at], self.tokens[at + 1].lines[0]
        if before.ends_sentence or before.marked:
            return False
        tight = not token.lines[0].after_blank and not after.after_blank
        return after.goes_on or (tight and token.kind is TokenKind.DOUBTFUL)


def _closing_level(tokens: Sequence[Token]) -> int:
    """The level at which an unknown heading ends the section: the statement's if its labels have a
    lower one, otherwise the level above."""
    level = tokens[0].level
    labels = [token.level for token in tokens if token.kind in LABELS and token.level]
    return level if labels and min(labels) > level else level - 1
