"""Words and phrases that mark one score from another, and the sentences that hold them."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms as django_forms

from reports.display.paging import page_of
from reports.exports import Column
from reports.facts import framework
from reports.models import Finding
from reports.reading import phrases
from reports.reading.behind import findings_of
from reports.reading.language import FLOOR, RATE, SUPPORT, Marked, language
from reports.reading.profiles import Held, Profile, profiles
from reports.views.reading import forms
from reports.views.reading.answering import Answer, reading_page
from reports.views.reading.files import column, findings_file, table_file
from reports.views.reading.forms import ReadingForm, choice, several
from reports.views.reading.links import link

PAGE_SIZE = 50  # findings
LONGEST = 100


class LanguageForm(ReadingForm):
    statement = choice("Quality statement", forms.STATEMENTS, "Choose a statement")
    high = choice("What marks score", forms.SCORES, "3")
    low = choice("from score", forms.SCORES, "2")

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        chosen = (cleaned.get("high") or "3", cleaned.get("low") or "2")
        cleaned["low"], cleaned["high"] = sorted(chosen)
        if cleaned["high"] == cleaned["low"]:
            self.add_error("low", "Choose two different scores.")
        return cleaned


class SentencesForm(ReadingForm):
    statement = choice("Quality statement", forms.STATEMENTS, "Choose a statement")
    phrase = django_forms.CharField(label="Word or phrase", required=False, max_length=LONGEST)
    score = several("Score", forms.SCORES)
    page = forms.page_field()

    def clean_phrase(self) -> str:
        given = str(self.cleaned_data["phrase"])
        phrase = phrases.clean(given)
        if given and not phrase:
            raise django_forms.ValidationError("Write one word or phrase, without full stops.")
        return phrase


@dataclass(frozen=True, slots=True)
class PhraseFound:
    """A finding with a phrase, and each sentence that contains the phrase: the text before it, its
    words, the text after it."""

    profile: Profile
    held: Held
    finding: Finding
    sentences: tuple[tuple[str, str, str], ...]


@reading_page("language", LanguageForm)
def score_language(form: LanguageForm) -> Answer:
    statement = form.cleaned_data["statement"]
    if not statement:
        return Answer()
    high, low = int(form.cleaned_data["high"]), int(form.cleaned_data["low"])
    found = language(profiles(), statement, high, low)
    marked = (*found.of_high, *found.of_low)
    return Answer(
        {
            "statement": framework.STATEMENT_BY_SLUG[statement],
            "high": high,
            "low": low,
            "found": found,
            "sides": [(high, low, found.of_high), (low, high, found.of_low)],
            "both": [high, low],
            "floor": FLOOR,
            "support": SUPPORT,
            "rate": round(100 * RATE),
            "made": found.made,
            "highs_url": link("behind", statement=statement, score=high),
            "lows_url": link("behind", statement=statement, score=low),
            "both_url": link("behind", statement=statement, score=[high, low]),
        },
        table_file(f"Language of {high} and {low}", _columns(high, low), marked),
    )


def _columns(high: int, low: int) -> tuple[Column[Marked], ...]:
    return (
        column("Phrase", lambda one: one.phrase),
        column(f"With it at {high}", lambda one: one.high),
        column(f"With it at {low}", lambda one: one.low),
        column("Odds ratio", lambda one: round(one.ratio.value, 4)),
        column("From", lambda one: round(one.ratio.low, 4)),
        column("To", lambda one: round(one.ratio.high, 4)),
        column("False discovery rate", lambda one: round(one.rate, 6)),
    )


@reading_page("sentences", SentencesForm)
def sentences(form: SentencesForm) -> Answer:
    asked = form.cleaned_data
    if not asked["statement"] or not asked["phrase"]:
        return Answer()
    found = _findings(asked["statement"], asked["phrase"], asked["score"])
    return Answer(
        {
            "asked": True,
            "phrase": asked["phrase"],
            "statement": framework.STATEMENT_BY_SLUG[asked["statement"]],
            "sheet": page_of(found, asked["page"], PAGE_SIZE),
            "authorities": len({one.profile.authority.pk for one in found}),
        },
        findings_file((one.finding.public_id for one in found), len(found)),
    )


def _findings(statement: str, phrase: str, scores: Sequence[str]) -> list[PhraseFound]:
    """The findings by score, the highest first, then by authority."""
    by_section = {
        held.pk: (profile, held)
        for profile in profiles()
        if (held := profile.held.get(statement))
        and held.text
        and (not scores or str(held.score) in scores)
    }
    pattern = phrases.pattern(phrase)
    found = []
    for finding in findings_of(list(by_section)):
        shown = tuple(
            phrases.sentence_at(finding.text, *place.span())
            for place in pattern.finditer(finding.text)
        )
        if shown:
            found.append(PhraseFound(*by_section[finding.section_id], finding, shown))
    return sorted(found, key=lambda one: -(one.held.score or 0))
