"""Recognises lines by their words and form: titles, labels, scores, headings, furniture.

Looks at a line, and at the one or two after it if a known phrase may be wrapped. The grammar looks
at the lines around it, and lists the variants and where each was seen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from reports.facts import gazetteer
from reports.parsing import patterns
from reports.parsing.known_phrases import DESCRIPTIONS, PHRASES, RATINGS, TokenKind, normalised
from reports.parsing.lines import Line
from reports.parsing.patterns import ScoreReading, read_score_line, read_unreadable_score

# Longer lines are prose, and no pattern is tried on them.
MAX_LENGTH = 160
MAX_LINES = 3
# The forms of one line, in the order in which they are tried.
FORMS = (
    (TokenKind.FURNITURE, patterns.FURNITURE),
    (TokenKind.DOUBTFUL, patterns.DOUBTFUL),
    (TokenKind.METADATA, patterns.DATE_LINE),
    (TokenKind.CLOSER, patterns.CONTACT),
    (TokenKind.SUMMARY_LABEL, patterns.OVERALL_RATING),
)
# Other forms of a report's title, and whether prose could look the same.
TITLES = (
    (patterns.REVERSED_TITLE, False),
    (patterns.ASSESSMENT_OF, True),
    (patterns.PILOT_TITLE, True),
)


@dataclass(frozen=True, slots=True)
class Token:
    """One or more lines and their kind. `value` is a statement's slug, or the words of a title
    or of a line of metadata; `authority` the slug of the authority it names, if it is known;
    `doubtful` is true if prose could look the same."""

    kind: TokenKind
    lines: tuple[Line, ...]
    value: str = ""
    authority: str = ""
    score: ScoreReading = field(default=ScoreReading())
    doubtful: bool = False

    @property
    def number(self) -> int:
        return self.lines[0].number

    @property
    def text(self) -> str:
        return " ".join(" ".join(line.text for line in self.lines).split())

    @property
    def level(self) -> int:
        """That of the heading it is set as, or 0."""
        return self.lines[0].level


def recognise(lines: Sequence[Line]) -> list[Token]:
    """All lines as tokens, in order. A line that is not recognised is a TEXT token."""
    tokens: list[Token] = []
    at = 0
    while at < len(lines):
        token = _token_at(lines, at)
        tokens.append(token)
        at += len(token.lines)
    return tokens


def _token_at(lines: Sequence[Line], at: int) -> Token:
    line = lines[at]
    if line.cells:
        return Token(TokenKind.TABLE, (line,))
    if line.is_note:
        return Token(TokenKind.NOTE, (line,))
    if line.length <= MAX_LENGTH:
        for count in range(MAX_LINES, 0, -1):
            some = tuple(lines[at : at + count])
            if len(some) == count and (token := _known(some)):
                return token
    return Token(TokenKind.TEXT, (line,))


def _known(lines: tuple[Line, ...]) -> Token | None:
    """The token that these lines together are, if they are recognised."""
    if any(_stands_by_itself(line) for line in lines[1:]):
        return None
    text = " ".join(" ".join(line.text for line in lines).split())
    if token := _phrase(lines, text):
        return token
    if len(lines) == 1 and (token := _known_alone(lines, text)):
        return token
    return _score(lines, text) or _title(lines, text)


def _stands_by_itself(line: Line) -> bool:
    return bool(
        line.length > MAX_LENGTH or line.bullet or line.marked or line.cells or line.is_note
    )


def _phrase(lines: tuple[Line, ...], text: str) -> Token | None:
    """The token of a known phrase. A phrase begins with a capital, and does not end with a full
    stop unless it is set as a heading."""
    if text[:1].islower():
        return None
    found = PHRASES.get(normalised(text.rstrip(".") if lines[0].marked else text))
    return Token(found[0], lines, found[1]) if found else None


def _known_alone(lines: tuple[Line, ...], text: str) -> Token | None:
    """The token of a line that is never wrapped."""
    if (title := _printed_title(lines, text)) or (title := _name(lines, text)):
        return title
    with_bullet = f"{lines[0].bullet} {text}".strip()
    for kind, pattern in FORMS:
        if pattern.fullmatch(text) or pattern.fullmatch(with_bullet):
            return Token(kind, lines, text)
    if text.casefold().removeprefix("rating: ") in RATINGS:
        return Token(TokenKind.RATING, lines)
    about = patterns.ABOUT.fullmatch(text)
    if about and gazetteer.named(about[1]):
        return Token(TokenKind.SUMMARY_LABEL, lines)
    return _unreadable(lines, text)


def _unreadable(lines: tuple[Line, ...], text: str) -> Token | None:
    """The token of a date or a score that is announced and cannot be read."""
    if patterns.UNREADABLE_DATE_LINE.fullmatch(text) and ":" in text:
        return Token(TokenKind.METADATA, lines, text, doubtful=True)
    reading = None if read_score_line(text) else read_unreadable_score(text)
    return Token(TokenKind.SCORE, lines, score=reading, doubtful=True) if reading else None


def _score(lines: tuple[Line, ...], text: str) -> Token | None:
    """A score line, a descriptor line, or a score label with its figure on the next line."""
    reading = read_score_line(text)
    if not reading:
        return None
    if len(lines) > 1 and not (_is_wrapped_descriptor(lines, text) or _is_figure_below(lines)):
        return None
    return Token(TokenKind.SCORE, lines, score=reading)


def _is_wrapped_descriptor(lines: Sequence[Line], text: str) -> bool:
    ends = any(normalised(text).endswith(words) for words in DESCRIPTIONS)
    return ends and not any(read_score_line(line.text) for line in lines[1:])


def _is_figure_below(lines: Sequence[Line]) -> bool:
    return len(lines) == 2 and bool(
        patterns.SCORE_LABEL.fullmatch(lines[0].text)
        and patterns.FIGURE_ALONE.fullmatch(lines[1].text)
    )


def _printed_title(lines: tuple[Line, ...], text: str) -> Token | None:
    """A title as browsers print it on each page: between a date and the number of the page."""
    printed = patterns.PRINTED.fullmatch(text)
    if not printed or printed["title"] in ("", text):
        return None
    found = patterns.REPORT_TITLE.fullmatch(printed["title"])
    entry = gazetteer.named(found["name"]) if found else None
    return Token(TokenKind.REPORT_TITLE, lines, text, entry.slug) if entry else None


def _name(lines: tuple[Line, ...], text: str) -> Token | None:
    entry = None if text.endswith(".") else gazetteer.named(text)
    return Token(TokenKind.NAME, lines, text, entry.slug) if entry else None


def _title(lines: tuple[Line, ...], text: str) -> Token | None:
    if found := patterns.REPORT_TITLE.fullmatch(text):
        entry = gazetteer.named(found["name"])
        if len(lines) > 1 and (found["tail"] or not entry):
            return None
        return Token(TokenKind.REPORT_TITLE, lines, text, entry.slug if entry else "")
    for pattern, doubtful in TITLES:
        found = pattern.fullmatch(text)
        entry = gazetteer.named(found["name"]) if found else None
        if entry:
            return Token(TokenKind.REPORT_TITLE, lines, text, entry.slug, doubtful=doubtful)
    if found := patterns.NAMED_STATEMENT.fullmatch(text):
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
