"""What a reader fills in about a pack."""

from collections.abc import Sequence
from typing import Any

from django import forms

from reports.models import Pack
from reports.models.packs import LONGEST_NAME, LONGEST_NOTE
from reports.packs import Arrangement, PackEntry

NEW = "new"
LAST_PLACE = 9_999


class AddForm(forms.Form):
    """Which pack the ticked findings go to: one of the reader's own, or a new one."""

    pack = forms.ChoiceField(label="Put them in", widget=forms.RadioSelect)
    name = forms.CharField(
        label="Name of the new pack",
        max_length=LONGEST_NAME,
        required=False,
        strip=True,
        help_text="What it is for, such as “Peer review, March”.",
        error_messages={
            "max_length": f"The name can be {LONGEST_NAME} characters long: make it shorter."
        },
    )

    def __init__(self, packs: Sequence[Pack], data: Any = None) -> None:
        chosen = packs[0].key if packs else NEW
        super().__init__(data, initial={"pack": chosen})
        choices = [(pack.key, pack.name) for pack in packs]
        self.fields["pack"].choices = [*choices, (NEW, "A new pack")]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        values: dict[str, Any] = super().clean() or {}
        if values.get("pack") == NEW and not values.get("name") and "name" not in self.errors:
            self.add_error("name", "Give the new pack a name.")
        return values


class ItemForm(forms.Form):
    place = forms.IntegerField(
        label="Place",
        min_value=0,
        max_value=LAST_PLACE,
        error_messages={
            "invalid": "Write the place as a whole number.",
            "required": "Write the place in the pack as a whole number.",
        },
    )
    note = forms.CharField(
        label="Note",
        required=False,
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "max_length": f"A note can be {LONGEST_NOTE:,} characters long: make it shorter."
        },
    )
    remove = forms.BooleanField(label="Take out of the pack", required=False)


class PackForm(forms.Form):
    """The whole pack in one form: its name, and place and note of each finding."""

    name = forms.CharField(
        label="Name",
        max_length=LONGEST_NAME,
        error_messages={"required": "Give the pack a name."},
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, pack: Pack, entries: Sequence[PackEntry], data: Any = None) -> None:
        super().__init__(data, initial={"name": pack.name, "version": pack.version})
        self.items = [(entry, self._item_form(entry, data)) for entry in entries]

    def is_valid(self) -> bool:
        items_are_valid = [form.is_valid() for _, form in self.items]
        return super().is_valid() and all(items_are_valid)

    @property
    def all_errors(self) -> list[str]:
        errors = [str(error) for field in self for error in field.errors]
        for number, (_, form) in enumerate(self.items, 1):
            errors += [f"Finding {number}: {error}" for field in form for error in field.errors]
        return errors

    def arrangements(self) -> list[Arrangement]:
        """What a valid form asks to change."""
        return [
            Arrangement(
                entry.item.pk,
                form.cleaned_data["place"],
                form.cleaned_data["note"],
                form.cleaned_data["remove"],
            )
            for entry, form in self.items
        ]

    @staticmethod
    def _item_form(entry: PackEntry, data: Any) -> ItemForm:
        initial = {"place": entry.item.position + 1, "note": entry.item.note}
        return ItemForm(data, initial=initial, prefix=f"item-{entry.item.pk}")
