"""The correctable fields of a row: one form for each kind of row."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django import forms

from reports.desk.forms.authority_field import AuthorityNameField
from reports.display.form_fields import (
    ReasonForm,
    SlugsField,
    TextField,
    asks_for,
    is_same,
)
from reports.facts import framework, inferred
from reports.models import (
    Assessment,
    Finding,
    Kind,
    rating_choices,
    statement_choices,
    validate_partial_date,
)

SCORE_CHOICES = [
    ("", "None published"),
    *((str(score), f"{score}: {words}") for score, words in framework.SCORE_DESCRIPTIONS.items()),
]


class CorrectionForm(ReasonForm):
    """The correctable fields of one row, with values as in the record of corrections. Hidden fields
    hold what the editor saw, so that an edit of a value that somebody else has changed can be
    refused, and what the editor was shown would change, so that nothing else is saved.
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

    def inferred(self) -> list[forms.BoundField]:
        """The fields for what this project infers."""
        return [self[name] for name in self.names if name in inferred.NAMES]

    def values(self) -> dict[str, Any]:
        """The values that the row will have after a valid form is saved. A field that the editor
        did not change keeps its present value. Another order of slugs is not a change."""
        return {name: self._value(name) for name in self.names}

    def wanted(self) -> dict[str, Any]:
        """The values that saving the form would change."""
        return {name: value for name, value in self.values().items() if value != self.current[name]}

    def stale(self) -> list[str]:
        """The fields that both this editor and somebody else have changed since the form was
        opened, to different values."""
        return [name for name in self.wanted() if self.seen.get(name) != self.current[name]]

    def warnings(self) -> list[str]:
        """Messages about what an editor should look at again before saving."""
        return []

    def shown_before(self) -> bool:
        """Whether the editor was shown exactly the changes that saving would make."""
        return self._read("previewed") == self.wanted()

    def hidden(self) -> dict[str, str]:
        """The values of the hidden fields."""
        kept = {"seen": json.dumps(self.seen)}
        if self.is_bound and self.is_valid():
            kept["previewed"] = json.dumps(self.wanted())
        return kept

    def _read(self, name: str) -> dict[str, Any]:
        """The values in a hidden field. They are empty if somebody has changed the field."""
        try:
            kept = json.loads(self.data.get(name, ""))
        except json.JSONDecodeError:
            return {}
        return kept if isinstance(kept, dict) else {}

    def _value(self, name: str) -> Any:
        value = self._cleaned(name)
        seen, current = self.seen.get(name), self.current[name]
        return current if is_same(value, seen) or is_same(value, current) else value

    def _cleaned(self, name: str) -> Any:
        value = self.cleaned_data[name]
        if name == "score":
            return int(value) if value else None
        return (value or None) if name == "authority" else value


@asks_for(*inferred.FIELDS)
class FindingForm(CorrectionForm):
    order = ("text", "heading", *inferred.NAMES, "position", "status")
    text = TextField(widget=forms.Textarea(attrs={"rows": 9}), label="Text")
    heading = forms.CharField(
        required=False,
        max_length=300,
        label="Heading",
        help_text="The sub-heading above it.",
    )
    position = forms.IntegerField(
        min_value=0, label="Place in the section", help_text="From 0, in the order of reading."
    )
    status = forms.ChoiceField(
        choices=[
            choice
            for choice in Finding.Status.choices
            if choice[0] not in (Finding.Status.JOINED, Finding.Status.WITHDRAWN)
        ],
        label="Status",
    )

    def warnings(self) -> list[str]:
        values = self.values() if self.is_bound and self.is_valid() else self.current
        return [
            f"The figure “{figure}” is not in the text, word for word. Readers do not see it."
            for figure in values.get("figures", ())
            if figure not in values.get("text", "")
        ]


class SectionForm(CorrectionForm):
    order = ("statement", "score")
    statement = forms.ChoiceField(choices=statement_choices, label="Quality statement")
    score = forms.ChoiceField(choices=SCORE_CHOICES, required=False, label="Score")


class AssessmentForm(CorrectionForm):
    order = ("authority", "published", "kind", "status", "rating", "percent")
    authority = AuthorityNameField(
        required=False,
        label="Authority",
        help_text="Type a part of the name, then choose. The list shows dates and scores of each "
        "authority’s assessments. Leave it empty if the authority is not identified.",
    )
    published = forms.CharField(
        required=False,
        max_length=10,
        validators=[validate_partial_date],
        label="Date of publication",
        help_text="Write 2025-02-28, 2025-02 or 2025, as precisely as it is known. Leave it empty "
        "if it is undated.",
    )
    kind = forms.ChoiceField(choices=Kind.choices, label="Kind of assessment")
    status = forms.ChoiceField(choices=Assessment.Status.choices, label="Status")
    rating = forms.ChoiceField(
        choices=[("", "None known"), *rating_choices()], required=False, label="Overall rating"
    )
    percent = forms.IntegerField(
        required=False,
        min_value=25,
        max_value=100,
        label="Overall percentage",
        help_text="As printed. Leave it empty if none is printed.",
    )


FORM_OF: dict[str, type[CorrectionForm]] = {
    "finding": FindingForm,
    "section": SectionForm,
    "assessment": AssessmentForm,
}
