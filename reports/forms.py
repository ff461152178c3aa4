"""What people fill in: corrections by editors, reports of errors by readers."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError

from reports import framework
from reports.models import (
    RATING_CHOICES,
    STATEMENT_CHOICES,
    Assessment,
    Authority,
    Correction,
    Finding,
    Kind,
    ReaderReport,
    validate_partial_date,
)
from reports.taxonomy import TOPICS

Choices = list[tuple[str, str]]

SCORE_CHOICES = [
    ("", "None published"),
    *((str(score), f"{score}: {words}") for score, words in framework.SCORE_DESCRIPTIONS.items()),
]


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


def topics_field() -> SlugsField:
    return SlugsField(known=TOPICS, label="Topics (inferred, not CQC’s)")


def evidence_field() -> SlugsField:
    return SlugsField(
        known=framework.EVIDENCE_CATEGORIES, label="Evidence from (inferred, not CQC’s)"
    )


class CorrectionForm(ReasonForm):
    """The correctable fields of one row. Values are those of the record of corrections.

    What the editor saw travels with the form, so that an edit of a value which has changed
    meanwhile can be refused; and so does what was shown to change, so that nothing else is saved.
    """

    order: ClassVar[tuple[str, ...]]

    def __init__(
        self, current: Mapping[str, Any], *, data: Any = None, asked: Sequence[str] = ()
    ) -> None:
        """`current` holds the row's values, `asked` names the fields to ask for: all, if empty."""
        self.names = [name for name in self.order if not asked or name in asked]
        self.current = {name: current[name] for name in self.names}
        super().__init__(data, initial=self.current)
        self.seen = self._read("seen") if self.is_bound else self.current
        for name in set(self.order) - set(self.names):
            del self.fields[name]
        for name, field in self.fields.items():
            if isinstance(field, SlugsField):
                field.add(self.current[name])

    def values(self) -> dict[str, Any]:
        """What the editor wants, of a valid form. The order of slugs is not an edit."""
        return {name: self._value(name) for name in self.names}

    def stale(self) -> list[str]:
        """The fields that somebody else has changed since the editor saw them."""
        return [name for name in self.names if self.seen.get(name) != self.current[name]]

    def shown_before(self) -> bool:
        """Whether the editor was shown what would change if just this were saved."""
        return self._read("previewed") == self.values()

    def hidden(self) -> dict[str, str]:
        """What the page keeps until the form comes back."""
        kept = {"seen": json.dumps(self.seen)}
        if self.is_bound and self.is_valid():
            kept["previewed"] = json.dumps(self.values())
        return kept

    def _read(self, name: str) -> dict[str, Any]:
        """A form that was made up has seen nothing."""
        try:
            kept = json.loads(self.data.get(name, ""))
        except json.JSONDecodeError:
            return {}
        return kept if isinstance(kept, dict) else {}

    def _value(self, name: str) -> Any:
        value, current = self.cleaned_data[name], self.current[name]
        if isinstance(value, list) and set(value) == set(current):
            return current
        if name == "score":
            return int(value) if value else None
        return (value or None) if name == "authority" else value


class FindingForm(CorrectionForm):
    order = ("text", "heading", "topics", "evidence", "position", "status")
    text = TextField(widget=forms.Textarea(attrs={"rows": 9}), label="Text")
    heading = forms.CharField(
        required=False,
        max_length=300,
        label="Heading",
        help_text="The sub-heading it stands under.",
    )
    topics = topics_field()
    evidence = evidence_field()
    position = forms.IntegerField(
        min_value=0, label="Place in the section", help_text="From 0, in the order of reading."
    )
    status = forms.ChoiceField(
        choices=[choice for choice in Finding.Status.choices if choice[0] != Finding.Status.JOINED],
        label="Status",
    )


class SectionForm(CorrectionForm):
    order = ("statement", "score")
    statement = forms.ChoiceField(choices=STATEMENT_CHOICES, label="Quality statement")
    score = forms.ChoiceField(choices=SCORE_CHOICES, required=False, label="Score")


class AssessmentForm(CorrectionForm):
    order = ("authority", "published", "kind", "status", "rating")
    authority = forms.ChoiceField(required=False, label="Authority")
    published = forms.CharField(
        required=False,
        max_length=10,
        validators=[validate_partial_date],
        label="Date of publication",
        help_text="2025-02-28, 2025-02 or 2025, as far as it is known; empty is undated.",
    )
    kind = forms.ChoiceField(choices=Kind.choices, label="Kind of assessment")
    status = forms.ChoiceField(choices=Assessment.Status.choices, label="Status")
    rating = forms.ChoiceField(
        choices=[("", "None known"), *RATING_CHOICES], required=False, label="Overall rating"
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if isinstance(field := self.fields.get("authority"), forms.ChoiceField):
            names = Authority.objects.values_list("slug", "name")
            field.choices = [("", "Not identified"), *names]


FORM_OF: dict[str, type[CorrectionForm]] = {
    "finding": FindingForm,
    "section": SectionForm,
    "assessment": AssessmentForm,
}


class SplitForm(ReasonForm):
    """Where to split: before a sentence, or where an empty line was put into the text."""

    at = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        label="Begin the second finding with",
    )
    text = TextField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 9}),
        label="Or put an empty line into the text where it is to be split",
    )

    def __init__(self, text: str, places: Choices, *, data: Any = None) -> None:
        super().__init__(data, initial={"text": text})
        self.original = text
        choices = self.fields["at"]
        if isinstance(choices, forms.TypedChoiceField):
            choices.choices = places

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        parts = [part for part in cleaned.get("text", "").split("\n\n") if part.strip()]
        if cleaned.get("at") is None and "at" not in self.errors:
            if len(parts) != 2:
                self.add_error("at", "Choose a sentence, or put one empty line into the text.")
            elif "".join("".join(parts).split()) != "".join(self.original.split()):
                self.add_error(
                    "text",
                    "Put in an empty line only. Words are changed on the finding’s own page.",
                )
            else:
                cleaned["at"] = _place_after(self.original, len("".join(parts[0].split())))
        return cleaned


def _place_after(text: str, characters: int) -> int:
    """The place in the text that follows so many characters that are not blank."""
    seen = 0
    for place, character in enumerate(text):
        if seen == characters and not character.isspace():
            return place
        seen += not character.isspace()
    return len(text)


class JoinForm(ReasonForm):
    """Which neighbour to join a finding with."""

    neighbour = forms.ChoiceField(widget=forms.RadioSelect, label="Join it with")

    def __init__(self, neighbours: Choices, *, data: Any = None) -> None:
        super().__init__(data)
        choices = self.fields["neighbour"]
        if isinstance(choices, forms.ChoiceField):
            choices.choices = neighbours


class PromoteForm(ReasonForm):
    """Which section takes text that was not understood, and where in it."""

    span = forms.ChoiceField(widget=forms.RadioSelect, label="Text")
    section = forms.ChoiceField(label="Quality statement")
    heading = forms.CharField(required=False, max_length=300, label="Heading (optional)")
    after = forms.ChoiceField(label="Put it after")

    def __init__(
        self, spans: Choices, sections: Choices, places: list[Any], *, data: Any = None
    ) -> None:
        super().__init__(data)
        for name, choices in (("span", spans), ("section", sections), ("after", places)):
            field = self.fields[name]
            if isinstance(field, forms.ChoiceField):
                field.choices = choices


class BulkForm(ReasonForm):
    """One change of several findings."""

    NOT_A_FINDING = "not-a-finding"
    ADD = "add"
    REMOVE = "remove"
    ACTIONS = (
        (ADD, "Add the topics and evidence categories below"),
        (REMOVE, "Take away the topics and evidence categories below"),
        (NOT_A_FINDING, "Mark them as not findings"),
    )

    finding = forms.ModelMultipleChoiceField(
        Finding.objects.all(),
        to_field_name="public_id",
        widget=forms.MultipleHiddenInput,
        error_messages={"required": "Tick the findings to change."},
        label="Findings",
    )
    action = forms.ChoiceField(
        choices=ACTIONS, widget=forms.RadioSelect, label="What to do with all of them"
    )
    topics = topics_field()
    evidence = evidence_field()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        tags = cleaned.get("topics") or cleaned.get("evidence")
        if cleaned.get("action") in (self.ADD, self.REMOVE) and not tags:
            self.add_error("topics", "Choose a topic or an evidence category.")
        return cleaned


class ReaderReportForm(forms.ModelForm):  # type: ignore[type-arg]
    """A reader's report. `website` is a trap: people do not see it, programs fill it in."""

    website = forms.CharField(required=False, label="Leave this empty")

    class Meta:
        model = ReaderReport
        fields = ["words", "message"]
        labels = {
            "words": "Which words are wrong? (optional)",
            "message": "What is wrong, and what would be right?",
        }
        help_texts = {
            "words": "Copy them from the finding above.",
            "message": f"Up to {ReaderReport.MESSAGE_LENGTH:,} characters. "
            "Leave out names and anything else about a person.",
        }
        widgets = {
            "words": forms.Textarea(attrs={"rows": 2}),
            "message": forms.Textarea(attrs={"rows": 6}),
        }
        error_messages = {"message": {"required": "Write what is wrong."}}

    def clean_words(self) -> str:
        words = " ".join(self.cleaned_data["words"].split())
        if words and words not in " ".join(self.instance.finding.text.split()):
            raise ValidationError("These words do not stand in the finding. Copy them from above.")
        return words


class AnswerForm(forms.ModelForm):  # type: ignore[type-arg]
    """An editor's answer to a reader."""

    class Meta:
        model = ReaderReport
        fields = ["status", "answer"]
        labels = {"status": "What became of it?", "answer": "Answer"}
        help_texts = {"answer": "Readers see it beside the finding’s history."}
        widgets = {"status": forms.RadioSelect, "answer": forms.Textarea(attrs={"rows": 5})}
        error_messages = {"answer": {"required": "Write an answer."}}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        status = self.fields["status"]
        if isinstance(status, forms.ChoiceField):
            status.choices = [c for c in ReaderReport.Status.choices if c[0] != "waiting"]
        self.initial["status"] = None
        self.fields["answer"].required = True
