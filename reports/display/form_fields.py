"""Fields that several forms share, among them the reason for a correction."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar, cast

from django import forms

from reports.facts.inferred import Inferred
from reports.models import Correction
from reports.models.fields import Choices

AnyForm = TypeVar("AnyForm", bound=forms.BaseForm)


class ReasonForm(forms.Form):
    """Why a correction is made. No reason is chosen beforehand: readers see it."""

    reason = forms.ChoiceField(
        choices=Correction.Reason.choices,
        widget=forms.RadioSelect,
        label="Why is it corrected?",
        error_messages={"required": "Choose why it is corrected."},
    )
    note = forms.CharField(
        required=False,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        label="Note for other editors (optional)",
        help_text="Readers do not see it.",
    )


class TextField(forms.CharField):
    """A text with line feeds at the ends of lines, although browsers send CRLF."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return super().to_python(value.replace("\r\n", "\n") if value else value) or ""


class SlugsField(forms.MultipleChoiceField):
    """Slugs from a list, and other slugs that the row already has."""

    widget = forms.CheckboxSelectMultiple

    def __init__(self, *, known: Iterable[tuple[str, str]], **options: Any) -> None:
        self.known = list(known)
        super().__init__(choices=self.known, required=False, **options)

    def add(self, slugs: Iterable[str]) -> None:
        listed = {slug for slug, _ in self.known}
        self.choices = [*self.known, *((slug, slug) for slug in slugs if slug not in listed)]


def is_same(value: Any, other: Any) -> bool:
    """Whether two values of a field are equal. The order of slugs makes no difference."""
    if isinstance(value, list) and isinstance(other, list):
        return set(value) == set(other)
    return bool(value == other)


class LinesField(forms.CharField):
    """A list of texts, one per line."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value

    def clean(self, value: Any) -> Any:
        return self._lines(super().clean(value))

    def has_changed(self, initial: Any, data: Any) -> bool:
        return self._lines(data) != (initial or [])

    def _lines(self, text: str | None) -> list[str]:
        # Split at line feeds only, and change nothing within a line: texts that nobody edited must
        # come back unchanged.
        lines = (line.strip() for line in (text or "").split("\n"))
        return list(dict.fromkeys(filter(None, lines)))


def offer(form: forms.BaseForm, name: str, choices: Choices) -> None:
    """Set what a form offers to choose from in one of its fields."""
    cast(forms.ChoiceField, form.fields[name]).choices = choices


def _inferred_field(inferred: Inferred) -> forms.Field:
    label = f"{inferred.label} (inferred, not CQC’s)"
    if inferred.quotes:
        return LinesField(
            required=False,
            max_length=4_000,
            widget=forms.Textarea(attrs={"rows": 3}),
            label=label,
            help_text="One per line, word for word as in the text. Others are not shown.",
        )
    if inferred.many:
        return SlugsField(known=inferred.choices.items(), label=label)
    choices = [("", "None"), *inferred.choices.items()]
    return forms.ChoiceField(choices=choices, required=False, label=label)


def asks_for(*fields: Inferred) -> Callable[[type[AnyForm]], type[AnyForm]]:
    """A decorator that gives a form one field for each of these inferred values, named as it is."""

    def add_fields(form: type[AnyForm]) -> type[AnyForm]:
        declared: dict[str, forms.Field] = vars(form)["base_fields"]
        declared.update({inferred.name: _inferred_field(inferred) for inferred in fields})
        return form

    return add_fields
