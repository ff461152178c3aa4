"""GET forms of Compare and Learn, which say what is wrong with an address."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils.datastructures import MultiValueDict

from reports.facts import framework
from reports.facts.taxonomy import TOPICS
from reports.models import Authority, rating_choices, statement_choices
from reports.reading import profiles

SHOWN = 60
FORMATS = (("csv", "CSV"), ("xlsx", "Excel"), ("json", "JSON"))
STATEMENTS = statement_choices()
TOPIC_CHOICES = sorted(((topic.slug, topic.name) for topic in TOPICS), key=lambda topic: topic[1])
REGIONS = [(region.slug, region.name) for region in framework.REGIONS]
KINDS = [(kind.slug, kind.name) for kind in framework.AUTHORITY_KINDS]
RATINGS = rating_choices()
TONES = [("strength", "Strength"), ("shortfall", "Shortfall"), ("mixed", "Mixed")]
SCORES = [(str(score), str(score)) for score in framework.SCORE_DESCRIPTIONS]


class ReadingForm(forms.Form):
    """Every field is optional. Two values for a field that takes one are refused, because ignoring
    one of them would answer another question."""

    format = forms.ChoiceField(
        choices=FORMATS,
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": "It can be csv, xlsx or json."},
    )

    def __init__(self, data: MultiValueDict[str, str]) -> None:
        super().__init__(self._with_usual(data), label_suffix="")
        self.given = data

    @classmethod
    def _with_usual(cls, data: MultiValueDict[str, str]) -> MultiValueDict[str, str]:
        """The data with the usual values for what the address leaves out."""
        full = data.copy()
        for name, field in cls.base_fields.items():
            if field.initial and name not in full:
                full.setlist(name, list(field.initial))
        return full

    def clean(self) -> dict[str, Any]:
        for name, field in self.fields.items():
            several = isinstance(field, (forms.MultipleChoiceField, forms.ModelMultipleChoiceField))
            if not several and len(set(self.given.getlist(name))) > 1:
                self.add_error(name, "Give one value, not several.")
        return self.cleaned_data

    @property
    def problems(self) -> list[str]:
        return [
            str(message) if name == NON_FIELD_ERRORS else f"{self._shown(name)}: {message}"
            for name, messages in self.errors.items()
            for message in messages
        ]

    def _shown(self, name: str) -> str:
        return f"“{name}={_cut(', '.join(self.given.getlist(name)))}”"

    @property
    def statements(self) -> Sequence[str]:
        """The slug of the quality statement chosen, or of all."""
        statement = self.cleaned_data["statement"]
        return [statement] if statement else profiles.STATEMENTS

    @property
    def chosen(self) -> bool:
        """Whether the address asks for anything."""
        return any(self.given.get(name) for name in self.fields)

    @property
    def in_words(self) -> tuple[tuple[str, str], ...]:
        """What was asked for: labels with values."""
        words = []
        for field in self:
            values = self.given.getlist(field.name)
            names = dict(getattr(field.field, "choices", None) or ())
            said = [str(names.get(value, value)) for value in values if value]
            if said and field.name != "format":
                words.append((str(field.label), ", ".join(said)))
        return tuple(words)


class AuthorityField(forms.ModelChoiceField):  # type: ignore[type-arg]  # has none when it runs
    def __init__(self, label: str = "Authority", hidden: bool = False) -> None:
        super().__init__(
            Authority.objects.all(),
            to_field_name="slug",
            label=label,
            required=False,
            widget=forms.HiddenInput if hidden else forms.Select,
            empty_label="Choose an authority",
            error_messages={"invalid_choice": "No such authority; choose from the list."},
        )


def choice(label: str, choices: Sequence[tuple[str, str]], empty: str = "Any") -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", empty), *choices],
        required=False,
        error_messages={"invalid_choice": f"No such value; choose from the list “{label}”."},
    )


def several(
    label: str, choices: Sequence[tuple[str, str]], initial: Sequence[str] = ()
) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=choices,
        initial=initial,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": f"No such value; choose from the list “{label}”."},
    )


def year_field() -> forms.RegexField:
    return forms.RegexField(
        r"^20\d\d$",
        label="Year",
        required=False,
        error_messages={"invalid": "Write a year of four digits, such as 2025."},
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
    )


def page_field() -> forms.IntegerField:
    return forms.IntegerField(
        label="Page",
        required=False,
        min_value=1,
        max_value=1_000_000,
        widget=forms.HiddenInput,
        error_messages={"invalid": "Write a whole number, 1 or more."},
    )


def _cut(text: str) -> str:
    return f"{text[:SHOWN]}…" if len(text) > SHOWN else text
