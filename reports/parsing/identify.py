"""Finds which authority a document is about and when it was published, and guesses neither.

The title line decides, else the page's address, else a file name that is one of CQC's slugs, else
the findings themselves (`mentions.py`). Evidence that disagrees with the decision becomes a problem
for an editor.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from reports.facts.dates import MONTHS, UNDATED, agree, display, is_partial_date
from reports.facts.gazetteer import by_slug
from reports.parsing.known_phrases import TokenKind
from reports.parsing.mentions import authority_named
from reports.parsing.patterns import DATE, PUBLISHED
from reports.parsing.recognise import Token
from reports.parsing.records import DecidedBy, Identification, ProblemRecord
from reports.parsing.slugs import SlugReading

PRINTED_DATE = re.compile(
    rf"(?:^|\W)(?:{PUBLISHED})(?: on)? ?:? ?(?P<date>{DATE})(?![0-9])", re.IGNORECASE
)
DAY_MONTH_YEAR = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4}|[0-9]{2})")
WORDED = re.compile(
    r"(?:([0-9]{1,2})(?:st|nd|rd|th)?(?: of)? )?([a-z]{3,9}),? ([0-9]{4})", re.IGNORECASE
)
ANNOUNCED = re.compile(PUBLISHED, re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Clue:
    """A title, address, file name or mention that points to an authority. `line` is None outside
    the text."""

    authority: str
    decided_by: DecidedBy
    words: str
    line: int | None = None


def identify(
    tokens: Sequence[Token],
    address: SlugReading | None,
    file_name: SlugReading | None,
    findings: Sequence[str],
) -> tuple[Identification, list[ProblemRecord]]:
    """The authority, what decided it, and what speaks against it."""
    titles = [token for token in tokens if token.kind is TokenKind.REPORT_TITLE or token.authority]
    clues = list(_clues(titles, address, file_name, findings))
    problems = _unknown_titles(titles)
    if problems:
        # The title names an authority, and the findings may not overrule it.
        clues = [clue for clue in clues if clue.decided_by is not DecidedBy.BODY]
    if not clues:
        return Identification(), problems
    first = clues[0]
    rivals = [clue for clue in clues if clue.authority != first.authority]
    problems += [_conflict(first, rival) for rival in rivals]
    if any(rival.decided_by is first.decided_by for rival in rivals):
        return Identification(), problems
    return Identification(first.authority, first.decided_by, first.words), problems


def published_date(
    tokens: Sequence[Token], slugs: Sequence[SlugReading | None]
) -> tuple[str, list[ProblemRecord]]:
    """The printed date, else the month of the slug. If they disagree, the printed date is taken."""
    printed, problems = _printed_dates(tokens)
    months = [reading.published for reading in slugs if reading and reading.published]
    dates = [*(date for date, _ in printed), *months]
    if not dates:
        return UNDATED, problems
    chosen = dates[0]
    line = printed[0][1] if printed else None
    for other in dict.fromkeys(dates[1:]):
        if not agree(chosen, other):
            message = f"Dated {display(chosen)}, but also {display(other)}; the first was kept."
            problems.append(ProblemRecord("date-conflict", message, line))
    return chosen, problems


def _clues(
    titles: Sequence[Token],
    address: SlugReading | None,
    file_name: SlugReading | None,
    findings: Sequence[str],
) -> Iterator[Clue]:
    """The clues, from the strongest to the weakest."""
    for title in titles:
        if title.authority:
            yield Clue(title.authority, DecidedBy.TITLE, title.value, title.number)
    if address:
        yield Clue(address.authority, DecidedBy.ADDRESS, address.slug)
    if file_name:
        yield Clue(file_name.authority, DecidedBy.FILE_NAME, file_name.slug)
    if named := authority_named(findings):
        yield Clue(named[0], DecidedBy.BODY, named[1])


def _unknown_titles(titles: Sequence[Token]) -> list[ProblemRecord]:
    return [
        ProblemRecord(
            "authority-unknown",
            f"The title line “{title.value}” does not name a known authority.",
            title.number,
        )
        for title in titles
        if not title.authority
    ]


def _conflict(first: Clue, rival: Clue) -> ProblemRecord:
    message = (
        f"The {first.decided_by} says {by_slug()[first.authority].name}, but the"
        f" {rival.decided_by} says {by_slug()[rival.authority].name} (“{rival.words}”)."
    )
    return ProblemRecord("authority-conflict", message, rival.line or first.line)


def _printed_dates(tokens: Sequence[Token]) -> tuple[list[tuple[str, int]], list[ProblemRecord]]:
    dates: list[tuple[str, int]] = []
    problems: list[ProblemRecord] = []
    for token in tokens:
        if token.kind is not TokenKind.METADATA or not ANNOUNCED.search(token.value):
            continue
        date = _date_in(token.value)
        if date:
            dates.append((date, token.number))
        else:
            message = f"“{token.value}” does not have a date that can be read."
            problems.append(ProblemRecord("date-unreadable", message, token.number))
    return dates, problems


def _date_in(text: str) -> str:
    """The date of publication as a partial date, or empty. Figures alone are day, month, year."""
    found = PRINTED_DATE.search(text)
    if not found:
        return UNDATED
    date = found["date"].casefold()
    if figures := DAY_MONTH_YEAR.fullmatch(date):
        day, month, year = figures.groups()
        date = f"{year if len(year) == 4 else f'20{year}'}-{int(month):02}-{int(day):02}"
    elif worded := WORDED.search(date):
        day, name, year = worded.groups()
        month = next(n for n, each in enumerate(MONTHS, 1) if each.casefold().startswith(name))
        date = f"{year}-{month:02}" + (f"-{int(day):02}" if day else "")
    return date if is_partial_date(date) else UNDATED
