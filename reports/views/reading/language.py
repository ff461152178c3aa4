"""Words and phrases that mark one score from another, and the sentences that hold them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from django import forms as django_forms
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from reports.display.paging import page_of
from reports.facts import framework
from reports.models import Finding
from reports.reading import phrases
from reports.reading.behind import findings_of
from reports.reading.language import FLOOR, RATE, SUPPORT, Language, Marked, language
from reports.reading.profiles import Held, Profile, profiles
from reports.views.reading import forms
from reports.views.reading.answering import (
    answer,
    file_answer,
    files,
    findings_answer,
    link,
)
from reports.views.reading.examples import example
from reports.views.reading.forms import ReadingForm, choice, page_field, several

PAGE_SIZE = 50  # findings
LONGEST = 100


class LanguageForm(ReadingForm):
    statement = choice("Quality statement", forms.STATEMENTS, "Choose a statement")
    high = choice("What marks score", forms.SCORES, "3")
    low = choice("from score", forms.SCORES, "2")

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        cleaned["high"] = cleaned.get("high") or "3"
        cleaned["low"] = cleaned.get("low") or "2"
        if cleaned["high"] == cleaned["low"]:
            self.add_error("low", "Choose two different scores.")
        return cleaned


class SentencesForm(ReadingForm):
    statement = choice("Quality statement", forms.STATEMENTS, "Choose a statement")
    phrase = django_forms.CharField(label="Word or phrase", required=False, max_length=LONGEST)
    score = several("Score", forms.SCORES)
    page = page_field()

    def clean_phrase(self) -> str:
        given = str(self.cleaned_data["phrase"])
        phrase = phrases.clean(given)
        if given and not phrase:
            raise django_forms.ValidationError("Write one word or phrase, without full stops.")
        return phrase


@dataclass(frozen=True, slots=True)
class MarkedRow:
    marked: Marked
    high_url: str
    low_url: str
    both_url: str


@dataclass(frozen=True, slots=True)
class PhraseFound:
    """A finding with a phrase, and each sentence that contains the phrase: the text before it, its
    words, the text after it."""

    profile: Profile
    held: Held
    finding: Finding
    sentences: tuple[tuple[str, str, str], ...]


@require_safe
def score_language(request: HttpRequest) -> HttpResponseBase:
    form = LanguageForm(request.GET)
    if not form.is_valid() or not form.cleaned_data["statement"]:
        return answer(request, "language", form, {"example": partial(example, "language")})
    statement = form.cleaned_data["statement"]
    high, low = sorted((int(form.cleaned_data[name]) for name in ("high", "low")), reverse=True)
    found = language(profiles(), statement, high, low)
    if form.cleaned_data["format"]:
        header = (
            "Phrase", f"With it at {high}", f"With it at {low}", "Odds ratio", "From", "To",
            "False discovery rate",
        )  # fmt: skip
        lines = [
            (one.phrase, one.high, one.low, *_rounded(one), round(one.rate, 6))
            for one in (*found.of_high, *found.of_low)
        ]
        title = f"Language of {high} and {low}"
        return file_answer(request, form, title, header, lines, total=len(lines))
    return answer(
        request,
        "language",
        form,
        {
            "statement": framework.STATEMENT_BY_SLUG[statement],
            "high": high,
            "low": low,
            "found": found,
            "sides": _sides(found, statement, high, low),
            "floor": FLOOR,
            "support": SUPPORT,
            "rate": round(100 * RATE),
            "made": found.made,
            "highs_url": link("behind", statement=statement, score=high),
            "lows_url": link("behind", statement=statement, score=low),
            "both_url": link("behind", statement=statement, score=[high, low]),
            "files": files("language", statement=statement, high=high, low=low),
        },
    )


@require_safe
def sentences(request: HttpRequest) -> HttpResponseBase:
    form = SentencesForm(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    if not asked.get("statement") or not asked.get("phrase"):
        return answer(request, "sentences", form)
    found = _findings(asked["statement"], asked["phrase"], asked["score"])
    if asked["format"]:
        return findings_answer(request, form, [one.finding.public_id for one in found], len(found))
    return answer(
        request,
        "sentences",
        form,
        {
            "asked": True,
            "phrase": asked["phrase"],
            "statement": framework.STATEMENT_BY_SLUG[asked["statement"]],
            "sheet": page_of(found, asked["page"], PAGE_SIZE),
            "authorities": len({one.profile.authority.pk for one in found}),
            "files": files("sentences", **{**asked, "page": None}),
        },
    )


def _sides(
    found: Language, statement: str, high: int, low: int
) -> list[tuple[int, int, list[MarkedRow]]]:
    """Two lists of rows: the phrases that mark the higher score and those that mark the lower, with
    links to sentences."""
    return [
        (
            one,
            other,
            [
                MarkedRow(
                    marked,
                    *(
                        link("sentences", statement=statement, phrase=marked.phrase, score=scores)
                        for scores in ([high], [low], [high, low])
                    ),
                )
                for marked in side
            ],
        )
        for one, other, side in ((high, low, found.of_high), (low, high, found.of_low))
    ]


def _rounded(one: Marked) -> tuple[float, float, float]:
    return round(one.ratio.value, 4), round(one.ratio.low, 4), round(one.ratio.high, 4)


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
        places = list(pattern.finditer(finding.text))
        if places:
            shown = tuple(phrases.sentences(finding.text, places))
            found.append(PhraseFound(*by_section[finding.section_id], finding, shown))
    return sorted(found, key=lambda one: -(one.held.score or 0))
