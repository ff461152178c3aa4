"""Decides which paragraphs among the findings are headings: those set as one, else those without a
verb.

A short line that ends no sentence can be a heading or a sentence whose full stop is missing. If it
has a verb, it is a sentence. If it is in quotation marks, it is what somebody said. Otherwise it is
a heading if there is text below it. But if other headings of the section are set as headings, it is
left unparsed, because nothing shows what it is.
"""

import re
from collections.abc import Sequence

from reports.parsing.lines import BOLD_LEVEL, ends_sentence
from reports.parsing.paragraphs import LineGroup
from reports.parsing.records import SpanKind

MAX_HEADING = 300
# The longest that was seen has about 2,500.
MAX_FINDING = 20_000
QUESTION_WORDS = ("how ", "what ", "why ", "where ", "when ", "who ", "which ")
# Verbs that no heading has. Forms that can also be nouns or adjectives, such as "need", are left
# out.
VERBS = frozenset(
    (
        *("am", "are", "aren't", "asked", "became", "began", "believed", "came", "can", "cannot"),
        *("could", "couldn't", "did", "didn't", "does", "doesn't", "explained", "expressed"),
        *("felt", "found", "gave", "had", "hadn't", "has", "hasn't", "have", "haven't", "heard"),
        *("i'm", "i've", "is", "isn't", "knew", "liked", "made", "may", "might", "must"),
        *("praised", "received", "said", "saw", "should", "showed", "spoke", "thought", "told"),
        *("took", "understood", "valued", "wanted", "was", "wasn't", "went", "were", "weren't"),
        *("will", "won't", "worked", "would", "wouldn't"),
    )
)
SUBJECT_AND_VERB = re.compile(
    r"\b(?:people|carers?|staff|partners?|leaders?|they|we|he|she|it|i|authority|teams?|providers?)"
    r" (?:also |often |rarely |always |sometimes )?\w{2,}ed\b",
    re.IGNORECASE,
)
# The verb in "Care that is safe" belongs to its relative clause.
RELATIVE = frozenset(("that", "which", "who", "whom"))
WORD = re.compile(r"[\w'’]+")
QUOTED = re.compile(r"[\"“‘'].{3,}[\"”’']", re.DOTALL)


def paragraph_kind(
    paragraphs: Sequence[LineGroup], at: int, *, has_marked_headings: bool
) -> tuple[SpanKind, str]:
    """The kind of a paragraph among others of the findings, and what is doubtful about it."""
    paragraph = paragraphs[at]
    level, text = paragraph.lines[0].level, paragraph.text
    if level and len(text) > MAX_HEADING:
        return SpanKind.UNPARSED, f"A heading has more than {MAX_HEADING} characters."
    if len(text) > MAX_FINDING:
        return SpanKind.UNPARSED, f"A paragraph has more than {MAX_FINDING:,} characters."
    if level:
        bold_sentence = level == BOLD_LEVEL and ends_sentence(text) and has_verb(text)
        return (SpanKind.FINDING if bold_sentence else SpanKind.HEADING), ""
    ends_openly = paragraph.is_short and text.endswith((":", "?"))
    if not (paragraph.looks_like_heading or ends_openly):
        return SpanKind.FINDING, ""
    return _kind_by_words(paragraphs, at, has_marked_headings=has_marked_headings)


def _kind_by_words(
    paragraphs: Sequence[LineGroup], at: int, *, has_marked_headings: bool
) -> tuple[SpanKind, str]:
    text = paragraphs[at].text
    asks = text.casefold().startswith(QUESTION_WORDS)
    if QUOTED.fullmatch(text) or (has_verb(text) and not asks):
        return SpanKind.FINDING, ""
    if has_marked_headings or not can_be_heading(paragraphs, at):
        return (SpanKind.FINDING if asks and has_verb(text) else SpanKind.UNPARSED), ""
    return SpanKind.HEADING, ""


def can_be_heading(paragraphs: Sequence[LineGroup], at: int) -> bool:
    """Whether this paragraph can be the heading of the next one."""
    following = paragraphs[at + 1 : at + 2]
    return any(
        not paragraph.lines[0].marked
        and (not paragraph.looks_like_heading or has_verb(paragraph.text))
        for paragraph in following
    )


def has_verb(text: str) -> bool:
    """Whether a short text has a verb that only sentences have."""
    words = [word.casefold().replace("’", "'") for word in WORD.findall(text)]
    main = {
        word for before, word in zip(["", *words], words, strict=False) if before not in RELATIVE
    }
    return bool(main & VERBS) or bool(SUBJECT_AND_VERB.search(text))
