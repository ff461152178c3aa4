"""Reports of errors by readers, and what editors answer."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from reports.models import ReaderReport


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
