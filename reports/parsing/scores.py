"""The score of a section: the one that all its score lines give, or none."""

import re
from collections.abc import Sequence

from reports.facts.framework import SCORE_DESCRIPTIONS
from reports.parsing.recognise import Token
from reports.parsing.records import ProblemRecord

FIGURE = re.compile(r"([0-9]{1,6})(?:/4)?")


def read_score(
    tokens: Sequence[Token], section_line: int
) -> tuple[int | None, list[ProblemRecord]]:
    """The score, and what an editor should know about it."""
    problems = [problem for token in tokens for problem in _problems_of(token)]
    if problems:
        return None, problems
    printed = {int(value): token.number for token in reversed(tokens) for value in _values(token)}
    if not printed:
        return None, [ProblemRecord("score-missing", "The section prints no score.", section_line)]
    if len(printed) > 1:
        scores = " and ".join(str(score) for score in sorted(printed))
        message = f"The section prints different scores: {scores}. None was taken."
        return None, [ProblemRecord("score-conflict", message, max(printed.values()))]
    return next(iter(printed)), []


def _values(token: Token) -> list[str]:
    """The scores that a line gives, by its figure and by its words."""
    figure = FIGURE.fullmatch(token.score.figure)
    words = token.score.words if token.score.words.isdecimal() else ""
    return [value for value in (figure[1] if figure else "", words) if value]


def _problems_of(token: Token) -> list[ProblemRecord]:
    figure = token.score.figure
    if not figure:
        return []
    found = FIGURE.fullmatch(figure)
    if not found:
        message = f"The score is printed as “{figure}”, which is not a number. None was taken."
        return [ProblemRecord("score-unreadable", message, token.number)]
    if int(found[1]) not in SCORE_DESCRIPTIONS:
        message = f"The score is printed as {figure}; scores go from 1 to 4. None was taken."
        return [ProblemRecord("score-out-of-range", message, token.number)]
    return []
