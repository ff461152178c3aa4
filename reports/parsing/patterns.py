"""The forms of lines that are recognised without knowing their words: furniture, dates, scores,
titles.

Every pattern is tried on one line of at most 160 characters with one space between words, and none
has two neighbouring repetitions that can match the same characters. So the time is bounded.
"""

import re
from dataclasses import dataclass

from reports.facts.dates import MONTHS
from reports.parsing.known_phrases import DESCRIPTIONS, RATINGS, normalised

MONTH = "|".join(f"{month}|{month[:3]}" for month in MONTHS)
DATE = (
    r"(?:[a-z]{3,6}day,? )?(?:"
    rf"(?:[0-9]{{1,2}}(?:st|nd|rd|th)?(?: of)? )?(?:{MONTH}),? [0-9]{{4}}"
    r"|[0-9]{1,2}[/.][0-9]{1,2}[/.](?:[0-9]{4}|[0-9]{2})"
    r"|[0-9]{4}-[0-9]{2}-[0-9]{2})"
)
PUBLISHED = r"(?:assessment |report |date )?published|(?:date of )?publication(?: date)?"
DATED = (
    rf"(?:{PUBLISHED}|(?:page )?(?:last )?updated|assessment start date"
    r"|date of (?:report|assessment))"
    r"(?: on)? ?:? ?"
)
DATE_LINE = re.compile(rf"(?:{DATED}{DATE}[,;.|]? ?)+|downloads?", re.IGNORECASE)
# A date is announced and cannot be read. A sentence that begins in this way is longer.
UNREADABLE_DATE_LINE = re.compile(rf"{DATED}.{{0,40}}[^.!?]", re.IGNORECASE)
FURNITURE = re.compile(
    r"""
      [\W_]+                                                    # a rule: no letter, no figure
    | (?:©|\(c\)|copyright)\ ?(?:©|\(c\))?\ ?(?:[12][0-9]{3}\ ?)?
      (?:(?:the\ )?care\ quality\ commission|CQC|crown\ copyright|[12][0-9]{3})
      (?:[ ,]?\ ?[12][0-9]{3})?[.,]?(?:\ all\ rights\ reserved\.?)?
    | [<(]?(?:https?://|file:///|www\.|cqc\.org\.uk)\S*[>)]?(?:\ [0-9]+/[0-9]+)?
    | !?\[[^\]]*\]\([^)]*\)                                     # a link or picture of Markdown
    | page\ [0-9]{1,4}\ (?:of|/)\ [0-9]{1,4}
    | [0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4},?\ [0-9]{1,2}:[0-9]{2}.{0,100}
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Almost certainly furniture, but the last line of a sentence can look the same.
DOUBTFUL = re.compile(
    rf"(?:page|p\.) ?[0-9]{{1,4}}|[0-9]{{1,4}} ?(?:of|/) ?[0-9]{{1,4}}"
    rf"|[-–—|\[]? ?[0-9]{{1,4}} ?[-–—|\]]?|{DATE}"
    r"|(?:the )?care quality commission(?: \(CQC\))?|local authority assessment(?: report)?",
    re.IGNORECASE,
)
PAGE_NUMBER = re.compile(
    r"(?:page |p\. ?|[-–—|\[] ?)?([0-9]{1,4})(?: ?(?:of|/) ?[0-9]{1,4})?[ |\]–—-]{0,2}",
    re.IGNORECASE,
)
PRINTED = re.compile(
    r"(?:[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4},? [0-9]{1,2}:[0-9]{2} )?(?P<title>.*?)"
    r"(?: [0-9]{1,3}/[0-9]{1,3})?"
)
CONTACT = re.compile(
    r"(?:(?:call|phone|ring|telephone|tel|text|fax|e-?mail|write to|contact)\b.{0,60}?"
    r"(?:[0-9][0-9 ]{7,}|\S@\S).{0,40}|(?:previous|next)(?: page| section)? ?[:»›→-] ?.{2,80})",
    re.IGNORECASE,
)
SCORE = re.compile(
    r"(?:the |overall )?(?P<indicative>indicative )?(?:quality statement )?score\b"
    r"(?: ?[:=]| [-–—](?= ))? ?(?P<figure>[-–]?[0-9][0-9.,/]*|(?:one|two|three|four)\b|)"
    r"(?: ?(?:out of|/) ?(?:4|four)\b)? ?[-–—:,(]? ?(?P<words>.*?)\)?",
    re.IGNORECASE,
)
UNREADABLE_SCORE = re.compile(
    r"(?P<indicative>indicative )?score ?: ?(?P<figure>\S.{0,30})", re.IGNORECASE
)
DESCRIBED = re.compile(r"(?:(?P<figure>[0-9]{1,2}) ?[-–—:,]? ?)?(?P<words>\S.*)")
SCORE_LABEL = re.compile(r"(?:indicative )?(?:quality statement )?score ?[:=]?", re.IGNORECASE)
FIGURE_ALONE = re.compile(r"[0-9]{1,2} ?[-–—:]?")
WORDS_FOR_FIGURES = {"one": "1", "two": "2", "three": "3", "four": "4"}
REPORT_TITLE = re.compile(
    r"(?P<name>\S.{1,78}?\S) ?[:–—|-] ?local authority assessment(?: report)?"
    r"(?P<tail> ?[-–—|].{0,60})?",
    re.IGNORECASE,
)
REVERSED_TITLE = re.compile(
    r"local authority assessment(?: report)? ?[:–—|-] ?(?P<name>\S.{1,78}\S)", re.IGNORECASE
)
ASSESSMENT_OF = re.compile(
    r"(?:CQC |local authority )?assessment(?: report)? (?:of|for) (?P<name>\S.{1,78}\S)",
    re.IGNORECASE,
)
PILOT_TITLE = re.compile(r"(?P<name>\S.{1,78}\S) assessment", re.IGNORECASE)
ABOUT = re.compile(r"about (\S.{1,78})", re.IGNORECASE)
OVERALL_RATING = re.compile(
    r"overall rating for .{3,80}: ?(?:[0-9]{1,3} ?%|[a-z ]+)", re.IGNORECASE
)
NAMED_STATEMENT = re.compile(r"(?P<one>[^:–—|]{2,80}?)(?: ?[:–—|] ?| - )(?P<other>[^:–—|]{2,80})")


@dataclass(frozen=True, slots=True)
class ScoreReading:
    """A score line: its figure as printed, and the score that its words mean."""

    figure: str = ""
    words: str = ""
    indicative: bool = False


def read_score_line(text: str) -> ScoreReading | None:
    """What a score line says, or None if it is another kind of line. Only CQC's words for a score,
    or a rating, may be beside the figure. With any other words the line is prose."""
    if found := SCORE.fullmatch(text):
        words = _score_of(found["words"])
        if words is not None:
            figure = found["figure"].casefold()
            figure = WORDS_FOR_FIGURES.get(figure, figure).rstrip(".,/")
            return ScoreReading(figure, words, bool(found["indicative"]))
    found = DESCRIBED.fullmatch(text)
    words = _score_of(found["words"]) if found else None
    if not found or not words or (found["words"].casefold() in RATINGS and not found["figure"]):
        return None
    return ScoreReading(found["figure"] or "", words)


def _score_of(words: str) -> str | None:
    """The score that words mean: empty without words, None for words that mean no score."""
    if not words:
        return ""
    return DESCRIPTIONS.get(normalised(words.rstrip("."))) or RATINGS.get(words.casefold())


def read_unreadable_score(text: str) -> ScoreReading | None:
    """A line that announces a score, but not one that can be read."""
    found = UNREADABLE_SCORE.fullmatch(text)
    return ScoreReading(found["figure"], indicative=bool(found["indicative"])) if found else None
