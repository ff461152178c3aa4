"""Fields that several forms share, and why a correction is made."""

from collections.abc import Iterable
from typing import Any

from django import forms

from reports.facts import framework
from reports.facts.taxonomy import TOPICS
from reports.models import Correction

Choices = list[tuple[str, str]]


class ReasonForm(forms.Form):
    """Why a correction is made. The default is what a correction most often is."""

    reason = forms.ChoiceField(
        choices=Correction.Reason.choices,
        initial=Correction.Reason.PARSING,
        required=False,
        widget=forms.RadioSelect,
        label="Why is it corrected?",
    )
    note = forms.CharField(
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="Note for other editors (optional)",
        help_text="Readers do not see it.",
    )

    def clean_reason(self) -> str:
        return self.cleaned_data["reason"] or str(Correction.Reason.PARSING)


class TextField(forms.CharField):
    """A text as it is stored: browsers send lines that end in CRLF."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return super().to_python(value.replace("\r\n", "\n") if value else value) or ""


class SlugsField(forms.MultipleChoiceField):
    """Slugs out of a list, and those that the row has besides."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, known: Iterable[Any], **options: Any) -> None:
        self.known = [(label.slug, label.name) for label in known]
        super().__init__(choices=self.known, required=False, **options)

    def add(self, slugs: Iterable[str]) -> None:
        listed = {slug for slug, _ in self.known}
        self.choices = [*self.known, *((slug, slug) for slug in slugs if slug not in listed)]


class LinesField(forms.CharField):
    """A list of texts, one a line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        return self._lines(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self._lines(data) != (initial or [])

    def _lines(self, text: str | None) -> list[str]:
        # Only at line feeds, and nothing within a line changed: what nobody edits stays as it is.
        lines = (line.strip() for line in (text or "").split("\n"))
        return list(dict.fromkeys(filter(None, lines)))


def topics_field() -> SlugsField:
    return SlugsField(known=TOPICS, label="Topics (inferred, not CQC’s)")


def evidence_field() -> SlugsField:
    return SlugsField(
        known=framework.EVIDENCE_CATEGORIES, label="Evidence from (inferred, not CQC’s)"
    )


def figures_field() -> LinesField:
    return LinesField(
        required=False,
        max_length=4_000,
        widget=forms.Textarea(attrs={"rows": 3}),
        label="Figures (inferred, not CQC’s)",
        help_text="One a line, word for word as in the text. One that is not there is not shown.",
    )
