"""Admin pages that change nothing, and those that correct through the one record of corrections."""

import json
from collections.abc import Callable
from typing import Any, ClassVar

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import Count, Model, OuterRef, QuerySet, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from reports import corrections, roles
from reports.corrections import StaleEditError, Why
from reports.corrections.targets import FIELDS, as_json, encoded, kind_of
from reports.display.form_fields import SlugsField, is_same
from reports.models import Assessment, Correction, Finding

CHANGED_MEANWHILE = "Somebody else has changed this since you opened the page."


class NoChanges:
    """Rows cannot be added or changed, because an edit that is not recorded could be lost."""

    def has_add_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class ReadOnlyAdmin(NoChanges, admin.ModelAdmin):
    """Shows every field of a row."""

    # It would count the whole table a second time for every list.
    show_full_result_count = False
    # For columns that `number_of` makes: their names, the rows that are counted, and their field
    # that refers to a row of the list.
    counts: ClassVar[dict[str, tuple[type[Model], str]]] = {}

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        counts = {f"number_of_{name}": _counted(*rows) for name, rows in self.counts.items()}
        return super().get_queryset(request).annotate(**counts)

    @admin.display(description="on the site")
    def on_site(self, row: Any) -> SafeString:
        return format_html('<a href="{}">View</a>', row.get_absolute_url())

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False


class CorrectionModelForm(forms.ModelForm):
    """A row's correctable fields, why they are corrected, and what the editor saw of them."""

    # Asked for once something has changed, and never chosen beforehand: readers see it.
    reason = forms.ChoiceField(
        choices=Correction.Reason.choices, widget=forms.RadioSelect, required=False
    )
    note = forms.CharField(
        required=False, widget=forms.Textarea(attrs={"rows": 2}), help_text="Readers do not see it."
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        names = [name for name in FIELDS[kind_of(self.instance)] if name in self.fields]
        self.before = {name: encoded(self.instance, name) for name in names}
        self.initial["seen"] = json.dumps(self.before)
        if self.is_bound and self.add_prefix("seen") not in self.data:
            self.data = self._completed(self.data)
        for name, field in self.fields.items():
            if isinstance(field, SlugsField):
                field.add(self.before[name])

    def _completed(self, data: Any) -> Any:
        """The data completed as a browser would send it: a program sends only what it changes."""
        completed = data.copy()
        completed["seen"] = self.initial["seen"]
        for name in self.before:
            if name not in data:
                value = self.fields[name].prepare_value(self.initial[name])
                completed.setlist(name, value if isinstance(value, list) else [value])
        return completed

    def clean(self) -> dict[str, Any]:
        """Keep what another person has changed since the page was opened; refuse fields that both
        changed."""
        cleaned = super().clean() or self.cleaned_data
        try:
            seen = dict(json.loads(cleaned.get("seen", "")))
        except (json.JSONDecodeError, TypeError, ValueError):
            seen = {}
        for name, value in self.before.items():
            if name not in cleaned or seen.get(name) == value:
                continue
            wanted = as_json(name, cleaned[name])
            if wanted == seen.get(name):
                cleaned[name] = getattr(self.instance, name)
            elif wanted != value:
                self.add_error(name, f"{CHANGED_MEANWHILE} It is now: {value}")
        if not cleaned.get("reason") and self._changes(cleaned):
            self.add_error("reason", "Choose why it is corrected.")
        return cleaned

    def _changes(self, cleaned: dict[str, Any]) -> bool:
        wanted = {name: as_json(name, cleaned.get(name)) for name in self.before}
        return any(
            name in cleaned and not is_same(wanted[name], self.before[name]) for name in wanted
        )

    def values(self) -> dict[str, Any]:
        """What the editor wants, as the record of corrections has it. The order of slugs is not an
        edit."""
        wanted = {name: encoded(self.instance, name) for name in self.before}
        return {
            name: self.before[name] if is_same(value, self.before[name]) else value
            for name, value in wanted.items()
        }


class CorrectingAdmin(ReadOnlyAdmin):
    """Editors can change the fields in `correctable`."""

    correctable: tuple[str, ...]

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return request.user.has_perm(roles.CORRECT)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        shown = [
            field.name
            for field in self.model._meta.fields
            if not field.primary_key and field.name not in self.correctable
        ]
        if not self.has_change_permission(request, obj):
            return [*self.correctable, *shown]
        return [*self.correctable, "reason", "note", "seen", *shown]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        return [
            field.name for field in self.model._meta.fields if field.name not in self.correctable
        ]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Raises StaleEditError if another person changed the row between the check and the
        save."""
        why = Why(
            editor=request.user.get_username(),
            reason=form.cleaned_data["reason"],
            note=form.cleaned_data["note"],
        )
        row = self.model._default_manager.get(pk=obj.pk)
        corrections.change(row, form.values(), why, expected=form.before)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """The page with the row's record of corrections."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            raise Http404
        return redirect(history_of(row))

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        """The record of corrections is the one history."""

    def changeform_view(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        try:
            return super().changeform_view(request, *args, **options)
        except StaleEditError as error:
            messages.error(request, str(error))
            return redirect(request.get_full_path())


def history_of(row: Any) -> str:
    """The address of a row's corrections: the page of a finding, else the list of its authority."""
    if isinstance(row, Finding):
        return reverse("finding-history", args=[row.public_id])
    assessment = row if isinstance(row, Assessment) else row.assessment
    authority = assessment.authority
    return reverse("corrections") + (f"?authority={authority.slug}" if authority else "")


def number_of(name: str) -> Callable[[Any], str]:
    """A column of a list, declared in `ReadOnlyAdmin.counts`."""

    @admin.display(description=name)
    def number(row: Any) -> str:
        return str(getattr(row, f"number_of_{name}") or 0)

    return number


def _counted(model: type[Model], name: str) -> Subquery:
    """How many rows of a model refer to a row of the list by the field `name`. Only the rows on the
    page are counted: to join and group the whole table takes seconds."""
    rows = model._default_manager.filter(**{name: OuterRef("pk")}).order_by().values(name)
    return Subquery(rows.annotate(rows=Count("pk")).values("rows"))


class ReadOnlyInline(NoChanges, admin.TabularInline):
    extra = 0
    can_delete = False
    show_change_link = True
