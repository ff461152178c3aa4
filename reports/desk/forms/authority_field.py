"""A field to choose an authority by typing a part of its name."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from reports.facts import gazetteer
from reports.models import Assessment, Authority

LIST = "known-authorities"


class AuthorityInput(forms.TextInput):
    """A field to type in. The browser suggests authorities whose name, dates or scores contain what
    was typed. Where browsers cannot, the name is typed in full."""

    def __init__(self) -> None:
        super().__init__({"list": LIST, "autocomplete": "off", "spellcheck": "false"})

    def render(self, *args: Any, **options: Any) -> SafeString:
        offered = format_html_join("", '<option value="{}">{}</option>', _known())
        field = super().render(*args, **options)
        return format_html('{}<datalist id="{}">{}</datalist>', field, LIST, offered)


class AuthorityNameField(forms.CharField):
    """The slug of the authority whose name was typed; empty if it is not identified."""

    widget = AuthorityInput

    def prepare_value(self, value: Any) -> Any:
        entry = gazetteer.by_slug().get(value or "")
        return entry.name if entry else value

    def to_python(self, value: Any) -> str:
        typed = super().to_python(value) or ""
        entry = gazetteer.by_slug().get(typed) or gazetteer.named(typed) if typed else None
        if typed and entry is None:
            raise ValidationError(
                f"There is no authority “{typed}”. Type a part of its name and choose one from "
                "the list."
            )
        return entry.slug if entry else ""


def _known() -> list[tuple[str, str]]:
    """The name of every authority, with the dates and scores of its assessments."""
    held: dict[int, list[str]] = {}
    for assessment in Assessment.objects.identified().holding().with_sections():
        scores = [str(section.score) for section in assessment.sections.all() if section.score]
        said = f"scores {' '.join(scores)}" if scores else "no scores"
        of_authority = held.setdefault(assessment.authority_id or 0, [])
        of_authority.append(f"{assessment.display_date}, {said}")
    return [
        (name, "; ".join(held.get(pk, ["no assessment here"])))
        for pk, name in Authority.objects.values_list("pk", "name")
    ]
