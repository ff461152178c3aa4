"""Lines of a report -> its sections, with every line accounted for.

The grammar
-----------

    document  = preamble { section }
    section   = statement-title { score | label } [ expectation ] [ commitment ] findings
    findings  = { [ heading ] { paragraph | table } } [ closing ]

Between any two of these, and inside a paragraph too, there may be page furniture, the report's
title line, lines of metadata, notes, and the name of the theme of the next statement.

The place of a line decides what it is (`walk.py`): among the findings, a line in the middle of a
sentence or of a list is prose whatever it says. A line that is left out there but could have been
prose becomes a problem of the record. A heading of the statement's level, or a phrase that pages
print below reports, closes the section; what follows is unparsed.

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
    statement title; other wordings are in `framework.STATEMENTS`
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
    summary, kept as a block; `summary.py` reads its rating, percentage and scores. In it, a section
    takes a descriptor or a label
        Overall summary ... Quality statement scores ...        york-1225/summary
    contents: a list of what follows, in its very words
        On this page: ...                                       not seen, expected of saved pages
    closing
        Get in touch; Related reports; Is this page useful?     not seen, expected of saved pages

Text that fits none of these is `unparsed`: it is kept, and noted as a problem.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reports.parsing.glued import divide_glued
from reports.parsing.known_phrases import TokenKind
from reports.parsing.lines import Line, has_words
from reports.parsing.paragraphs import TextSetting
from reports.parsing.pieces import Piece, pieces_of
from reports.parsing.recognise import Token, recognise
from reports.parsing.repeated import FIGURES, repeated_lines
from reports.parsing.walk import LABELS, PASSING, REACH, Walk

CONTENTS = "contents"
CAN_REPEAT = {TokenKind.TEXT, TokenKind.DOUBTFUL, TokenKind.NAME, TokenKind.FURNITURE}
# What a list of contents can hold: titles and labels, word for word.
LISTED = {
    *LABELS,
    TokenKind.STATEMENT,
    TokenKind.THEME,
    TokenKind.HEADING,
    TokenKind.SUMMARY_LABEL,
    TokenKind.CLOSER,
}


@dataclass(frozen=True, slots=True)
class SectionOutline:
    """The section of a statement: its title, the tokens recognised in it, and its pieces."""

    title: Token
    tokens: tuple[Token, ...]
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Outline:
    """A document in pieces: every line of it is in exactly one piece. `tokens` are its lines as
    they were recognised by their words and form. `recognised` are those whose place in the document
    confirms it. `doubtful_joins` are the numbers of lines after which a paragraph may have
    ended."""

    tokens: tuple[Token, ...]
    recognised: tuple[Token, ...]
    preamble: tuple[Piece, ...]
    sections: tuple[SectionOutline, ...]
    doubtful_joins: tuple[int, ...]


def outline(source: Sequence[Line]) -> Outline:
    """Divide a document into sections and pieces. If it has no section, all of it is preamble."""
    lines = divide_glued(source)
    tokens = _without_contents(_with_furniture(recognise(lines), repeated_lines(lines)))
    starts = _section_starts(tokens)
    walks = [Walk(tokens[: starts[0] if starts else None], is_section=False)]
    walks += [
        Walk(tokens[start:end], is_section=True) for start, end in pairwise([*starts, len(tokens)])
    ]
    setting = TextSetting.measure([item.lines for walk in walks for item in walk.runs])
    pieces = [tuple(pieces_of(walk.items, setting)) for walk in walks]
    sections = tuple(
        SectionOutline(walk.tokens[0], tuple(walk.recognised), made)
        for walk, made in zip(walks[1:], pieces[1:], strict=True)
    )
    recognised = tuple(token for walk in walks for token in walk.recognised)
    joins = tuple(setting.doubtful_joins)
    return Outline(tuple(tokens), recognised, pieces[0], sections, joins)


def _with_furniture(tokens: Sequence[Token], repeated: frozenset[int]) -> list[Token]:
    """The tokens. Repeated lines become furniture, whatever they say. A token that only its form
    shows to be furniture keeps its words as its value."""
    forms = Counter(_form(token) for token in tokens if token.kind is TokenKind.FURNITURE)
    return [
        Token(TokenKind.FURNITURE, token.lines)
        if forms[_form(token)] > 1
        or (token.lines[0].index in repeated and token.kind in CAN_REPEAT)
        or (token.kind is TokenKind.FURNITURE and not has_words(token.text))
        else token
        for token in tokens
    ]


def _form(token: Token) -> str:
    return FIGURES.sub("#", token.text) if token.kind is TokenKind.FURNITURE else ""


def _without_contents(tokens: Sequence[Token]) -> list[Token]:
    """The tokens, with lists of contents as furniture, so that their items open and close no
    section."""
    found: list[Token] = []
    listed: set[str] | None = None
    for token in tokens:
        if token.kind is TokenKind.CONTENTS_LABEL:
            listed = set()
        elif listed is not None and not _is_listed(token, listed):
            listed = None
        if listed is not None:
            listed.add(token.text.casefold())
            token = Token(TokenKind.FURNITURE, token.lines, CONTENTS)
        found.append(token)
    return found


def _is_listed(token: Token, listed: set[str]) -> bool:
    if token.lines[0].bullet:
        return True
    is_new = token.text.casefold() not in listed
    return token.kind in LISTED and not token.level and is_new


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
    """Whether a statement's title has a score line or a label below it. In a summary, which lists
    titles with bare scores, it needs a descriptor or a label."""
    if tokens[at].kind is not TokenKind.STATEMENT:
        return False
    # Lists of contents, which can be long, do not count.
    near = tokens[at + 1 : at + 1 + 5 * REACH]
    for token in [each for each in near if each.value != CONTENTS][:REACH]:
        if token.kind in LABELS:
            return True
        if token.kind is TokenKind.SCORE and (token.score.words or not in_summary):
            return True
        if token.kind not in {*PASSING, TokenKind.THEME, TokenKind.SCORE, TokenKind.RATING}:
            return False
    return False
