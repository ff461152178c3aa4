"""Forms for what editors do with findings besides correcting their values."""

from typing import Any

from django import forms

from reports.display.form_fields import ReasonForm, TextField, asks_for, offer
from reports.facts import inferred
from reports.models import statement_choices
from reports.models.fields import Choices


class SplitForm(ReasonForm):
    """Where to split: before a sentence, or at an empty line that the editor adds to the text."""

    at = forms.TypedChoiceField(
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
        label="Start the second finding with",
    )
    text = TextField(
        required=False,
        widget=forms.Textarea(attrs={"rows": 9}),
        label="Add an empty line where the text should be split",
    )

    def __init__(self, text: str, places: Choices, *, data: Any = None) -> None:
        super().__init__(data, initial={"text": text})
        self.original = text
        self.has_places = bool(places)
        offer(self, "at", places)
        if places:
            self.fields["text"].label = "Or add an empty line where the text should be split"

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        parts = [part for part in cleaned.get("text", "").split("\n\n") if part.strip()]
        if cleaned.get("at") is None and "at" not in self.errors:
            if len(parts) != 2:
                self._say_what_is_missing()
            elif "".join("".join(parts).split()) != "".join(self.original.split()):
                self.add_error(
                    "text",
                    "Only add an empty line. Change words on the page of the finding.",
                )
            else:
                cleaned["at"] = _place_after(self.original, len("".join(parts[0].split())))
        return cleaned

    def _say_what_is_missing(self) -> None:
        if self.has_places:
            self.add_error("at", "Choose a sentence, or add one empty line to the text.")
        else:
            self.add_error("text", "Add one empty line to the text.")


def _place_after(text: str, characters: int) -> int:
    """The place in the text after this many characters that are not blank."""
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
        offer(self, "neighbour", neighbours)


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
            offer(self, name, choices)


TAGS = tuple(field for field in inferred.FIELDS if field.many and field.choices)


@asks_for(*TAGS)
class BulkForm(ReasonForm):
    """One change of several findings."""

    NOT_A_FINDING = "not-a-finding"
    ADD = "add"
    REMOVE = "remove"
    HEADING = "heading"
    STATEMENT = "statement"
    ACTIONS = (
        (ADD, "Add the labels selected below"),
        (REMOVE, "Remove the labels selected below"),
        (HEADING, "Put them under the heading below"),
        (STATEMENT, "Move them to the quality statement below"),
        (NOT_A_FINDING, "Mark them as not findings"),
    )

    action = forms.ChoiceField(
        choices=ACTIONS, widget=forms.RadioSelect, label="What to do with all of them"
    )
    heading = forms.CharField(required=False, max_length=300, label="Heading")
    statement = forms.ChoiceField(
        choices=lambda: [("", "Choose one"), *statement_choices()],
        required=False,
        label="Quality statement",
        help_text="A finding moves to the section of that statement in its own assessment. If "
        "there is no such section, it does not move.",
    )

    def tags(self) -> list[forms.BoundField]:
        """The fields to select labels in."""
        return [self[tag.name] for tag in TAGS]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        ticked = any(cleaned.get(tag.name) for tag in TAGS)
        if cleaned.get("action") in (self.ADD, self.REMOVE) and not ticked:
            self.add_error("topics", "Select a topic, a group of people or an evidence category.")
        if cleaned.get("action") == self.STATEMENT and not cleaned.get("statement"):
            self.add_error("statement", "Choose the quality statement to move them to.")
        return cleaned
