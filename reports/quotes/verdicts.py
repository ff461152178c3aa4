"""The verdicts on a quotation."""

from dataclasses import dataclass

from django.db.models import TextChoices

from reports.models import ListedFinding
from reports.quotes.extracting import Quotation


class Verdict(TextChoices):
    EXACT = "exact", "Exact"
    SAME = "same", "The same words, differently set"
    ALTERED = "altered", "Altered"
    SPLICED = "spliced", "Joined from two places"
    ELSEWHERE = "elsewhere", "The words are there, but not where the text says"
    NOT_HELD = "not-held", "Not in what is held here"
    CANNOT_CHECK = "cannot-check", "Cannot be checked"

    @property
    def tone(self) -> str:
        """The colour of the verdict on pages: good, bad or open."""
        if self in (Verdict.EXACT, Verdict.SAME):
            return "good"
        return "open" if self in (Verdict.NOT_HELD, Verdict.CANNOT_CHECK) else "bad"


@dataclass(frozen=True, slots=True)
class Difference:
    """A run of words: “same” in both, “missing” from the quotation, or “added” by it."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class QuotedPlace:
    """A place of the words: `spans` are [start, end) in the text named. `finding` is None if they
    are in a report outside its findings; then `document` names the report's file."""

    words: str
    spans: tuple[tuple[int, int], ...]
    finding: ListedFinding | None = None
    document: str = ""
    document_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Judgement:
    """`explanation` is a sentence or two. `places` come best first; there can be several if several
    reports have the same words."""

    quotation: Quotation
    verdict: Verdict
    explanation: str
    places: tuple[QuotedPlace, ...] = ()
    differences: tuple[Difference, ...] = ()
