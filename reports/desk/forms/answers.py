"""The form in which editors answer readers."""

from typing import Any

from django import forms

from reports.display.form_fields import offer
from reports.models import ReaderReport

UNANSWERED = ("waiting", "discarded")


class AnswerForm(forms.ModelForm):  # type: ignore[type-arg]
    """An editor's answer to a reader."""

    class Meta:
        model = ReaderReport
        fields = ["status", "answer"]
        labels = {"status": "Result", "answer": "Answer"}
        help_texts = {"answer": "Readers see it beside the finding’s history."}
        widgets = {"status": forms.RadioSelect, "answer": forms.Textarea(attrs={"rows": 5})}
        error_messages = {"answer": {"required": "Write an answer."}}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        offer(self, "status", [c for c in ReaderReport.Status.choices if c[0] not in UNANSWERED])
        self.initial["status"] = None
        self.fields["answer"].required = True
