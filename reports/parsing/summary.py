"""A summary page's figures: the rating, the percentage and the nine scores.

    Overall summary
    Local authority rating and score
      • City of York Council
        Requires improvement                                the rating, a line of its own
    Overall rating for City of York Council: 39%            called a rating, yet a percentage
    Quality statement scores
      • Assessing needs
        Score: 1                                            a title, then its score

Seen at york-1225/summary. The prose of the page is kept as `summary` and not read.
"""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import dropwhile, pairwise
from typing import TypeVar

from reports.facts.framework import RATING_BANDS, STATEMENT_BY_SLUG
from reports.parsing.known_phrases import TokenKind
from reports.parsing.recognise import Token
from reports.parsing.records import OutcomeRecord, ProblemRecord

PERCENT = re.compile(r"overall rating for .*?: ?([0-9]{1,3}) ?%", re.IGNORECASE)
RATINGS = {band.name.casefold(): band.slug for band in RATING_BANDS}
Value = TypeVar("Value", int, str)
MAX_LINE = 200
SKIPPED = {TokenKind.FURNITURE, TokenKind.DOUBTFUL, TokenKind.METADATA}


def read_outcome(tokens: Sequence[Token]) -> tuple[OutcomeRecord | None, list[ProblemRecord]]:
    """The outcome that the tokens before the first section state, or None if they state none. A
    value that is printed twice and differs is left out and becomes a problem."""
    summary = dropwhile(lambda token: token.kind is not TokenKind.SUMMARY_LABEL, tokens)
    tokens = [token for token in summary if token.kind not in SKIPPED]
    problems: list[ProblemRecord] = []
    scores: dict[str, int] = {}
    for slug, found in _scores(tokens).items():
        name = STATEMENT_BY_SLUG[slug].name
        if value := _only(found, f"the score of {name}", problems):
            scores[slug] = value
    ratings = [(RATINGS[text], line) for text, line in _lines(tokens) if text in RATINGS]
    percents = [
        (int(match[1]), line) for text, line in _lines(tokens) if (match := PERCENT.match(text))
    ]
    outcome = OutcomeRecord(
        rating=_only(ratings, "the overall rating", problems) or "",
        percent=_only(percents, "the overall percentage", problems),
        scores=tuple(scores.items()),
    )
    return (outcome if outcome != OutcomeRecord() else None), problems


def _scores(tokens: Sequence[Token]) -> dict[str, list[tuple[int, int]]]:
    """The score and line of every score right below the title of each statement."""
    scores: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    for title, below in pairwise(tokens):
        if title.kind is TokenKind.STATEMENT and below.kind is TokenKind.SCORE:
            figure = below.score.figure or below.score.words
            if figure in {"1", "2", "3", "4"}:
                scores[title.value].append((int(figure), below.number))
    return scores


def _lines(tokens: Sequence[Token]) -> Iterator[tuple[str, int]]:
    """Each short line in lower case, and its number."""
    for token in tokens:
        for line in token.lines:
            yield " ".join(line.text[:MAX_LINE].split()).casefold(), line.number


def _only(
    found: Sequence[tuple[Value, int]], what: str, problems: list[ProblemRecord]
) -> Value | None:
    """The only value found, or None. If there are several different ones, that becomes a
    problem."""
    values = list(dict.fromkeys(value for value, _ in found))
    if len(values) > 1:
        said = " and ".join(map(str, values))
        message = f"The summary gives {what} more than once: {said}. None was taken."
        problems.append(ProblemRecord("summary-conflict", message, found[0][1]))
    return values[0] if len(values) == 1 else None
